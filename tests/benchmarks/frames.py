"""How a key is timed: CPU time from the key to the frame it causes, as medians, with the floor in the same run.

A key goes in where the terminal's driver would put it, and the clock stops when `App._display` has turned the frame into escape
codes and written them. The clock is the process's CPU time, so that a busy machine does not count, and waiting for the disk neither.
The order of the contestants changes from round to round.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from tests.benchmarks.table import turned

SIZE = (120, 40)
"""Columns and rows of the terminal that is measured."""

_SECONDS_TO_WAIT = 10
_SECONDS_TO_START = 60
_LATER = 0.07
"""Seconds after which everything that a key leaves for later has begun."""
_SLICE, _IDLE_NS = 0.055, 400_000
"""An app that uses less than this much CPU in such a slice of seconds has nothing to do: it is longer than any pause that an app waits for,
or the next key would pay for what the pause was for."""


class CountingDriver(HeadlessDriver):
    """A driver that takes its frames for real, escape codes and all, and throws them away but for the last."""

    written = ""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        if len(data) > 40:  # the marks around a frame are not the frame
            self.written = data


class Timed(App[None]):
    """Mixed in before an app: its frames stop a clock. `shown_after` is a text that the frame of a key must hold."""

    AUTO_FOCUS = "*"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.driver_class = CountingDriver
        self.animation_level = "none"
        self.framed: asyncio.Future[tuple[int, int]] | None = None

    def shown_after(self) -> str:
        """Return a text that the key's frame must hold: one without what the key did is not its frame."""
        raise NotImplementedError

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if self.framed is None or self.framed.done() or not isinstance(self._driver, CountingDriver):
            return
        now = _now()
        if self.shows(self._driver.written):
            self.framed.set_result(now)

    def shows(self, frame: str) -> bool:
        """Return whether this is the frame that shows what the key did."""
        return self.shown_after() in frame

    def press(self, key: str) -> None:
        """Send a key through the driver."""
        assert self._driver is not None
        self._driver.process_message(events.Key(key, key if len(key) == 1 else None))

    async def time_key(self, key: str) -> tuple[float, float]:
        """Return the milliseconds, of CPU time and on the wall, from a key until its frame was written."""
        self.framed = asyncio.get_running_loop().create_future()
        assert isinstance(self._driver, CountingDriver)
        self._driver.written = ""
        cpu, wall = _now()
        self.press(key)
        cpu_then, wall_then = await asyncio.wait_for(self.framed, _SECONDS_TO_WAIT)
        self.framed = None
        return (cpu_then - cpu) / 1e6, (wall_then - wall) / 1e6


def _now() -> tuple[int, int]:
    """Return the nanoseconds of CPU time, and those of the wall."""
    return time.process_time_ns(), time.perf_counter_ns()


async def _quiet() -> None:
    """Wait until nothing is left to do, so that the next key pays only for itself."""
    await asyncio.sleep(_LATER)
    before = 0
    while (now := time.process_time_ns()) - before > _IDLE_NS:
        before = now
        await asyncio.sleep(_SLICE)


async def time_keys(apps: Sequence[Callable[[], Timed]], keys: Sequence[str], rounds: int) -> list[float]:
    """Run the apps side by side, each key in each of them per round; return the median of each, in milliseconds from a key to its frame."""
    running = [make() for make in apps]
    times: list[list[float]] = [[] for _ in running]
    gc.disable()  # also while they start, which is what takes a peer with a thousand widgets longest
    try:
        async with shown(*running):
            for number in range(rounds + 1):
                for index in turned(len(running), number):
                    for key in keys:
                        times[index].append((await running[index].time_key(key))[0])
                        await _quiet()
    finally:
        gc.enable()
    return [median(some[len(keys) :]) for some in times]


@asynccontextmanager
async def shown(*apps: Timed) -> AsyncIterator[None]:
    """Run apps side by side, from their first frames on."""
    streams = sys.stdout, sys.stderr
    tasks = [asyncio.create_task(app.run_async(headless=False, size=SIZE, mouse=False)) for app in apps]
    try:
        await asyncio.wait_for(asyncio.gather(*map(_ready, apps)), _SECONDS_TO_START)
        gc.collect()
        yield
    finally:
        problems = [getattr(app, "problem", "") for app in apps]
        for app in apps:
            app.exit()
        await asyncio.gather(*tasks)
        sys.stdout, sys.stderr = streams  # apps that ran side by side put them back in the wrong order
    if any(problems):
        raise AssertionError(f"an app ended by itself: {problems}")


async def _ready(app: Timed) -> None:
    while not (app.is_running and app.screen_stack and app.screen.size and app.focused):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
