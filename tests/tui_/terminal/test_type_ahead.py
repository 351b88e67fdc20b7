"""Typing ahead: what is typed before a dialog has come belongs to the dialog, and never moves or changes a card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of
from stage import shown
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.library.library import OpenSession
from sessions.record.events import NoteAdded
from sessions.sample import sample_portfolio
from sessions.sample.demo import ScriptClock
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.environment import token

NAMES = {"\r": "enter", " ": "space"}


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    clock = ScriptClock(datetime(2026, 6, 30, 9, 0, tzinfo=UTC))
    return DiskLibrary(tmp_path / "library", clock, token).create(sample_portfolio(), title="Larkfield Supply")


@pytest.fixture
async def pilot(opened: OpenSession) -> AsyncIterator[Pilot[None]]:
    app = QuarterdeckApp(DiskLibrary(path_of(opened).parent, ScriptClock(datetime(2026, 6, 30, tzinfo=UTC)), token), lambda _: SessionScreen(opened))
    app.animation_level = "none"
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        yield pilot
    opened.close()


async def burst(pilot: Pilot[None], keys: str) -> None:
    """Send keys as a slow line does: all at once, before the screen has answered the first."""
    for key in keys:
        pilot.app.post_message(events.Key(NAMES.get(key, key), key))
    await pilot.pause()
    await pilot.press("f12")  # bound to nothing: when it is through, so are those before it
    await pilot.pause()


async def test_a_reason_typed_in_one_go_lands_in_its_dialog(pilot: Pilot[None], opened: OpenSession) -> None:
    before = opened.live.session.order
    await burst(pilot, "nDo not WSet it\r")
    note = opened.live.recordeds[-1].event
    assert isinstance(note, NoteAdded)
    assert note.text == "Do not WSet it"
    assert opened.live.session.order == before
    assert "Note on Customer segmentation and analysis: Do not WSet it." in shown(pilot)


async def test_keys_after_the_answer_reach_the_board_again(pilot: Pilot[None], opened: OpenSession) -> None:
    await burst(pilot, "nwhy\r")
    await burst(pilot, "J")
    assert opened.live.session.rank("P01") == 2


async def test_a_second_key_does_not_stack_a_second_dialog(pilot: Pilot[None]) -> None:
    await burst(pilot, "ep")
    assert len(pilot.app.screen_stack) == 3
    assert pilot.app.screen.query(Input).first().value == "Customer segmentation and analysisp"


async def test_quitting_asks_once_from_within_a_dialog_too(pilot: Pilot[None]) -> None:
    await pilot.press("n", "ctrl+q", "ctrl+q")
    await pilot.pause()
    assert isinstance(pilot.app.screen, Confirm)
    assert "Quit Quarterdeck?" in shown(pilot)
    await pilot.press("escape")
    assert "A note" in shown(pilot)
