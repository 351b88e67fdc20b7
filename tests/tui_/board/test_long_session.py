"""A long session: after hours of keys the board answers as fast as at the start, and holds as little.

Half a second lies between two keys, by the session's own clock; the test does not wait for it. Costs are compared with each other in one run,
as CPU time, so that a busy machine does not count.
"""

from __future__ import annotations

import gc
import os
import secrets
import time
import tracemalloc
from itertools import cycle, islice
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from sessions.library.library import Library, OpenSession
from sessions.portfolio.models import Benefit, Portfolio, Project, Team, Work
from sessions.record.events import Event
from sessions.state.history import BLOCK
from sessions.store.tinydb.files import FileOps
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen

CARDS = 60
SHORT, LONG = 800, int(os.environ.get("QUARTERDECK_LONG_SESSION_KEYS", str(4 * 60 * 60 * 2)))
"""Keys: of the everyday test, and of four hours."""
MOVES = ("J", "J", "u", "U", "K", "T", "u", "K", "B", "u")
"""Keys that each record something, and leave the card where it was."""
CARRY = ("space", "j", "j", "space", "u")
KEYS = (*((*MOVES, *MOVES, *MOVES, "j") * (CARDS - 5)), *CARRY, "g")
"""Every card in turn, down the board and from its top again."""
RECORDED = 0.9
"""The share of the keys that must have recorded something: four hours are 28,800 keys, and about 28,000 events."""
SLOWER = 1.6
"""How many times the cost of a key at the start one at the end may take."""
MOST_DRAWN, MOST_BYTES = 2_000_000, 100
"""Bytes: of what is in view as it was drawn, and of each event that lies behind."""


class QuickFiles(FileOps):
    """Files that are not brought to the disk: the test writes thousands of events."""

    def fsync(self, fd: int) -> None:
        """Leave it to the system."""

    def fdatasync(self, fd: int) -> None:
        """Leave it to the system."""


class HalfSeconds:
    """A clock that goes on by half a second whenever a key is pressed."""

    def __init__(self) -> None:
        self.keys = 0

    def now(self) -> str:
        """Return the time in UTC."""
        seconds = 9 * 3600 + self.keys // 2
        return f"2026-06-30T{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"

    def seconds(self) -> float:
        """Return the seconds since the first key."""
        return self.keys / 2


def a_portfolio() -> Portfolio:
    """Return cards with work and benefit, so that every move is planned and explained."""
    teams = tuple(Team(id=f"T{number}", name=f"Team {number}", people=50) for number in range(8))
    cards = tuple(
        Project(
            id=f"P{number:02}",
            title=f"Project {number}",
            sponsor="COO",
            benefit=Benefit(monthly=1000 * (number % 17)),
            work=(Work(team=f"T{number % 8}", effort=100 + number), Work(team=f"T{number * 3 % 8}", effort=80)),
        )
        for number in range(CARDS)
    )
    return Portfolio(teams=teams, projects=cards, quarter_start="2026-07-06")


async def press(pilot: Pilot[None], clock: HalfSeconds, count: int) -> float:
    """Press so many keys, frames included; give the CPU seconds of one."""
    begin = time.process_time()
    for key in islice(cycle(KEYS), clock.keys % len(KEYS), clock.keys % len(KEYS) + count):
        clock.keys += 1
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.app.wait_for_refresh()
    await pilot.pause()
    return (time.process_time() - begin) / count


async def forget_drawn(pilot: Pilot[None]) -> int:
    """Have the board forget the cards it keeps as they were drawn, of which there is a greatest number; give the bytes that are held then."""
    await pilot.press("f2", "f2")  # dark and light
    await pilot.pause()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def held_events() -> int:
    """Count the events that are held as they are."""
    gc.collect()
    return sum(isinstance(each, Event) for each in gc.get_objects())


async def run(tmp_path: Path, keys: int) -> None:
    """Run a session of so many keys; see that neither time nor memory grows with what lies behind."""
    others, clock = held_events(), HalfSeconds()
    home = Library(tmp_path, clock, lambda length: secrets.token_hex(length)[:length], holder="test", ops=QuickFiles())
    opened = home.create(a_portfolio())

    def first(app: QuarterdeckApp) -> SessionScreen:
        app.keep_open(opened)
        return SessionScreen(opened)

    app = QuarterdeckApp(home, first)
    app.animation_level = "none"
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await press(pilot, clock, 100)  # what is made once is made
        at_start = [await press(pilot, clock, keys // 8) for _ in range(2)]
        grown, events_ = await grow(pilot, clock, opened, keys // 2)
        at_end = [await press(pilot, clock, keys // 8) for _ in range(2)]
        check_whole(opened)
        as_they_are = held_events() - others
    assert opened.live.session.seq >= RECORDED * clock.keys
    print(f"CPU ms a key: {[round(1000 * each, 2) for each in (*at_start, *at_end)]}")
    print(f"{events_} events took {grown} bytes; {as_they_are} are held as they were made")
    assert min(at_end) <= min(at_start) * SLOWER, f"a key cost {at_start} seconds at the start, {at_end} at the end"
    assert as_they_are <= 2 * BLOCK + 20, f"{as_they_are} events are held as they were made"
    assert grown <= MOST_DRAWN + MOST_BYTES * events_, f"{events_} events took {grown} bytes"


async def grow(pilot: Pilot[None], clock: HalfSeconds, opened: OpenSession, keys: int) -> tuple[int, int]:
    """Press so many keys; give the bytes by which what is held has grown, and the number of events."""
    tracemalloc.start()
    try:
        before, seq = await forget_drawn(pilot), opened.live.session.seq
        await press(pilot, clock, keys)
        return await forget_drawn(pilot) - before, opened.live.session.seq - seq
    finally:
        tracemalloc.stop()


def check_whole(opened: OpenSession) -> None:
    """See that the record grew by what was done, and that nothing was lost on the way."""
    assert opened.live.session.seq == len(opened.live.recordeds) == len(opened.journal.records)
    assert sorted(opened.live.session.order) == [f"P{number:02}" for number in range(CARDS)]


async def test_a_key_costs_the_same_after_many_others(tmp_path: Path) -> None:
    await run(tmp_path, SHORT)


@pytest.mark.slow
async def test_a_key_costs_the_same_after_four_hours(tmp_path: Path) -> None:
    await run(tmp_path, LONG)
