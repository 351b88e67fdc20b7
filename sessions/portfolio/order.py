"""The order of cards on a board, as a value."""

from __future__ import annotations

from collections.abc import Sequence


def order_after_move(order: Sequence[str], card: str, to: int) -> tuple[str, ...]:
    """Return an order with a card at a rank."""
    rest = [each for each in order if each != card]
    rest.insert(to - 1, card)
    return tuple(rest)
