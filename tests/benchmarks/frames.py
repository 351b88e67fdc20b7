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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
        self.framed: asyncio.Future[int] | None = None

    def shown_after(self) -> str:
        """Return a text that the key's frame must hold: one without what the key did is not its frame."""
        raise NotImplementedError

    def done(self) -> object:
        """Return what changes with every key that is answered."""
        raise NotImplementedError

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if self.framed is None or self.framed.done() or not isinstance(self._driver, CountingDriver):
            return
        now = time.process_time_ns()
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
        """Return the CPU time in milliseconds from a key until its frame was written, and until all that follows was done."""
        self.framed = asyncio.get_running_loop().create_future()
        assert isinstance(self._driver, CountingDriver)
        self._driver.written = ""
        begin = time.process_time_ns()
        self.press(key)
        end = await asyncio.wait_for(self.framed, _SECONDS_TO_WAIT)
        self.framed = None
        all_done = await _quiet()
        return (end - begin) / 1e6, (all_done - begin) / 1e6

    async def time_held_key(self, keys: Sequence[str]) -> float:
        """Send many keys at once, as a held key does that the app is too slow for; give the CPU time in milliseconds of one."""
        before = self.done()
        begin = time.process_time_ns()
        for key in keys:
            self.press(key)
        while self.done() == before:  # presses of the same key may be one step
            await asyncio.sleep(0.01)
        return (await _quiet() - begin) / 1e6 / len(keys)


async def _quiet() -> int:
    """Wait until nothing is left to do, so that the next key pays only for itself; give the CPU time in nanoseconds so far."""
    await asyncio.sleep(_LATER)
    before = 0
    while (now := time.process_time_ns()) - before > _IDLE_NS:
        before = now
        await asyncio.sleep(_SLICE)
    return before


@dataclass(frozen=True, slots=True)
class KeyTime:
    """Medians in milliseconds: until the frame, until all that follows the frame, and for one of many keys at once."""

    frame: float
    all: float
    held: float


async def time_keys(apps: Sequence[Callable[[], Timed]], keys: Sequence[str], rounds: int, *, held: bool = True) -> list[KeyTime]:
    """Run the apps side by side, each key in each of them per round; then, unless `held` is off, many keys at once."""
    running = [make() for make in apps]
    streams = sys.stdout, sys.stderr
    gc.disable()  # also while they start, which is what takes a peer with a thousand widgets longest
    tasks = [asyncio.create_task(app.run_async(headless=False, size=SIZE, mouse=False)) for app in running]
    try:
        await asyncio.wait_for(asyncio.gather(*map(_ready, running)), _SECONDS_TO_START)
        gc.collect()
        times = await _rounds(running, keys, rounds, held=held)
    finally:
        gc.enable()
        problems = [getattr(app, "problem", "") for app in running]
        for app in running:
            app.exit()
        await asyncio.gather(*tasks)
        sys.stdout, sys.stderr = streams  # apps that ran side by side put them back in the wrong order
    if any(problems):
        raise AssertionError(f"an app ended by itself: {problems}")
    return times


async def _rounds(running: Sequence[Timed], keys: Sequence[str], rounds: int, *, held: bool) -> list[KeyTime]:
    times: list[list[tuple[float, float]]] = [[] for _ in running]
    for number in range(rounds + 1):
        for index in turned(len(running), number):
            times[index] += [await running[index].time_key(key) for key in keys]
    at_once = [await app.time_held_key(list(keys) * (40 // len(keys))) if held else 0.0 for app in running]
    warm = [some[len(keys) :] for some in times]
    return [
        KeyTime(median(frame for frame, _ in some), median(all_ for _, all_ in some), one)
        for some, one in zip(warm, at_once, strict=True)
    ]


async def _ready(app: Timed) -> None:
    """Wait for the first frame."""
    while not (app.is_running and app.screen_stack and app.screen.size and app.focused):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
