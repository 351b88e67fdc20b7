"""The one move of a card that would do most for a figure of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sessions.sequencing.cheaper_order import finish_weeks
from sessions.sequencing.plan import Plan

EFFORT = 60_000
"""How many cards a search may place, over all the orders that it tries: so it takes less than a second on any board, and ends the same each time."""


class OneMove(NamedTuple):
    """A card, the rank it would get, and by how much the figure would rise."""

    card: str
    to: int
    gain: int


def orders_tried(plan: Plan) -> int:
    """Return how many orders a search on a plan may try."""
    return EFFORT // max(1, len(plan.order))


def best_move(plan: Plan, cards: Iterable[str], figure: Callable[[Mapping[str, int]], int], *, up_only: bool = False) -> OneMove | None:
    """Return the move of one of these cards that raises a figure most; of equal ones the shortest. None if none raises it.

    `figure` is given the week in which each placed card ends. The cards are tried in their turn until the search has done its share.
    """
    now = figure(finish_weeks(plan.workload, plan.order))
    left = orders_tried(plan)
    best: tuple[int, int, OneMove] | None = None
    for card in cards:
        place, others = plan.order.index(card), tuple(each for each in plan.order if each != card)
        for to in range(place if up_only else len(plan.order)):
            if to == place:
                continue
            if not left:
                return best and best[2]
            left -= 1
            gain = figure(finish_weeks(plan.workload, (*others[:to], card, *others[to:]))) - now
            if gain > 0 and (best is None or (gain, -abs(to - place)) > best[:2]):
                best = gain, -abs(to - place), OneMove(card, to + 1, gain)
    return best and best[2]
