"""The summary on the screen: shown as it will be written, and written nowhere that somebody else wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disk import DiskLibrary
from support import in_memory
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sessions.commands.cards import MoveCard, ParkQuestion
from sessions.portfolio.models import Portfolio, Project
from sessions.record.events import SessionOpened
from sessions.sample.demo import ScriptClock
from sessions.state.session import Session
from sessions.summary.markdown import summary
from sessions.summary.writing import default_name, is_ours, sealed
from tui.app.app import QuarterdeckApp
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.environment import token
from tui.summary.screen import SummaryScreen

START = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def session_named(title: str = "Larkfield") -> Session:
    portfolio = Portfolio(name=title, quarter="2026-Q3", projects=(Project(id="P1", title=title), Project(id="P2", title="CRM")))
    opened = SessionOpened(session="q3", title=title, quarter="2026-Q3", facilitator="pmo", minutes=90, portfolio=portfolio)
    live = in_memory(opened, ScriptClock(START))
    live.perform(MoveCard(card="P1", to=2))
    live.perform(ParkQuestion(text=title))
    return live.session


@asynccontextmanager
async def reading(session: Session, folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[None], SummaryScreen]]:
    library = DiskLibrary(folder / "library", ScriptClock(START), token)
    app = QuarterdeckApp(library, lambda _: SummaryScreen(session, folder))
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SummaryScreen)
        yield pilot, screen


def shown(pilot: Pilot[None]) -> str:
    """Return the screen as text."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def where(screen: SummaryScreen) -> str:
    return str(screen.query_one("#summary-path", Static).render())


def told(pilot: Pilot[None]) -> str:
    return " ".join(note.message for note in pilot.app._notifications)


async def test_the_page_is_shown_with_the_file_it_will_be_written_to(tmp_path: Path) -> None:
    session = session_named()
    async with reading(session, tmp_path) as (pilot, screen):
        assert "Larkfield: what we decided" in shown(pilot)
        assert "Will be written to" in where(screen)
        assert default_name(session) in where(screen)
        assert not (tmp_path / default_name(session)).exists()


@pytest.mark.parametrize("key", ["enter", "ctrl+s"])
async def test_a_key_writes_the_page_and_says_where(tmp_path: Path, key: str) -> None:
    session = session_named()
    async with reading(session, tmp_path) as (pilot, screen):
        await pilot.press(key)
        await pilot.pause()
        assert (tmp_path / default_name(session)).read_text() == sealed(summary(session))
        assert where(screen).startswith("✓ Written to")
        assert default_name(session) in where(screen)


async def test_a_page_of_ours_is_replaced_without_asking(tmp_path: Path) -> None:
    session = session_named()
    (tmp_path / default_name(session)).write_text(sealed("# An earlier page\n"))
    async with reading(session, tmp_path) as (pilot, screen):
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "what we decided" in (tmp_path / default_name(session)).read_text()


@pytest.mark.parametrize(("keys", "replaced"), [(["R"], True), (["escape"], False), (["n"], False), (["enter", "y", "escape"], False)])
async def test_a_file_of_somebody_else_is_replaced_only_when_said(tmp_path: Path, keys: list[str], replaced: bool) -> None:
    session = session_named()
    file = tmp_path / default_name(session)
    file.write_text("my own notes\n")
    async with reading(session, tmp_path) as (pilot, screen):
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press(*keys)
        await pilot.pause()
        assert pilot.app.screen is screen
        assert is_ours(file.read_bytes()) is replaced
        assert where(screen).startswith("✓ Written to") is replaced
    assert replaced or file.read_text() == "my own notes\n"


async def test_n_names_another_file(tmp_path: Path) -> None:
    async with reading(session_named(), tmp_path) as (pilot, screen):
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Ask)
        pilot.app.screen.query_one(Input).value = "q3.md"
        await pilot.press("enter")
        await pilot.pause()
        assert "q3.md" in where(screen)
        await pilot.press("enter")
        await pilot.pause()
    assert is_ours((tmp_path / "q3.md").read_bytes())


async def test_a_place_that_cannot_be_written_is_told_and_the_screen_stays(tmp_path: Path) -> None:
    async with reading(session_named(), tmp_path) as (pilot, screen):
        screen.path = tmp_path / "no" / "such" / "folder.md"
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "folder.md" in told(pilot)
        assert where(screen).startswith("Will be written to")
