"""Help and the curtain: every key is explained at every size, and the curtain hides all."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk import DiskLibrary
from textual.widgets import Static

from tui.app.app import QuarterdeckApp
from tui.dialogs.curtain import Curtain
from tui.dialogs.help import Help
from tui.environment import SystemClock, token
from tui.host.actions import ACTIONS, PLACES
from tui.library.screen import HomeScreen


def app_in(folder: Path) -> QuarterdeckApp:
    app = QuarterdeckApp(DiskLibrary(folder / "library", SystemClock(), token), lambda _: HomeScreen())
    app.animation_level = "none"
    return app


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (40, 12), (10, 3)])
async def test_help_explains_every_action_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        keys = str(app.screen.query_one("#help-keys", Static).render())
        told = "".join(keys.split())  # a long word may be broken
        assert [action.id for action in ACTIONS if "".join(action.help.split()) not in told] == []
        await pilot.press("down", "pagedown", "up", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_the_keys_of_the_screen_in_front_come_first(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        lines = str(app.screen.query_one("#help-keys", Static).render()).splitlines()
    assert lines[0] == PLACES["home"]


@pytest.mark.parametrize("size", [(120, 40), (10, 3)])
async def test_the_curtain_hides_all_and_any_key_opens_it(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_in(tmp_path)
    async with app.run_test(size=size) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert isinstance(app.screen, Curtain)
        text = "".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "Quarterdeck" not in text
        assert "demo" not in text
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
