"""What waiting costs, in whole units of the currency (METHOD 5.6). Inside, sums are thirteenths, so that nothing is rounded twice."""

from __future__ import annotations

from collections.abc import Iterable

from sessions.portfolio.models import Project
from sessions.sequencing.plan import Plan
from sessions.sequencing.workload import RANKED

PER_WEEK = 3
"""A week is 12/52 = 3/13 of a month: a month's benefit times this is a week's in thirteenths."""


def round_to_units(thirteenths: int) -> int:
    """Round thirteenths to whole units, halves away from zero."""
    rounded = (2 * abs(thirteenths) + 13) // 26
    return rounded if thirteenths >= 0 else -rounded


def weekly(card: Project) -> int:
    """Return what a week of waiting for a card costs, in thirteenths of a unit; 0 if no benefit is known."""
    return PER_WEEK * (card.benefit.monthly or 0)


def currencies(plan: Plan, cards: Iterable[str]) -> frozenset[str]:
    """Return the currencies of what cards are worth a month: amounts in several of them cannot be compared."""
    known = plan.workload.cards
    return frozenset(plan.workload.portfolio.currency_of(known[card].benefit.currency) for card in cards if weekly(known[card]))


def cards_in_cost(plan: Plan) -> list[str]:
    """Return the cards that count in a plan's cost: those that are planned, placed or not."""
    return [card for card, placed in plan.placements.items() if placed.lane <= RANKED]


def exact_cost(plan: Plan, cards: Iterable[str]) -> int:
    """Return the cost of a plan over some cards in thirteenths: each one's weekly benefit times its finish, the horizon if unplaced."""
    known = plan.workload.cards
    total = 0
    for card in cards:
        finish = plan.at(card).finish
        total += weekly(known[card]) * (plan.workload.horizon if finish is None else finish)
    return total


def plan_cost(plan: Plan) -> int:
    """Return the cost of a plan. Only plans of the same cards can be compared."""
    return round_to_units(exact_cost(plan, cards_in_cost(plan)))
