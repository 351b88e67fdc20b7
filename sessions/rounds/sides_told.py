"""Whether the sides of a revealed order may be told apart: not where a side is so small that a count would name its voter (METHOD 2.6, 3.8)."""

from __future__ import annotations

from collections import Counter

from sessions.portfolio.models import Side
from sessions.state.rounds import Round

FEWEST_OF_A_SIDE = 2
"""The ballots of a side that is shown apart in a round announced by side. Of a secret one it is 3, and decided at its reveal."""


def side_orders(round_: Round) -> tuple[tuple[Side, tuple[str, ...]], ...]:
    """Return each side's own order, or nothing if the sides must not be told apart. Raised hands were seen by everybody."""
    revealed = round_.revealed
    if revealed is None or not revealed.side_orders:
        return ()
    if round_.opened.anonymity != "side" or revealed.hands:
        return revealed.side_orders
    sizes = Counter(each.side for each in revealed.ballots if not each.abstained)
    return revealed.side_orders if min(sizes.values(), default=0) >= FEWEST_OF_A_SIDE else ()
