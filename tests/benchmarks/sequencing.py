"""What sequencing costs a key: `python -m tests.benchmarks --only sequencing`.

The same board twice, in the whole app with its durable record: once with teams and work on every card, so that cut line and reasons follow each
move; once (the floor) without them, so that there is nothing to plan.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from sessions.portfolio.models import Portfolio
from tests.benchmarks import schedule
from tests.benchmarks.frames import KeyTime, time_keys
from tests.benchmarks.keys import Ours
from tests.benchmarks.samples import folder, library
from tests.benchmarks.samples import portfolio as bare
from tests.benchmarks.table import Row

SIZES = (25, 60, 600, 10_000)
"""Cards."""
TEAMS = 8
ROUNDS = 12
_AT = 3


def planned(count: int) -> Portfolio:
    """Return the portfolio of the other benchmarks with teams, and work and needs on every card."""
    work = schedule.portfolio(count, TEAMS)
    cards = tuple(
        card.model_copy(update={"work": other.work, "needs": other.needs}) for card, other in zip(bare(count).projects, work.projects, strict=True)
    )
    return bare(count).model_copy(update={"projects": cards, "teams": work.teams, "quarter_start": "2026-07-06", "session_date": "2026-06-30"})


def _app(path: Path, name: str, portfolio: Portfolio) -> Ours:
    home = library(path / name)
    return Ours(home, home.create(portfolio), _AT)


def _times(count: int) -> tuple[KeyTime, KeyTime]:
    with folder() as path:
        apps = [partial(_app, path, "without", bare(count)), partial(_app, path, "with", planned(count))]
        without, with_plan = asyncio.run(time_keys(apps, ("J", "K"), ROUNDS))
    return with_plan, without


def moves() -> list[Row]:
    """A card moves one place down and up again."""
    rows = []
    for count in SIZES:
        ours, floor = _times(count)
        rows.append(Row(f"key to frame with sequencing, {count:,} cards", ours.frame, floor.frame, 1.6))
        rows.append(Row(f"the same with what follows the frame, {count:,} cards", ours.all, floor.all, 0))
        rows.append(Row(f"one of 40 keys sent at once, {count:,} cards", ours.held, floor.held, 0))
    return rows


ROWS = (moves,)
"""What is measured, in the order of the table."""
