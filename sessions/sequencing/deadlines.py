"""How far down a card may go before it misses its deadline (METHOD 5.6)."""

from __future__ import annotations

from bisect import bisect_left

from sessions.sequencing.plan import Plan
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import RANKED, Workload


def last_safe_rank(plan: Plan, card: str) -> int | None:
    """Return the lowest rank down to which a card keeps its deadline, all others in their order.

    None if it has no deadline or misses it even at the top; for a card whose rank does not count (in flight, pinned) its own rank.
    """
    job, here = plan.workload.jobs[card], plan.at(card)
    if job.deadline is None or job.lane > RANKED:
        return None
    if job.lane < RANKED:
        return None if here.late else here.rank
    others = [each for each in plan.order if each != card]

    def late_at(rank: int) -> bool:
        moved = [*others[: rank - 1], card, *others[rank - 1 :]]
        return schedule(plan.workload, moved).at(card).late

    ranks = range(1, len(plan.order) + 1)
    if _needs_in_a_row(plan.workload, card):
        return bisect_left(ranks, True, key=late_at) or None
    return next((rank - 1 for rank in ranks if late_at(rank)), len(ranks)) or None


def _needs_in_a_row(workload: Workload, card: str) -> bool:
    """Return whether a card and its dependencies form a single chain. Then a higher rank never makes it later.

    Two needs of one card can get in each other's way when both are pulled up, so that it does.
    """
    needs = workload.jobs[card].needs
    while len(needs) == 1:
        needs = workload.jobs[needs[0]].needs
    return not needs
