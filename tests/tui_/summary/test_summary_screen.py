"""The summary on the screen: shown as it will be written, and never written over someone else's file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from stage import disk_library, press, running, said, shown
from support import Room, small
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sessions.commands.cards import MoveCard
from sessions.commands.phases import CloseSession
from sessions.state.session import Session
from sessions.summary.markdown import summary
from sessions.summary.writing import default_name, is_ours, sealed
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.library.screen import HomeScreen
from tui.summary.screen import SummaryScreen


def moved() -> Session:
    room = Room(small(), title="Larkfield")
    room.do(MoveCard(card="P1", to=2))
    return room.session


@asynccontextmanager
async def reading(session: Session, folder: Path) -> AsyncIterator[tuple[Pilot[None], SummaryScreen]]:
    screen = SummaryScreen(session, folder)
    async with running(disk_library(folder), screen) as pilot:
        yield pilot, screen


def where(screen: SummaryScreen) -> str:
    return str(screen.query_one("#summary-path", Static).render())


async def test_the_page_is_shown_copied_and_written_where_it_says(tmp_path: Path) -> None:
    session = moved()
    path = tmp_path / default_name(session)
    async with reading(session, tmp_path) as (pilot, screen):
        assert "Larkfield: what we decided" in shown(pilot)
        assert "Now  The page, as far as the session got  →  enter write it" in shown(pilot)
        assert "Will be written to" in where(screen)
        assert path.name in where(screen)
        await press(pilot, "y")
        assert pilot.app.clipboard == summary(session)
        assert "copied" in said(pilot)
        assert not path.exists()
        await press(pilot, "enter")
        assert path.read_text() == sealed(summary(session))
        page = path.with_suffix(".html").read_text()
        assert is_ours(page.encode())
        assert "<h1>Larkfield: what we decided</h1>" in page
        assert where(screen).startswith("✓ Written to")
        assert path.name in where(screen)


@pytest.mark.parametrize("there", [True, False])
async def test_the_page_goes_beside_the_portfolio_if_that_folder_is_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "quarter"
    if there:
        folder.mkdir()
    with disk_library(tmp_path).create(small(), folder=str(folder)) as opened:
        live = opened.live
        live.perform(CloseSession(leave_undecided=True))
        async with running(disk_library(tmp_path), HomeScreen()) as pilot:
            await press(pilot, "s", "enter")
            assert isinstance(pilot.app.screen, SummaryScreen)
    assert (folder if there else tmp_path).joinpath(default_name(live.session)).exists()


@pytest.mark.parametrize(("keys", "replaced"), [(["R"], True), (["escape"], False), (["n"], False), (["enter", "y", "escape"], False)])
async def test_a_file_of_somebody_else_is_replaced_only_when_said(tmp_path: Path, keys: list[str], replaced: bool) -> None:
    session = moved()
    file = tmp_path / default_name(session)
    file.write_text("my own notes\n")
    async with reading(session, tmp_path) as (pilot, screen):
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, *keys)
        assert pilot.app.screen is screen
        assert is_ours(file.read_bytes()) is replaced
        assert file.with_suffix(".html").exists() is replaced, "both forms or none"
        assert where(screen).startswith("✓ Written to") is replaced
    assert replaced or file.read_text() == "my own notes\n"


async def test_e_names_another_file_and_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    async with reading(moved(), tmp_path) as (pilot, screen):
        screen.path = tmp_path / "no" / "such" / "folder.md"
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert "folder.md" in said(pilot)
        assert where(screen).startswith("Will be written to")
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, Ask)
        pilot.app.screen.query_one(Input).value = "q3.md"
        await press(pilot, "enter")
        assert "q3.md" in where(screen)
        await press(pilot, "enter")
    assert is_ours(screen.path.with_name("q3.md").read_bytes())
