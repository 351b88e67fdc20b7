"""What the first frame of the board does not wait for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LATER = (
    "sessions.imports",
    "sessions.record.agreed",
    "sessions.record.kinds",
    "sessions.record.past",
    "sessions.rounds.methods.registry",
    "sessions.state.apply",
    "sessions.summary",
    "tui.cards.detail",
    "tui.dialogs.form",
)
_BOARD_OF_A_NEW_SESSION = """
import asyncio, sys
from sessions.portfolio.models import Portfolio, Project
from tui.app.app import QuarterdeckApp
from tui.cli.screens import session_screen
from tui.environment import open_library

async def draw(library, opened):
    async with QuarterdeckApp(library, session_screen(opened)).run_test() as pilot:
        await pilot.pause()
        print(*[name for name in sys.argv[2:] if name in sys.modules])

library = open_library(sys.argv[1])
portfolio = Portfolio(projects=tuple(Project(id=each, title=each) for each in ("A", "B")))
asyncio.run(draw(library, library.create(portfolio)))
"""


def test_the_board_of_a_new_session_loads_nothing_that_only_a_key_or_a_vote_needs(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BOARD_OF_A_NEW_SESSION, str(tmp_path), *LATER]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == ""
