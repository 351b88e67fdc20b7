"""The order of cards: after a move, and which cards moved between two orders."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def order_after_move(order: Sequence[str], card: str, to: int) -> tuple[str, ...]:
    """Return an order with a card at a rank."""
    rest = [each for each in order if each != card]
    rest.insert(to - 1, card)
    return tuple(rest)


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
