"""Whether the sides of a revealed round may be shown apart: not if a side is so small that a count would name its voter (METHOD 2.6, 3.8).

If they may not, the room counts as one, by person: a result that still weighed the sides would give the voter's ballot away.
"""

from __future__ import annotations

from collections import Counter

from sessions.portfolio.models import Side
from sessions.state.rounds import Round

FEWEST_OF_A_SIDE = 2
"""The ballots of a side that is shown apart in a round announced by side. Of a secret one it is 3, and decided at its reveal."""


def tells_sides(round_: Round) -> bool:
    """Return whether the sides of a revealed round may be shown apart. Everybody saw raised hands."""
    if round_.revealed is None:
        return False
    sizes = Counter(each.side for each in round_.revealed.ballots if not each.abstained)
    if "" in sizes:
        return False
    # The only voter of a side may have abstained, which is theirs to tell as well.
    there = Counter(each.side for each in round_.revealed.ballots)
    fewest = min((*sizes.values(), *there.values())) if sizes else 0
    return round_.opened.anonymity != "side" or round_.revealed.hands or fewest >= FEWEST_OF_A_SIDE


def side_orders(round_: Round) -> tuple[tuple[Side, tuple[str, ...]], ...]:
    """Return each side's own order, or nothing if the sides must not be shown apart."""
    return round_.revealed.side_orders if round_.revealed and tells_sides(round_) else ()
