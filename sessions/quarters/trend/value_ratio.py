"""Whether the room works on what is worth most: its order beside the cheapest one that was found (METHOD 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sessions.deciding.session_plan import session_plan
from sessions.quarters.trend.one_move import OneMove, best_move, orders_tried
from sessions.sequencing.cheaper_order import cheaper_order
from sessions.sequencing.cost import cards_in_cost, currencies, plan_cost, round_to_units, weekly
from sessions.sequencing.plan import Plan
from sessions.sequencing.workload import RANKED
from sessions.state.session import Session
from sessions.wording import about_money


class ValueRatio(NamedTuple):
    """What waiting costs in the cheapest order found and in the room's, in whole units; `lever` is the move that saves most, in units."""

    found: int
    cost: int
    currency: str = ""
    lever: OneMove | None = None


def value_ratio(session: Session, plan: Plan | None = None, *, lever: bool = True) -> ValueRatio | None:
    """Return the value ratio of a session; None without a plan, without money, or with money of several currencies.

    The search starts from the room's own order, moves one card at a time, and ends after a set number of orders: the same answer every time.
    On a large board it takes about a second, and as long again for the lever.
    """
    plan = plan or session_plan(session)
    money = currencies(plan, cards_in_cost(plan))
    cost = plan_cost(plan)
    if plan.empty or cost <= 0 or len(money) > 1:
        return None
    found, limit = cost, orders_tried(plan)
    for step in cheaper_order(plan):
        if step.round > 1 or step.tried > limit:
            break
        found = step.cost
    return ValueRatio(found, cost, "".join(money), _lever(plan) if lever and found < cost else None)


def value_words(session: Session, value: ValueRatio) -> tuple[str, str]:
    """Return what a value ratio says in one sentence, and the one thing that would raise it (empty if nothing was found)."""
    more = value.cost - value.found
    if more <= 0:
        return "No other order was found in which waiting costs less.", ""
    sentence = f"Waiting costs {about_money(more, value.currency)} more than in the cheapest order found."
    if value.lever is None:
        return sentence, ""
    card, to, gain = value.lever
    return sentence, f"Moving #{session.rank(card)} {session.title_of(card)} to #{to} would save {about_money(gain, value.currency)}."


def _lever(plan: Plan) -> OneMove | None:
    workload = plan.workload
    costs = {card: weekly(workload.cards[card]) for card in cards_in_cost(plan)}
    movable = [card for card in plan.order if workload.jobs[card].lane == RANKED]

    def saved(finishes: Mapping[str, int]) -> int:
        return -sum(money * finishes.get(card, workload.horizon) for card, money in costs.items())

    by_waiting = sorted(movable, key=lambda card: -costs[card] * (plan.at(card).finish or workload.horizon))
    move = best_move(plan, by_waiting, saved)
    return move and move._replace(gain=round_to_units(move.gain))
