"""Help: every key is explained at every size."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import disk_library, press, running
from textual.widgets import Static

from tui.dialogs.help import Help
from tui.host.actions import ACTIONS
from tui.host.places import PLACES
from tui.library.screen import HomeScreen


@pytest.mark.parametrize("size", [(120, 40), (40, 12), (10, 3)])
async def test_help_explains_every_action_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(disk_library(tmp_path), HomeScreen(), size) as pilot:
        app = pilot.app
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Help)
        columns = [str(column.render()) for column in app.screen.query(".help-column").results(Static)]
        assert columns[0].startswith(PLACES["home"]), "the keys of the screen in front come first"
        keys = "\n".join(columns)
        told = "".join(keys.split())  # a long word may be broken
        assert [action.id for action in ACTIONS if "".join(action.help.split()) not in told] == []
        dark = app.theme
        await press(pilot, "f2", "down", "pagedown", "up", "escape")
        assert app.theme != dark, "over a dialog, too"
        assert isinstance(app.screen, HomeScreen)
