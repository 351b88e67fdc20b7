"""`Y` on the board: a copy of what was recorded, even if something happened to the file; and the copy of a session with an open round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of, read_session
from stage import press, running, said, shown
from store import Quick, Told, begin, library, session_file
from support import FakeClock

from sessions.record.events import RoundDropped
from sessions.sample import sample_portfolio
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.environment import temporary_library

pytestmark = pytest.mark.system


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


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def truncate(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("tried", [True, False], ids=["after an action", "unnoticed"])
@pytest.mark.parametrize(("lose", "told"), [(Path.unlink, "deleted by another program"), (replace, ""), (truncate, "")])
async def test_leaving_asks_while_the_record_is_lost_and_not_copied(
    path: Path, tmp_path: Path, lose: Callable[[Path], None], told: str, tried: bool
) -> None:
    app, before = app_for(library(path.parent), path), path.read_bytes()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        lose(path)
        if tried:
            await press(pilot, "J")
            assert told in said(pilot)
            assert "Y saves a copy elsewhere" in said(pilot)
        await press(pilot, "q")
        assert "The session is gone from its place; Y saves a copy. Leave without one?" in shown(pilot)
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, SessionScreen)
        assert "The session is gone from its place; Y saves a copy." in shown(pilot)
        await press(pilot, "Y", "ctrl+u", *str(tmp_path / "copy"), "enter")
        assert "Copied to" in said(pilot)
        assert "does not hold the sealed ballots" in said(pilot)
        assert "gone from its place" not in shown(pilot)
        await press(pilot, "q")
        assert not app.is_running
    assert (tmp_path / "copy.json").read_bytes() == before


async def test_a_lost_record_can_be_left_without_a_copy(path: Path) -> None:
    app = app_for(library(path.parent), path)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        path.unlink()
        await press(pilot, "ctrl+q", "x")
        assert not app.is_running


async def test_quitting_the_demo_does_not_offer_to_open_it_again() -> None:
    home = temporary_library()
    with home.create(sample_portfolio()) as opened:
        async with running(home, SessionScreen(opened)) as pilot:
            await press(pilot, "q")
            assert "This demo is thrown away." in shown(pilot)
            assert "quarterdeck open" not in shown(pilot)


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
