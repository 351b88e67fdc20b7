"""The facilitator's keys while sixty pages follow and ten ballots a second come in, beside the same app when nobody does."""

from __future__ import annotations

import asyncio
from statistics import median

from textual._context import active_app

from sessions.library.library import OpenSession
from tests.benchmarks.frames import shown
from tests.benchmarks.keys import Ours
from tests.benchmarks.room import PAGES, RATE
from tests.benchmarks.room_serving import Clients, percentile, serving, session
from tests.benchmarks.samples import folder, library
from tests.benchmarks.table import Row

KEYS, PAUSE = 80, 0.12
TWO_FRAMES = 2 * 1000 / 60
"""Milliseconds: the app paints at most sixty times a second."""


async def _keys(app: Ours) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Move a card down and up again, many times; return the milliseconds of CPU and on the wall from each key to its frame."""
    times = []
    for number in range(KEYS):
        times.append(await app.time_key("JK"[number % 2]))
        await asyncio.sleep(PAUSE)
    cpu, wall = zip(*times[10:], strict=True)
    return cpu, wall


async def _idle_and_loaded(app: Ours, opened: OpenSession) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    async with shown(app):
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


def keys() -> list[Row]:
    """A key moves a card while the room votes."""
    with folder() as path, session(path, PAGES) as opened:
        (idle_cpu, idle_wall), (cpu, wall) = asyncio.run(_idle_and_loaded(Ours(library(path), opened, 3), opened))
    return [
        Row("key to frame while 60 people vote, CPU, p50", median(cpu), median(idle_cpu), 1.5),
        Row("key to frame while 60 people vote, wall, p50", median(wall), median(idle_wall), 1.5),
        Row("the same, p90, of idle and two frames", percentile(wall, 90), percentile(idle_wall, 90) + TWO_FRAMES, 1.0),
    ]


ROWS = (keys,)
