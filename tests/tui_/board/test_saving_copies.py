"""`Y` on the board: a copy of what was recorded, whatever happened to the file; and the copy of a session with an open round."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk import DiskLibrary, path_of, read_session
from stage import press, said, shown
from store import Quick, Told, begin, library, session_file
from support import FakeClock
from textual.pilot import Pilot

from sessions.record.events import RoundDropped
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen


def app_for(home: DiskLibrary, path: Path) -> QuarterdeckApp:
    def first(app: QuarterdeckApp) -> SessionScreen:
        app.keep_open(home.open(path))
        return SessionScreen(app.open_sessions[-1])

    app = QuarterdeckApp(home, first)
    app.animation_level = "none"
    return app


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a session in which a ballot is open."""
    begin(tmp_path / "library", Quick(), Told())
    return session_file(tmp_path / "library")


async def save_copy(pilot: Pilot[None], target: Path) -> None:
    await press(pilot, "Y", "ctrl+u", *str(target), "enter")


async def test_a_deleted_session_can_be_saved_elsewhere(path: Path, tmp_path: Path) -> None:
    home, before = library(path.parent), path.read_bytes()
    async with app_for(home, path).run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        path.unlink()
        await pilot.press("J")
        assert "deleted by another program" in said(pilot)
        assert "Y saves a copy elsewhere" in said(pilot)
        await save_copy(pilot, tmp_path / "copy")
        assert "Copied to" in said(pilot)
    assert (tmp_path / "copy.json").read_bytes() == before


@pytest.mark.parametrize("answer", ["c", "escape"])
async def test_a_copy_offers_to_cancel_its_open_round(path: Path, tmp_path: Path, answer: str) -> None:
    with library(path.parent).open(path) as opened:
        copy = path_of(library(path.parent).save_copy(opened, str(tmp_path / "copy")))
    home = DiskLibrary(tmp_path, FakeClock(), lambda length: "0" * length, ops=Quick())
    async with app_for(home, copy).run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        assert "The open round cannot be revealed" in shown(pilot)
        await press(pilot, answer)
        assert isinstance(pilot.app.screen, SessionScreen)
    assert isinstance(read_session(copy)[0][-1].event, RoundDropped) == (answer == "c")
