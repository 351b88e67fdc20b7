"""Which cards were moved: between two orders, and in a session."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sessions.record.events import CardMoved, CardsMoved, Event, GroupOrderTaken, WhatIfKept
from sessions.state.session import Session, Step


def moved_between(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return the cards that were moved, in the new order: the fewest that explain it. Cards that others only pushed along are not among them."""
    places = {card: place for place, card in enumerate(old)}
    kept = [card for card in new if card in places]
    # The longest run of cards that kept their order: `ends[n]` is the lowest place at which such a run of n + 1 cards ends.
    ends: list[int] = []
    runs: list[int] = []
    for card in kept:
        length = bisect_left(ends, places[card])
        ends[length : length + 1] = [places[card]]
        runs.append(length)
    still, wanted = set[str](), len(ends) - 1
    for card, length in zip(reversed(kept), reversed(runs), strict=True):
        if length == wanted:
            still.add(card)
            wanted -= 1
    return tuple(card for card in kept if card not in still)


class MovedCards:
    """The cards that someone moved in a session, in moves that hold. A further move costs no look at the earlier ones."""

    def __init__(self) -> None:
        self._done: Step | None = None
        self._cards: frozenset[str] = frozenset()

    def of(self, session: Session) -> frozenset[str]:
        """Return the moved cards of a session; cards that others only pushed along are not among them."""
        done = session.done
        if done is not self._done:
            further = done is not None and done.earlier is self._done
            events = [done.recorded.event] if done is not None and further else [recorded.event for recorded in session.history()]
            self._cards = (self._cards if further else frozenset()).union(*map(_moved_by, events))
            self._done = done
        return self._cards


def _moved_by(event: Event) -> Sequence[str]:
    match event:
        case CardMoved(card=card):
            return (card,)
        case CardsMoved(cards=cards):
            return cards
        case GroupOrderTaken(old=old, new=new) | WhatIfKept(old_order=old, new_order=new):
            return moved_between(old, new)
    return ()
