"""The rows of the table: what was measured of ours and of the floor, the ratio, and the ratio that must not be exceeded."""

from __future__ import annotations

import gc
import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `goal` is the ratio that must not be exceeded; a goal in milliseconds or kilobytes is a floor with the ratio 1."""

    name: str
    ours: float
    floor: float
    goal: float
    unit: str = "ms"
    note: str = ""
    """Why nothing was measured."""
    remark: str = ""
    """What a reader must know to judge the row."""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else 0.0

    @property
    def met(self) -> bool:
        return bool(self.note) or self.ratio <= self.goal

    def as_json(self) -> dict[str, Any]:
        """Return the row for a file."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "met": self.met}

    def as_line(self) -> str:
        """Lay the row out as text."""
        if self.note:
            return f"{self.name:<62}{self.note}"
        met = "yes" if self.met else "NO"
        figures = f"{self.ours:>9.3f}{self.floor:>9.3f} {self.unit:<3} {_figure(self.ratio):>6}{_figure(self.goal):>7}"
        return f"{self.name:<62}{figures}  {met:<3}  {self.remark}".rstrip()


_HEAD = f"{'what':<62}{'ours':>9}{'floor':>9}     {'ratio':>6}{'goal':>7}  met"
HEAD = f"{_HEAD}\n{'-' * len(_HEAD)}"
"""The first lines of the table."""


def _figure(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"


def not_installed(name: str, package: str) -> Row:
    """Return the row of a peer that is not there to be measured."""
    return Row(name, 0, 0, 0, note=f"{package} is not installed: pip install --group bench")


def measured(group: str) -> list[Row]:
    """Measure a group, a module of this package. Textual, which reads the environment when it is imported, comes in here."""
    return [row for measure in importlib.import_module(f"tests.benchmarks.{group}").ROWS for row in measure()]


def cpu_time(action: Callable[[], object], times: int = 1, after: Callable[[Any], object] | None = None) -> Callable[[], float]:
    """Return a contestant that carries an action out and gives its CPU time in milliseconds, without what the garbage collector takes.

    What ends too soon for the clock is done several `times`; `after` clears away what it made.
    """

    def run() -> float:
        gc.collect()
        gc.disable()
        begin = time.process_time_ns()
        for _ in range(times):
            kept = action()
        end = time.process_time_ns()
        gc.enable()
        if after is not None:
            after(kept)
        del kept
        return (end - begin) / 1e6 / times

    return run


def wall_time(action: Callable[[], object]) -> Callable[[], float]:
    """Return a contestant that gives how many milliseconds an action takes on the wall: where the disk or a server is waited for."""

    def run() -> float:
        begin = time.perf_counter_ns()
        action()
        return (time.perf_counter_ns() - begin) / 1e6

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
