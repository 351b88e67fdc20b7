"""The serial schedule: card by card in its turn, each as early as its needs and teams allow (METHOD 5.2)."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.sequencing.cut_line import cut_rank, status_of, team_plans
from sessions.sequencing.grid import Grid
from sessions.sequencing.plan import Placement, Plan, Reason, Short, Status
from sessions.sequencing.sequence import turns_of
from sessions.sequencing.workload import IN_FLIGHT, LANE_DONE, Block, Job, Workload

_FREE = Reason("free")
_DECIDED = Reason("decided")


def schedule(workload: Workload, order: Sequence[str]) -> Plan:
    """Return the plan of cards that were made ready, in an order of their ids. What is not in the order is not planned, nor is what needs it."""
    order = tuple(order)
    turns = turns_of(workload, order)
    schedule_ = _Schedule(workload, order)
    for card in turns.cards:
        schedule_.place(card, turns.pulled_by.get(card))
    return schedule_.plan()


class _Schedule:
    """A plan being made: the cards that have their weeks, and what these leave of each team."""

    def __init__(self, workload: Workload, order: tuple[str, ...]) -> None:
        self._workload = workload
        self._order = order
        self._rank = {card: rank for rank, card in enumerate(order, 1)}
        self._grid = Grid(workload)
        self._placed: dict[str, Placement] = {}
        # By team and week: the cards whose load in that week is higher than in the next.
        self._easing: list[dict[int, list[str]]] = [{} for _ in workload.teams]

    def place(self, card: str, pulled_by: str | None) -> None:
        """Place a card in its weeks, or record why it has none."""
        job = self._workload.jobs[card]
        bound = job.bound
        if job.needs or job.unmet:
            bound, missing = self._after_needs(job)
            if missing:
                return self._cannot(card, job, bound, Reason("needs-unplaced", (), missing), pulled_by)
        if job.too_large is not None:
            return self._cannot(card, job, bound, Reason("no-capacity", (self._workload.teams[job.too_large].id,)), pulled_by)
        start = self._grid.first_fit(job.blocks, bound) if job.blocks else bound
        if not start or start > self._workload.horizon:
            return self._cannot(card, job, bound, self._full(job, bound), pulled_by)
        why = self._why_at_bound(job, bound) if start == bound else self._why_later(job, start)
        self._take(card, job.blocks, start)
        return self._put(card, job, bound, start, why, pulled_by)

    def _after_needs(self, job: Job) -> tuple[int, tuple[str, ...]]:
        """Return the first week that the dependencies leave open, and the dependencies without a place, by rank."""
        bound, missing = job.bound, list(job.unmet)
        for need in job.needs:
            placed = self._placed.get(need)
            if placed is None or placed.finish is None:
                missing.append(need)
            elif placed.finish >= bound:
                bound = placed.finish + 1
        return bound, tuple(sorted(missing, key=self._by_rank))

    def plan(self) -> Plan:
        """Return the finished plan, with the cards that are decided or delivered in their ranks."""
        workload = self._workload
        placements = {}
        for card, rank in self._rank.items():
            placed = self._placed.get(card)
            if placed is None:
                job = workload.jobs[card]
                status: Status = "done" if job.lane == LANE_DONE else "out"
                placed = Placement(card, rank, None, None, status, _DECIDED, job.bound, job.lane)
            placements[card] = placed
        teams = team_plans(workload, self._order, self._grid.free)
        cut = None if workload.empty else cut_rank(placements.values())
        return Plan(workload, self._order, placements, cut, teams)

    def _by_rank(self, card: str) -> tuple[int, str]:
        """Return what sorts cards by rank, those that are not in the order last."""
        return self._rank.get(card, len(self._rank) + 1), card

    def _put(self, card: str, job: Job, bound: int, start: int, why: Reason, pulled_by: str | None) -> None:
        workload = self._workload
        finish = start + job.length - 1
        self._placed[card] = Placement(
            card,
            self._rank[card],
            start,
            finish,
            status_of(start, finish, workload.last_week),
            why,
            bound,
            job.lane,
            pulled_by,
            job.lane == IN_FLIGHT and start > workload.first_week,
            job.deadline is not None and finish > job.deadline,
        )

    def _cannot(self, card: str, job: Job, bound: int, why: Reason, pulled_by: str | None) -> None:
        late = job.deadline is not None
        rank = self._rank[card]
        self._placed[card] = Placement(card, rank, None, None, "cannot", why, bound, job.lane, pulled_by, job.lane == IN_FLIGHT, late)

    def _take(self, card: str, blocks: Sequence[Block], start: int) -> None:
        """Subtract what a card needs of some teams from their weeks."""
        self._grid.take(blocks, start)
        for team, crew, weeks, last in blocks:
            easing = self._easing[team]
            end = start + weeks - 1
            easing.setdefault(end, []).append(card)
            if weeks > 1 and last < crew:
                easing.setdefault(end - 1, []).append(card)

    def _why_at_bound(self, job: Job, bound: int) -> Reason:
        """Return what sets a card's first possible week, in the order needs, gate, earliest (METHOD 5.3)."""
        if bound == self._workload.first_week:
            return _FREE
        cards = tuple(need for need in job.needs if self._placed[need].finish == bound - 1)
        if cards:
            return Reason("needs", (), tuple(sorted(cards, key=self._by_rank)))
        return Reason("gate" if bound == job.gate else "earliest")

    def _why_later(self, job: Job, start: int) -> Reason:
        """Return the teams that are short in the week before the start, and the cards that they are on until then.

        The load of a block never rises, so one week earlier can fail only in that very week (METHOD 5.3).
        """
        before = start - 1
        shorts = []
        for team, crew, weeks, last in job.blocks:
            if self._grid.free[team][before] < (crew if weeks > 1 else last):
                cards = self._easing[team].get(before, ())
                shorts.append(Short(self._workload.teams[team].id, tuple(sorted(cards, key=self._by_rank))))
        return Reason("team", tuple(short.team for short in shorts), shorts[0].cards, tuple(shorts))

    def _full(self, job: Job, bound: int) -> Reason:
        """Return the teams that have no room for a card up to the horizon; all of its teams if only together they have none."""
        teams = self._workload.teams
        alone = [block for block in job.blocks if not self._grid.first_fit((block,), bound)]
        return Reason("beyond-horizon", tuple(teams[block.team].id for block in alone or job.blocks))
