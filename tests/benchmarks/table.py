"""The rows of the table: what was measured of ours and of the floor, the ratio, and the ratio that must not be exceeded."""

from __future__ import annotations

import gc
import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import log
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
    series: str = ""
    """Rows of one series tell how its cost grows with `size`."""
    size: int = 0
    of: str = "cards"
    note: str = ""
    """Why nothing was measured."""
    remark: str = ""
    """What a reader must know to judge the row."""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else 0.0

    @property
    def met(self) -> bool:
        return not self.goal or self.ratio <= self.goal

    def as_json(self) -> dict[str, Any]:
        """Return the row for a file."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "met": self.met}


def not_installed(name: str, package: str) -> Row:
    """Return the row of a peer that is not there to be measured."""
    return Row(name, 0, 0, 0, note=f"{package} is not installed: pip install --group bench")


def measured(group: str) -> list[Row]:
    """Measure a group, a module of this package. Textual, which reads the environment when it is imported, comes in here."""
    return [row for measure in importlib.import_module(f"tests.benchmarks.{group}").ROWS for row in measure()]


def growth(rows: Sequence[Row]) -> list[str]:
    """Return of each series how its cost grows from its smallest size to its largest."""
    return [_grows([row for row in rows if row.series == name]) for name in dict.fromkeys(row.series for row in rows if row.series)]


def _grows(rows: Sequence[Row]) -> str:
    small, large = rows[0], rows[-1]
    times, cost = large.size / small.size, large.ours / small.ours
    exponent = log(cost) / log(times)
    how = "linearly" if exponent <= 1 + _ABOUT else "FASTER THAN LINEARLY"
    how = "it does not grow" if cost <= _FLAT else "less than linearly" if exponent < 1 - _ABOUT else how
    return f"{small.series}: {small.size:,} to {large.size:,} {small.of} ({times:,.0f} times) cost {cost:,.2f} times as much: {how}"


_FLAT, _ABOUT = 1.25, 0.1
"""A cost that is called flat, and how far from 1 an exponent may be that is called linear."""

Measure = Callable[[], Sequence[Row]]
"""A benchmark: measures, and gives its rows."""


def cpu_time(action: Callable[[], object]) -> Callable[[], float]:
    """Return a contestant that carries an action out and gives its CPU time in milliseconds, without what the garbage collector takes."""

    def run() -> float:
        gc.collect()
        gc.disable()
        begin = time.process_time_ns()
        kept = action()
        end = time.process_time_ns()
        gc.enable()
        del kept
        return (end - begin) / 1e6

    return run


def in_turn(contestants: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """Ask each contestant for a figure in each round, in an order that changes, and give the medians; the first round only warms up."""
    figures: list[list[float]] = [[] for _ in contestants]
    for number in range(rounds + 1):
        for index in turned(len(contestants), number):
            figures[index].append(contestants[index]())
    return [median(some[1:]) for some in figures]


def turned(count: int, number: int) -> list[int]:
    """Return the order of a round, so that a warm or a slow moment meets all contestants alike."""
    order = list(range(count))
    return order[number % count :] + order[: number % count]


_HEAD = f"{'what':<62}{'ours':>9}{'floor':>9}     {'ratio':>6}{'goal':>7}  met"
HEAD = f"{_HEAD}\n{'-' * len(_HEAD)}"
"""The first lines of the table."""


def line(row: Row) -> str:
    """Lay a row out as text."""
    if row.note:
        return f"{row.name:<62}{row.note}"
    goal, met = (_figure(row.goal), "yes" if row.met else "NO") if row.goal else ("", "")
    return f"{row.name:<62}{row.ours:>9.3f}{row.floor:>9.3f} {row.unit:<3} {_figure(row.ratio):>6}{goal:>7}  {met:<3}  {row.remark}".rstrip()


def _figure(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"
