"""Whether the best people work on what the business wants first: the key teams' weeks on the first objectives (METHOD 6.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import NamedTuple

from sessions.deciding.session_plan import session_plan
from sessions.quarters.trend.one_move import OneMove, best_move
from sessions.sequencing.plan import Plan
from sessions.sequencing.workload import RANKED
from sessions.state.session import Session
from sessions.wording import tenths

FIRST = 3
"""The objectives that count as the first ones."""


class Focus(NamedTuple):
    """Person-weeks of the key teams in the open weeks of the quarter, in tenths: on the first objectives, planned in all, and available.

    `lever` is the move that would add most to the first objectives. `other` is the card of another objective that takes most, with its tenths.
    """

    top: int
    planned: int
    capacity: int
    lever: OneMove | None = None
    other: tuple[str, int] | None = None

    @property
    def share(self) -> Fraction:
        """Return the share of the key teams' weeks that goes to the first objectives."""
        return Fraction(self.top, self.capacity)


def focus(session: Session, plan: Plan | None = None, *, search: bool = True) -> Focus | None:
    """Return the focus of a session; None without objectives, or without a key team that has people in the quarter.

    Without `search` no move is looked for, which takes a moment on a large board.
    """
    plan = plan or session_plan(session)
    key = {team.id for team in session.teams if team.key}
    capacity = sum(team.available for team in plan.teams if team.id in key)
    first = {objective.id for objective in session.objectives if objective.rank <= FIRST}
    if not first or not capacity or plan.empty:
        return None
    weeks = _Weeks(plan, key)
    finishes = {card: placed.finish for card, placed in plan.placements.items() if placed.finish is not None}
    used = {card: weeks.of(card, finish) for card, finish in finishes.items()}
    top = [card for card in plan.order if session.cards[card].objective in first]
    others = [(-taken, session.rank(card), card) for card, taken in used.items() if taken and card not in top]
    late = [card for card in top if plan.workload.jobs[card].lane == RANKED and used.get(card, 0) < weeks.whole(card)]
    lever = best_move(plan, late, lambda ends: sum(weeks.of(card, ends[card]) for card in top if card in ends), up_only=True) if search else None
    most = min(others, default=None)
    return Focus(sum(used.get(card, 0) for card in top), sum(used.values()), capacity, lever, (most[2], -most[0]) if most else None)


def focus_words(session: Session, found: Focus) -> tuple[str, str]:
    """Return what a focus says in one sentence, and the one thing that would raise it (empty if nothing would)."""
    first = "the first three objectives" if len(session.objectives) > FIRST else "the objectives"
    sentence = f"{tenths(found.top)} of the key teams' {tenths(found.capacity)} person-weeks go to {first}."
    if found.lever:
        card, to, gain = found.lever
        return sentence, f"Moving #{session.rank(card)} {session.title_of(card)} to #{to} would add {_weeks_name(gain)}."
    free = found.capacity - found.planned
    if found.other and found.other[1] >= free:
        card, taken = found.other
        return sentence, f"#{session.rank(card)} {session.title_of(card)}, for another objective, takes {_weeks_name(taken)}."
    return sentence, f"{_weeks_name(free)} {'is' if free == 10 else 'are'} free, and no move of a card fills them." if free else ""


def _weeks_name(amount: int) -> str:
    return f"{tenths(amount)} person-week{'' if amount == 10 else 's'}"


class _Weeks:
    """The work of some teams that falls into the open weeks of the quarter."""

    def __init__(self, plan: Plan, teams: Collection[str]) -> None:
        self._workload = plan.workload
        self._blocks = {
            card: [block for block in plan.workload.blocks_of(card) if plan.workload.teams[block.team].id in teams] for card in plan.order
        }
        self._loads: Mapping[str, list[tuple[int, ...]]] = {card: [block.loads for block in blocks] for card, blocks in self._blocks.items()}

    def whole(self, card: str) -> int:
        """Return all of a card's work in the teams, whenever it is."""
        return sum(block.effort for block in self._blocks[card])

    def of(self, card: str, finish: int) -> int:
        """Return the part of it in the quarter if the card ends in a week."""
        start = finish - self._workload.jobs[card].length + 1
        left = max(0, self._workload.last_week - start + 1)
        return sum(sum(loads[:left]) for loads in self._loads[card])
