"""What the first frame of the board does not wait for."""

from __future__ import annotations

import subprocess
import sys

LATER = ("sessions.rounds.methods.registry", "sessions.summary", "sessions.imports", "tui.dialogs.form")


def test_the_board_loads_nothing_that_only_a_key_or_a_vote_needs() -> None:
    code = f"import sys, tui.app.app, tui.board.screen; print(*[name for name in {LATER!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
