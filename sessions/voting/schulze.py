"""Beat paths: from margins between pairs to an order of all, by Schulze's method (METHOD 3.3).

Margins are whole numbers in a square of rows, `margins[a][b] == -margins[b][a]`; items are called by their place in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

Margins = Sequence[Sequence[int]]
Widths = list[list[int]]


def widest_paths(margins: Margins) -> Widths:
    """Return the strength p[a][b] of the strongest chain of wins from each a to each b (METHOD 3.3); 0 if there is none.

    A chain is as strong as its weakest win. So the wins are laid down from the strongest to the weakest, and the win
    that first connects a to b is the weakest of their strongest chain. Every pair is connected once, which makes this
    a step for each pair and not, as in the definition, for each three.
    """
    size = len(margins)
    widths = [[0] * size for _ in range(size)]
    onward = [1 << item for item in range(size)]  # bit b of onward[a]: a chain leads from a to b
    back = onward.copy()  # the same chains, seen from their end
    for margin, start, end in sorted(_wins(margins), reverse=True):
        if onward[start] >> end & 1:
            continue
        for item in _bits(back[start] & ~back[end]):
            gained = onward[end] & ~onward[item]
            onward[item] |= gained
            for target in _bits(gained):
                widths[item][target] = margin
                back[target] |= 1 << item
    return widths


def defeats(widths: Widths) -> list[list[int]]:
    """Return for each item those that it defeats: its chain to them is stronger than theirs to it (METHOD 3.3)."""
    items = range(len(widths))
    return [[other for other in items if widths[item][other] > widths[other][item]] for item in items]


def schulze_order(defeated: Sequence[Sequence[int]], keys: Sequence[Any]) -> list[int]:
    """Put the items in order: again and again, of those that no remaining one defeats, the one with the least key.

    `keys` has no two alike. Defeat by beat paths is transitive, so there always is such an item.
    """
    beaten_by = [0] * len(keys)
    for losers in defeated:
        for loser in losers:
            beaten_by[loser] += 1
    free = [(keys[item], item) for item, times in enumerate(beaten_by) if not times]
    heapify(free)
    order = []
    while free:
        _, item = heappop(free)
        order.append(item)
        for loser in defeated[item]:
            beaten_by[loser] -= 1
            if not beaten_by[loser]:
                heappush(free, (keys[loser], loser))
    return order


def _wins(margins: Margins) -> Iterator[tuple[int, int, int]]:
    return ((margin, start, end) for start, row in enumerate(margins) for end, margin in enumerate(row) if margin > 0)


def _bits(mask: int) -> Iterator[int]:
    """Return the places of the ones in a whole number, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
