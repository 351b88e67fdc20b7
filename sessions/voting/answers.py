"""Answers to questions in figures: means of the sides (METHOD 6.11), and lower medians with the level they reach (METHOD 6.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

By = Mapping[str, Mapping[str, Sequence[int]]]
"""The answers to each question, by side."""
LEVELS = 4


class Means(NamedTuple):
    """The mean of each side's answers, and of these means the mean; None without an answer."""

    together: Fraction | None
    by_side: Mapping[str, Fraction]


def means(given: Mapping[str, Sequence[int]]) -> Means:
    """Return the means of the answers to one question."""
    by_side = {side: Fraction(sum(its), len(its)) for side, its in given.items() if its}
    return Means(sum(by_side.values(), Fraction()) / len(by_side) if by_side else None, by_side)


def lower_median(answers: Sequence[int]) -> int:
    """Return the lower of the two middle answers, or the middle one."""
    return sorted(answers)[(len(answers) - 1) // 2]


@dataclass(frozen=True, slots=True)
class Level:
    """How far a room is, by the lower medians of its sides: `medians` by item and side, `items` the lowest of each item's.

    `index` is the mean of all medians, `gap` the mean distance between the sides; None without two sides.
    """

    level: int
    index: Fraction
    gap: Fraction | None
    items: Mapping[str, int]
    medians: Mapping[str, Mapping[str, int]]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the items that are below the next level; none at the highest."""
        return tuple(item for item, reached in self.items.items() if reached <= self.level < LEVELS)


def level(given: By) -> Level | None:
    """Return the level of the answers; None if an item has none, or a side has none of an item that another side answered."""
    medians = {item: {side: lower_median(its) for side, its in by_side.items() if its} for item, by_side in given.items()}
    if not medians or not all(medians.values()) or len({frozenset(its) for its in medians.values()}) > 1:
        return None
    items = {item: min(its.values()) for item, its in medians.items()}
    most = len(items) - 1 if len(items) > 1 else 1
    reached = max((each for each in range(2, LEVELS + 1) if sum(item >= each for item in items.values()) >= most), default=1)
    every = [median for its in medians.values() for median in its.values()]
    gaps = [max(its.values()) - min(its.values()) for its in medians.values() if len(its) > 1]
    return Level(reached, Fraction(sum(every), len(every)), Fraction(sum(gaps), len(gaps)) if gaps else None, items, medians)
