"""A screen that fails to draw the news ends the app with its error; what was recorded is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk import DiskLibrary
from support import bare

from sessions.commands.cards import MoveCard
from tui.app.app import QuarterdeckApp
from tui.environment import SystemClock, token
from tui.library.screen import HomeScreen


@pytest.mark.promise("terminal-T24")
async def test_a_screen_that_fails_to_draw_is_a_crash_of_the_app_and_not_of_the_command(tmp_path: Path) -> None:
    library = DiskLibrary(tmp_path / "library", SystemClock(), token)
    app = QuarterdeckApp(library, lambda _: HomeScreen())

    def fail(*_: object) -> None:
        raise ZeroDivisionError("in a drawing")

    async def run() -> None:
        async with app.run_test() as pilot:
            app.keep_open(opened)
            opened.live.watch(fail)
            assert opened.live.perform(MoveCard(card="A", to=2))
            await pilot.pause()

    with library.create(bare()) as opened:
        with pytest.raises(ZeroDivisionError):
            await run()
        assert opened.live.session.rank("A") == 2
