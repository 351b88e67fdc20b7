"""A burst: a hundred pages, two hundred changes a second for ten seconds. Only on request: `python -m tests.benchmarks --only room_burst`."""

from __future__ import annotations

import asyncio

from sessions.record.events import BallotSealed
from tests.benchmarks.room_serving import Clients, last_page, percentile, serving, session
from tests.benchmarks.samples import folder
from tests.benchmarks.table import Row

PAGES, RATE, SECONDS = 100, 200, 10


def burst() -> list[Row]:
    """Everybody changes their ballot twice a second."""
    with folder() as path, session(path, PAGES) as opened:
        took, reached, sent, lost = asyncio.run(_run(opened))
    return [
        Row("200 changes a second from 100 pages: acknowledged, p99, of 1 s", took, 1000, 1.0, remark=f"{sent} were sent"),
        Row("200 changes a second: commit to the last of 100 pages, p99, of 1 s", reached, 1000, 1.0),
        Row("200 changes a second: lost or recorded twice, of none", 1 + lost, 1, 1.0, unit="x"),
    ]


async def _run(opened: object) -> tuple[float, float, int, int]:
    async with serving(opened) as served:  # type: ignore[arg-type]
        seats, cards = served.seats(), served.opened.live.session.order[:3]
        async with Clients("pages", base=served.server.url, tokens=list(seats.values())) as pages:
            await asyncio.sleep(1)
            served.made.clear()
            async with Clients("changes", base=served.server.url, seats=seats, cards=cards, rate=RATE) as changes:
                await asyncio.sleep(SECONDS)
                _, took, sent = await changes.end()
            last = served.room.version
            await asyncio.sleep(2)
            seen = await pages.end()
        assert {page[-1][0] for page in seen} == {last}
        sealed = sum(isinstance(each.event, BallotSealed) for each in served.opened.live.recordeds)
        lost = max(sent - len(took), abs(sealed - len(took)))
        made = [each for each in served.made if each[0] <= last]
        return percentile([each / 1e6 for each in took], 99), percentile(last_page(made, seen), 99), sent, lost


ROWS = (burst,)
"""What is measured."""
