"""What was tried so far in a what-if: changes on the plan, one after the other, and what they do together."""

from __future__ import annotations

from collections.abc import Iterable

from sessions.sequencing.changes import Change, Drop, Move, People, Reorder, Split, plan_after
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import named_card
from sessions.sequencing.what_if import Effect, compare, in_numbers_of
from tui.plan.remedies import change_words


class Tries:
    """A stack of changes on a plan. `effect` is what all of them do; nothing touches the session."""

    def __init__(self, plan: Plan) -> None:
        self.before = plan
        self._steps: list[tuple[Change, str, Plan]] = []
        self.effect = compare(plan, plan)

    @property
    def changes(self) -> list[Change]:
        """Return the changes, the first at the front."""
        return [change for change, _, _ in self._steps]

    @property
    def words(self) -> list[str]:
        """Return what was tried, each in the ranks of its time."""
        return [words for _, words, _ in self._steps]

    @property
    def after(self) -> Plan:
        """Return the plan as it would be."""
        return self._steps[-1][2] if self._steps else self.before

    def add(self, change: Change) -> None:
        """Try one thing more. Moves of one card in a row are one move."""
        last = self.changes[-1] if self._steps else None
        if isinstance(change, Move) and isinstance(last, Move) and last.card == change.card:
            self._steps.pop()
        plan = self.after
        # A card that is back at its old place was not moved.
        if not (isinstance(change, Move) and plan.at(change.card).rank == change.to):
            self._steps.append((change, change_words(in_numbers_of(self.before, plan), change), plan_after(plan, change)))
        self.effect = compare(self.before, self.after)

    def with_order(self, order: tuple[str, ...]) -> Effect:
        """Return what an order would do on top of everything, without trying it."""
        return compare(self.before, plan_after(self.after, Reorder(order)))

    def take_back(self) -> bool:
        """Undo the latest try; return whether there was one."""
        if not self._steps:
            return False
        self._steps.pop()
        self.effect = compare(self.before, self.after)
        return True

    def name(self, card: str, after: Plan | None = None) -> str:
        """Return a card by its number on the board, without the tries."""
        return named_card(in_numbers_of(self.before, after or self.after), card)

    def tried_at(self, card: str, after: Plan | None = None) -> int | None:
        """Return the rank at which a card is tried, if it was moved or the whole order was; `after` may be the best order so far."""
        ordered = (after or self.after) is not self.after or any(isinstance(each, Reorder) for each in self.changes)
        moved = ordered or any(isinstance(each, Move) and each.card == card for each in self.changes)
        rank, old = (after or self.after).at(card).rank, self.before.placements.get(card)
        return rank if old and moved and rank != old.rank else None

    def dropped(self, card: str) -> bool:
        """Return whether the tries drop a card."""
        return Drop(card) in self.changes

    def on(self, plan: Plan) -> Tries:
        """Return the same tries on another plan, as far as they fit it."""
        return tries_of(plan, self.changes)


def tries_of(plan: Plan, changes: Iterable[Change]) -> Tries:
    """Return changes as tries on a plan, without those about cards or teams that no longer exist, and orders of other cards."""
    tries = Tries(plan)
    teams = {team.id for team in plan.workload.teams}
    for change in changes:
        match change:
            case Split() if change.new_id in plan.workload.cards:
                fits = False
            case People():
                fits = change.team in teams
            case Reorder():
                fits = set(change.order) == set(tries.after.order)
            case _:
                fits = change.card in tries.after.placements
        if fits:
            tries.add(change)
    return tries
