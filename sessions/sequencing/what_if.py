"""What a change would do: every card that starts at another time, and what it costs (METHOD 5.6).

All changes are always shown. More people or fewer cards can delay another card (Graham's anomaly), and the room must see that too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sessions.sequencing.changes import Change, plan_after
from sessions.sequencing.cost import cards_in_cost, currencies, exact_cost, round_to_units
from sessions.sequencing.plan import Placement, Plan
from sessions.wording import about_money, listed, plural

Turn = Literal["earlier", "later", "shorter", "longer", "new", "gone"]
"""What happens to a card: it starts earlier or later, or starts at its time and ends at another, or comes or goes."""


class Shift(NamedTuple):
    """A card with other weeks after a change; None if it was not, or is no longer, part of the plan."""

    card: str
    turn: Turn
    before: Placement | None
    after: Placement | None

    @property
    def old(self) -> int | None:
        """Return the week in which it started, None if it had none."""
        return self.before.start if self.before else None

    @property
    def new(self) -> int | None:
        """Return the week in which it starts now, None if it has none."""
        return self.after.start if self.after else None


@dataclass(frozen=True)
class Effect:
    """What changes between two plans. `costs` are in whole money of each currency, above zero if waiting costs more; none if unknown."""

    before: Plan
    after: Plan
    shifts: tuple[Shift, ...]
    """Every card that is touched, by its rank after the change; those that go come last."""
    costs: tuple[tuple[int, str], ...]
    split: tuple[str, ...] = ()
    """Cards that were split. The cost leaves them out, because it is unknown which part brings their benefit."""

    @property
    def cost(self) -> int | None:
        """Return the cost if all benefits are in one currency; None if it is unknown, or in several, which cannot be added up."""
        return self.costs[0][0] if len(self.costs) == 1 else None

    @property
    def dearer(self) -> bool:
        """Return whether waiting costs more in any currency."""
        return any(cost > 0 for cost, _ in self.costs)

    @property
    def cost_words(self) -> tuple[str, ...]:
        """Return what waiting costs more or less, for each currency in which that changes: about $88,000 more."""
        return tuple(f"{about_money(abs(cost), currency)} {'more' if cost > 0 else 'less'}" for cost, currency in self.costs if cost)

    @property
    def currency(self) -> str:
        """Return the currency of the cost."""
        return next(iter(currencies(self.before, cards_in_cost(self.before))), "")

    @property
    def earlier(self) -> tuple[Shift, ...]:
        """Return the cards that start earlier, or at all."""
        return tuple(shift for shift in self.shifts if shift.turn == "earlier")

    @property
    def later(self) -> tuple[Shift, ...]:
        """Return the cards that start later, or no longer."""
        return tuple(shift for shift in self.shifts if shift.turn == "later")


def what_if(plan: Plan, *changes: Change) -> Effect:
    """Try changes on a plan, one after the other."""
    return compare(plan, plan_after(plan, *changes))


def compare(before: Plan, after: Plan) -> Effect:
    """Compare two plans of one board. Money is compared over the cards that are planned in both and were not split."""
    old, new = dict.fromkeys(cards_in_cost(before)), dict.fromkeys(cards_in_cost(after))
    shifts = [_shift(card, before.at(card) if card in old else None, after.at(card)) for card in new]
    gone = [_shift(card, before.at(card), None) for card in old if card not in new]
    parents = {after.workload.cards[card].parent for card in new if card not in before.workload.cards}
    split = tuple(card for card in old if card in parents)
    both = [card for card in old if card in new and card not in parents]
    return Effect(before, after, tuple(shift for shift in (*shifts, *gone) if shift), _costs(before, after, both), split)


def _costs(before: Plan, after: Plan, cards: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """Return what waiting for some cards costs more, for each currency of their benefits."""
    by_currency: dict[str, list[str]] = {}
    for card in cards:
        for currency in currencies(before, [card]):
            by_currency.setdefault(currency, []).append(card)
    return tuple((round_to_units(exact_cost(after, its) - exact_cost(before, its)), currency) for currency, its in by_currency.items())


def _shift(card: str, before: Placement | None, after: Placement | None) -> Shift | None:
    turn: Turn | None
    if before is None or after is None:
        turn = "gone" if after is None else "new"
    else:
        turn = _turn(before, after)
    return Shift(card, turn, before, after) if turn else None


def _turn(before: Placement, after: Placement) -> Turn | None:
    if before.start != after.start:
        return "earlier" if before.start is None or (after.start is not None and after.start < before.start) else "later"
    if before.finish is None or after.finish is None or before.finish == after.finish:
        return None
    return "shorter" if after.finish < before.finish else "longer"


def in_numbers_of(before: Plan, after: Plan) -> Plan:
    """Return a plan with every card under the rank that it had before: a card has one number while the room tries something."""
    old = before.placements
    return after._replace(placements={card: each._replace(rank=old[card].rank) if card in old else each for card, each in after.placements.items()})


def effect_sentence(effect: Effect) -> str:
    """Sum an effect up: 2 projects start earlier, 4 later; about $88,000 more benefit lost while waiting."""
    if not effect.shifts:
        return "No project would start at another time."
    earlier, later = len(effect.earlier), len(effect.later)
    parts = []
    if earlier:
        parts.append(f"{_start(earlier)} earlier")
    if later:
        parts.append(f"{later} later" if earlier else f"{_start(later)} later")
    starts = ", ".join(parts) or "No project starts at another time"
    return f"{starts}{_cost_clause(effect)}."


def _start(number: int) -> str:
    return f"{plural(number, 'project')} {'starts' if number == 1 else 'start'}"


def _cost_clause(effect: Effect) -> str:
    if not effect.costs:
        return ""
    of = " of the other projects" if effect.split else ""
    if not effect.cost_words:
        return f"; as much benefit{of} lost while waiting as before"
    return f"; {listed(effect.cost_words)} benefit{of} lost while waiting"
