"""A session file is a plain TinyDB database: stock TinyDB reads the very events that the app shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from disk import DiskLibrary, path_of
from support import FakeClock
from tinydb import TinyDB

from sessions.commands.cards import MoveCard, Undo
from sessions.record.events import recorded_from
from tui.library.demo import make_demo


def test_stock_tinydb_reads_the_events_that_the_app_shows(tmp_path: Path) -> None:
    salts = iter(range(10_000))
    library = DiskLibrary(tmp_path, FakeClock(), lambda length: f"{next(salts):0{length}x}")
    with library.open(make_demo(library, datetime(2026, 6, 30, 11, tzinfo=UTC))) as opened:
        opened.live.perform(MoveCard(card="P04", to=1))
        opened.live.perform(Undo())
        shown = list(opened.live.recordeds)
        before = path_of(opened).read_bytes()
        with TinyDB(path_of(opened), access_mode="r") as database:
            rows = database.table("events").all()
        assert [recorded_from(dict(row)) for row in rows] == shown
        assert path_of(opened).read_bytes() == before
