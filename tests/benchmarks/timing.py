"""How the benchmarks measure: CPU time from a key to the frame it causes, as medians, with the floor in the same run.

A key goes in where the terminal's driver would put it, and the clock stops when `App._display` has turned the frame into escape
codes and written them. The clock is the process's CPU time, so that a busy machine does not count; the order of the contestants
changes from round to round, so that a warm or a slow moment meets all of them alike.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

SIZE = (120, 40)
"""Columns and rows of the terminal that is measured."""

_SECONDS_TO_WAIT = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: CPU time of ours and of the floor in milliseconds, their ratio, and the ratio that must not be exceeded."""

    name: str
    ours: float
    floor: float
    goal: float

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def met(self) -> bool:
        return self.ratio <= self.goal


class CountingDriver(HeadlessDriver):
    """A driver that takes its frames for real, escape codes and all, and throws them away."""

    written = 0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written += len(data)


class TimedApp(App[None]):
    """An app whose frames stop a clock."""

    AUTO_FOCUS = "*"

    def __init__(self) -> None:
        super().__init__(driver_class=CountingDriver)
        self.animation_level = "none"
        self.framed: asyncio.Future[int] | None = None

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if renderable is not None and self.framed is not None and not self.framed.done():
            self.framed.set_result(time.process_time_ns())

    async def time_key(self, key: str) -> float:
        """Send a key through the driver; give the CPU time in milliseconds until its frame was written."""
        assert self._driver is not None
        self.framed = asyncio.get_running_loop().create_future()
        event = events.Key(key, key if len(key) == 1 else None)
        begin = time.process_time_ns()
        self._driver.process_message(event)
        end = await asyncio.wait_for(self.framed, _SECONDS_TO_WAIT)
        self.framed = None
        await self.quiet()
        return (end - begin) / 1e6

    async def quiet(self) -> None:
        """Wait until the app has nothing left to do, so that the next key pays only for itself."""
        await asyncio.sleep(0.03)


async def time_keys(apps: Sequence[Callable[[], TimedApp]], keys: Sequence[str], rounds: int) -> list[float]:
    """Run the apps side by side, each key in each of them per round; give each app's median in milliseconds."""
    running = [make() for make in apps]
    tasks = [asyncio.create_task(app.run_async(headless=False, size=SIZE, mouse=False)) for app in running]
    times: list[list[float]] = [[] for _ in running]
    streams = sys.stdout, sys.stderr
    try:
        await asyncio.gather(*(_ready(app) for app in running))
        gc.collect()
        gc.disable()
        for number in range(rounds):
            order = list(range(len(running)))
            for index in order[number % len(order) :] + order[: number % len(order)]:
                times[index] += [await running[index].time_key(key) for key in keys]
    finally:
        gc.enable()
        for app in running:
            app.exit()
        await asyncio.gather(*tasks)
        sys.stdout, sys.stderr = streams  # apps that ran side by side put them back in the wrong order
    return [median(some[len(keys) :]) for some in times]  # the first round warms up


async def _ready(app: TimedApp) -> None:
    """Wait for the first frame."""
    while not app.is_running or not app.screen_stack or not app.screen.size:
        await asyncio.sleep(0.01)
    await app.quiet()


def table(rows: Sequence[Row]) -> str:
    """Lay the rows out as text."""
    head = f"{'what':<58}{'ours ms':>9}{'floor ms':>10}{'ratio':>8}{'goal':>7}  met"
    return "\n".join([head, "-" * len(head), *map(_line, rows)])


def _line(row: Row) -> str:
    met = "yes" if row.met else "NO"
    return f"{row.name:<58}{row.ours:>9.3f}{row.floor:>10.3f}{row.ratio:>8.2f}{row.goal:>7.2f}  {met}"
