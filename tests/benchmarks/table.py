"""The rows of the table: what was measured of ours and of the floor, the ratio, and the ratio that must not be exceeded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `goal` is the ratio that must not be exceeded; 0 for a figure that is only told."""

    name: str
    ours: float
    floor: float
    goal: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def met(self) -> bool:
        return not self.goal or self.ratio <= self.goal

    def as_json(self) -> dict[str, Any]:
        """Give the row for a file."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "met": self.met}


Measure = Callable[[], Sequence[Row]]
"""A benchmark: measures, and gives its rows."""


def in_turn(contestants: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """Ask each contestant for a figure in each round, in an order that changes, and give the medians; the first round only warms up."""
    figures: list[list[float]] = [[] for _ in contestants]
    for number in range(rounds + 1):
        for index in turned(len(contestants), number):
            figures[index].append(contestants[index]())
    return [median(some[1:]) for some in figures]


def turned(count: int, number: int) -> list[int]:
    """Give the order of a round, so that a warm or a slow moment meets all contestants alike."""
    order = list(range(count))
    return order[number % count :] + order[: number % count]


_HEAD = f"{'what':<62}{'ours':>9}{'floor':>9}     {'ratio':>6}{'goal':>7}  met"
HEAD = f"{_HEAD}\n{'-' * len(_HEAD)}"
"""The first lines of the table."""


def line(row: Row) -> str:
    """Lay a row out as text."""
    goal, met = (f"{row.goal:.2f}", "yes" if row.met else "NO") if row.goal else ("", "")
    return f"{row.name:<62}{row.ours:>9.3f}{row.floor:>9.3f} {row.unit:<3} {row.ratio:>6.2f}{goal:>7}  {met}".rstrip()
