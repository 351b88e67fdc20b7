"""Mid-ranks (METHOD 4): the place of each card on a voter's list, tied cards sharing the mean of their places.

Everything is doubled, so that the mean of two places stays a whole number: a card alone at the top has 2, two cards
that share places 1 and 2 have 3 each.
"""

from __future__ import annotations

Midranks = tuple[int, ...]
"""One voter's doubled mid-ranks, one for each card, in the order of the cards that the caller keeps to."""


def shared_place(better: int, size: int) -> int:
    """Return the doubled mid-rank of each of `size` tied cards with `better` cards above them."""
    return 2 * better + size + 1
