"""The consent round (METHOD 2.4): a fist of 0 to 5 fingers for a decision, and the sentence that a low one owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

MOST_FINGERS = 5
ENOUGH = 3
"""Each side's mean must be at least this; 3 says "can live with it"."""

Stance = Literal["objection", "concern"]


@dataclass(frozen=True, slots=True)
class ConsentResult:
    """What a consent round says. Maps have the sides that raised a fist."""

    passed: bool
    """No objection, and each side's mean at least 3; False if no one raised a fist."""
    means: dict[str, Fraction]
    counts: dict[str, tuple[int, ...]]
    """How many voters of each side showed 0, 1, 2, 3, 4 and 5 fingers."""
    objections: int


def stance(fingers: int) -> Stance | None:
    """Return what a fist owes a sentence for: 0 is an objection (the harm), 1 and 2 are a concern, 3 to 5 owe nothing."""
    if fingers == 0:
        return "objection"
    return "concern" if fingers < ENOUGH else None


def tally_consent(fists: Mapping[str, Sequence[int]]) -> ConsentResult:
    """Count a consent round from each side's fists, in any order (`by_side` makes them of named voters)."""
    raised = {side: list(its) for side, its in fists.items() if its}
    means = {side: Fraction(sum(its), len(its)) for side, its in raised.items()}
    counts = {side: tuple(its.count(fingers) for fingers in range(MOST_FINGERS + 1)) for side, its in raised.items()}
    objections = sum(its[0] for its in counts.values())
    return ConsentResult(
        passed=bool(raised) and not objections and all(mean >= ENOUGH for mean in means.values()),
        means=means,
        counts=counts,
        objections=objections,
    )
