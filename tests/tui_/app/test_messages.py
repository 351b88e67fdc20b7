"""Short messages: they leave a dialog's keys alone, and disappear with the screen they were shown on."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_board, press, said
from support import bare

from sessions.commands.phases import StartPhase
from tui.app.app import QuarterdeckApp


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_message_never_covers_the_keys_of_a_dialog(tmp_path: Path, size: tuple[int, int]) -> None:
    async with on_board(tmp_path, bare(), StartPhase(phase="sequence"), size=size) as (pilot, _):
        app = pilot.app
        assert isinstance(app, QuarterdeckApp)
        for key in ("e", "a", "Z", "/", "V"):
            await press(pilot, key)
            app.toast("Something that the room should know, in a sentence that takes more than one line of a small message.")
            await pilot.pause()
            hint = app.screen.query_one("#dialog-hint").region
            assert not app.screen.query_one("ToastRack").region.overlaps(hint)
            assert app.screen.query_one("#dialog").content_region.contains_region(hint)
            await press(pilot, "escape")


async def test_a_message_goes_with_its_screen_and_what_the_same_key_said_remains(tmp_path: Path) -> None:
    async with on_board(tmp_path, bare(), StartPhase(phase="sequence")) as (pilot, _):
        await press(pilot, "r")
        assert "No ballot was held yet" in said(pilot)
        await press(pilot, "m")
        assert said(pilot) == ""
        await press(pilot, "escape", "r")
        assert "No ballot was held yet" in said(pilot)
