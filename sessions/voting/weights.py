"""How much each voice weighs (METHOD 3.1): whole numbers only, so that no order ever hangs on a rounding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import lcm
from typing import Literal

Weighting = Literal["sides", "person"]
"""`sides`: every side weighs the same, however many voices it has. `person`: every voice weighs the same."""


def voice_weights(sides: Mapping[str, str], weighting: Weighting) -> dict[str, int]:
    """Give each counted voice its weight (METHOD 3.1).

    `sides` maps each counted voice to its side; whoever abstained or did not vote is left out by the caller. With
    `sides`, every side that has a voice sums to L, the least common multiple of the sides' sizes; a side alone
    therefore counts per person.
    """
    if weighting == "person":
        return dict.fromkeys(sides, 1)
    sizes = Counter(sides.values())
    common = lcm(*sizes.values())
    return {voice: common // sizes[side] for voice, side in sides.items()}


def one_sided(sides: Mapping[str, str]) -> bool:
    """Tell whether all counted voices come from one side (K-SOLO, METHOD 1): such an order is not the room's.

    Nobody at all is not one side.
    """
    return len(set(sides.values())) == 1
