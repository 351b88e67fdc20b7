"""A room under more load than a meeting brings, and for longer. Only on request: `python -m tests.benchmarks --only room_long`."""

from __future__ import annotations

import asyncio

from sessions.library.library import OpenSession
from tests.benchmarks.room_serving import Voted, serving, session, voting
from tests.benchmarks.samples import folder
from tests.benchmarks.table import Row


async def _voting(opened: OpenSession, rate: int, seconds: float, warm: float = 0) -> Voted:
    async with serving(opened) as served:
        return (await voting(served, rate, seconds, warm=warm))[0]


def burst() -> list[Row]:
    """A hundred people change their ballot twice a second, for ten seconds."""
    with folder() as path, session(path, 100) as opened:
        voted = asyncio.run(_voting(opened, 200, 10))
    return [
        Row("200 changes a second from 100 pages: acknowledged, p99, of 1 s", voted.acknowledged, 1000, 1.0, remark=f"{voted.sent} were sent"),
        Row("200 changes a second: commit to the last of 100 pages, p99, of 1 s", voted.committed, 1000, 1.0),
        Row("200 changes a second: lost or recorded twice, of none", 1 + voted.lost, 1, 1.0, unit="x"),
    ]


def half_an_hour() -> list[Row]:
    """Sixty pages, twenty changes a second: acknowledgements, updates and memory over half an hour."""
    with folder() as path, session(path, 60) as opened:
        voted = asyncio.run(_voting(opened, 20, 30 * 60, warm=60))
    return [
        Row("30 minutes: acknowledged, p99, of 150 ms", voted.acknowledged, 150, 1.0),
        Row("30 minutes: commit to the last of 60 pages, p99, of 250 ms", voted.committed, 250, 1.0),
        Row("30 minutes: memory grows, of 20 MB", voted.grown / 1000, 20, 1.0, unit="MB"),
    ]


ROWS = (burst, half_an_hour)
