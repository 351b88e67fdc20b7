"""How much each voter weighs (METHOD 3.1): whole numbers only, so that no order ever depends on a rounding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import gcd, lcm
from types import MappingProxyType
from typing import Literal, TypeVar

Weighting = Literal["sides", "person"]
"""`sides`: every side weighs the same, however many voters it has. `person`: every voter weighs the same."""
Times = Mapping[str, int]
"""How many equal voters one counted ballot is from; one that is not listed is from one."""
ONCE: Times = MappingProxyType({})
Value = TypeVar("Value")
Result = TypeVar("Result")


def voice_weights(sides: Mapping[str, str], weighting: Weighting, shares: Mapping[str, int] | None = None, times: Times = ONCE) -> dict[str, int]:
    """Return the weight of each counted voter (METHOD 3.1).

    `sides` maps each counted voter to its side; the caller omits anyone who abstained or did not vote. With
    `sides`, every side that has a vote sums to L, the least common multiple of the sides' sizes; a side alone
    therefore counts per person. `shares` (60 to 40, say) are as in `side_weights`, and raise ValueError as there.
    """
    sizes = Counter[str]()
    for voice, side in sides.items():
        sizes[side] += times.get(voice, 1)
    weights = side_weights(sizes, weighting, shares)
    return {voice: weights[side] * times.get(voice, 1) for voice, side in sides.items()}


def side_weights(sizes: Mapping[str, int], weighting: Weighting, shares: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the weight of one voter of each side that has any; `sizes` are the counted voters per side (METHOD 3.1).

    `shares` say how much a side counts beside the others; None is the same for all. They change nothing per person.
    Raises ValueError with one sentence if a side with a vote has no share, or one below 1: a wrong share is reported
    with either weighting, since both are always counted.
    """
    counted = {side: size for side, size in sizes.items() if size}
    if shares is not None:
        _check_shares(counted, shares)
    if weighting == "person":
        return dict.fromkeys(counted, 1)
    common = lcm(*counted.values())
    weights = {side: common // size * (1 if shares is None else shares[side]) for side, size in counted.items()}
    whole = gcd(*weights.values())
    return {side: weight // whole for side, weight in weights.items()}


def count_sides(sides: Mapping[str, str], count: Callable[[Mapping[str, str]], Result | None]) -> dict[str, Result]:
    """Return the count of each side's voters alone; `sides` maps each counted voter to its side. A side without a ballot has no result."""
    found = {side: count({voice: its for voice, its in sides.items() if its == side}) for side in sorted(set(sides.values()))}
    return {side: result for side, result in found.items() if result is not None}


def one_sided(sides: Iterable[str]) -> bool:
    """Return whether all counted ballots come from one side (K-SOLO, METHOD 1): such an order is not the room's.

    No one at all is not one side.
    """
    return len(set(sides)) == 1


def by_side(values: Mapping[str, Value], sides: Mapping[str, str]) -> dict[str, list[Value]]:
    """Put what voters gave beside each other, side by side; anyone who has no side is omitted.

    Sides are sorted by name and the values of a side by voter, so that the order of the voters cannot be seen in a result.
    """
    together: dict[str, list[Value]] = {side: [] for side in sorted({sides[voice] for voice in values if voice in sides})}
    for voice in sorted(values):
        if voice in sides:
            together[sides[voice]].append(values[voice])
    return together


def _check_shares(counted: Mapping[str, int], shares: Mapping[str, int]) -> None:
    for side in sorted(counted):
        if side not in shares:
            raise ValueError(f"Side {side!r} has no share: give every side a whole number from 1.")
    for side, share in sorted(shares.items()):
        if share < 1:
            raise ValueError(f"The share of side {side!r} is {share}: give every side a whole number from 1.")
