"""Half an hour of a room: sixty pages, twenty changes a second. Only on request: `python -m tests.benchmarks --only room_long`."""

from __future__ import annotations

import asyncio
import gc

from tests.benchmarks.room import PAGES, _check_votes
from tests.benchmarks.room_serving import Clients, last_page, percentile, resident, serving, session
from tests.benchmarks.samples import folder
from tests.benchmarks.table import Row

RATE, SECONDS, WARM = 20, 30 * 60, 60


def half_an_hour() -> list[Row]:
    """Acknowledgements, updates and memory over half an hour."""
    with folder() as path, session(path, PAGES) as opened:
        took, reached, grown = asyncio.run(_run(opened))
    return [
        Row("30 minutes: acknowledged, p99, of 150 ms", took, 150, 1.0),
        Row("30 minutes: commit to the last of 60 pages, p99, of 250 ms", reached, 250, 1.0),
        Row("30 minutes: memory grows, of 20 MB", grown / 1000, 20, 1.0, unit="MB"),
    ]


async def _run(opened: object) -> tuple[float, float, float]:
    async with serving(opened) as served:  # type: ignore[arg-type]
        seats, cards = served.seats(), served.opened.live.session.order[:3]
        async with (
            Clients("pages", base=served.server.url, tokens=list(seats.values())) as pages,
            Clients("changes", base=served.server.url, seats=seats, cards=cards, rate=RATE) as changes,
        ):
            await asyncio.sleep(WARM)
            gc.collect()
            before = resident()
            await asyncio.sleep(SECONDS - WARM)
            acknowledged, took, _ = await changes.end()
            gc.collect()
            grown = resident() - before
            last = served.room.version
            await asyncio.sleep(1)
            seen = await pages.end()
        _check_votes(served, acknowledged)
        assert {page[-1][0] for page in seen} == {last}
        return percentile([each / 1e6 for each in took], 99), percentile(last_page(served.made, seen), 99), grown


ROWS = (half_an_hour,)
"""What is measured."""
