"""The facilitator's keys while sixty pages follow and ten ballots a second come in, beside the same app when nobody does."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from statistics import median
from typing import Any

from textual._context import active_app

from sessions.library.library import OpenSession
from tests.benchmarks.frames import SIZE, CountingDriver, ready
from tests.benchmarks.keys import Ours
from tests.benchmarks.room import PAGES, RATE
from tests.benchmarks.room_serving import Clients, percentile, serving, session
from tests.benchmarks.samples import folder, library
from tests.benchmarks.table import Row

KEYS, PAUSE = 80, 0.12
TWO_FRAMES = 2 * 1000 / 60
"""Milliseconds: the app paints at most sixty times a second."""


class Clocked(Ours):
    """The app, whose frames stop a clock on the wall too."""

    wall = 0

    def _display(self, screen: Any, renderable: Any) -> None:
        waits = self.framed is not None and not self.framed.done()
        super()._display(screen, renderable)
        if waits and self.framed is not None and self.framed.done():
            self.wall = time.perf_counter_ns()


async def _keys(app: Clocked) -> tuple[list[float], list[float]]:
    """Move a card down and up again, many times; return the milliseconds of CPU and on the wall from each key to its frame."""
    cpu, wall = list[float](), list[float]()
    assert isinstance(app._driver, CountingDriver)
    for number in range(KEYS):
        app.framed = asyncio.get_running_loop().create_future()
        app._driver.written = ""
        begun, used = time.perf_counter_ns(), time.process_time_ns()
        app.press("JK"[number % 2])
        end = await asyncio.wait_for(app.framed, 10)
        cpu.append((end - used) / 1e6)
        wall.append((app.wall - begun) / 1e6)
        app.framed = None
        await asyncio.sleep(PAUSE)
    return cpu[10:], wall[10:]


async def _idle_and_loaded(app: Clocked, opened: OpenSession) -> list[tuple[list[float], list[float]]]:
    streams = sys.stdout, sys.stderr
    running = asyncio.create_task(app.run_async(headless=False, size=SIZE, mouse=False))
    try:
        await asyncio.wait_for(ready(app), 60)
        gc.collect()
        active_app.set(app)  # as where the app itself opens the room
        async with serving(opened) as served:
            seats, cards = served.seats(), opened.live.session.order[:3]
            idle = await _keys(app)
            async with (
                Clients("pages", base=served.server.url, tokens=list(seats.values())),
                Clients("changes", base=served.server.url, seats=seats, cards=cards, rate=RATE),
            ):
                await asyncio.sleep(1)
                return [idle, await _keys(app)]
    finally:
        app.exit()
        await running
        sys.stdout, sys.stderr = streams


def keys() -> list[Row]:
    """A key moves a card while the room votes."""
    with folder() as path, session(path, PAGES) as opened:
        (idle_cpu, idle_wall), (cpu, wall) = asyncio.run(_idle_and_loaded(Clocked(library(path), opened, 3), opened))
    return [
        Row("key to frame while 60 people vote, CPU, p50", median(cpu), median(idle_cpu), 1.5),
        Row("key to frame while 60 people vote, wall, p50", median(wall), median(idle_wall), 1.5),
        Row("the same, p90, of idle and two frames", percentile(wall, 90), percentile(idle_wall, 90) + TWO_FRAMES, 1.0),
    ]


ROWS = (keys,)
