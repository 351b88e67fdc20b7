"""What starts in the quarter and what does not, and where each team's weeks run out (METHOD 5.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.sequencing.plan import Placement, Status, TeamPlan
from sessions.sequencing.workload import RANKED, Workload


def status_of(start: int, finish: int, last_week: int) -> Status:
    """Return the status of a placed card in a quarter with this many weeks."""
    if start > last_week:
        return "next"
    return "starts" if finish <= last_week else "starts, runs on"


def cut_rank(placements: Iterable[Placement]) -> int | None:
    """Return the first rank that does not start in the quarter. Cards that are decided or delivered are passed over."""
    return next((placed.rank for placed in placements if placed.status in ("next", "cannot")), None)


def team_plans(workload: Workload, order: Sequence[str], free: Sequence[Sequence[int]]) -> tuple[TeamPlan, ...]:
    """Return every team with its capacity, its load, and the rank at which it runs out, from what a plan has left of its weeks."""
    available = [sum(weeks[: workload.last_week + 1]) for weeks in workload.capacity]
    demand = [0] * len(available)
    runs_out: list[int | None] = [None] * len(available)
    for rank, card in enumerate(order, 1):
        job = workload.jobs[card]
        if job.lane <= RANKED:
            for block in job.blocks:
                demand[block.team] += block.effort
                if demand[block.team] > available[block.team] and runs_out[block.team] is None:
                    runs_out[block.team] = rank
    return tuple(
        TeamPlan(team.id, weeks[1:], _load(weeks, left), demand[index], available[index], runs_out[index])
        for index, (team, weeks, left) in enumerate(zip(workload.teams, workload.capacity, free, strict=True))
    )


def _load(capacity: Sequence[int], free: Sequence[int]) -> tuple[int, ...]:
    return tuple(had - has for had, has in zip(capacity[1:], free[1 : len(capacity)], strict=True))
