"""The line under the board: what was done last, whole or cut between words."""

from __future__ import annotations

from pathlib import Path

from stage import on_board, press, shown, words
from support import sample


async def test_the_next_day_is_told_however_it_was_typed_and_what_is_too_long_ends_with_dots(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample()) as (pilot, _):
        await press(pilot, "ctrl+n", *"6 Oct 2026", "enter")
        assert "Next session: 6 Oct 2026" in words(pilot)
        await press(pilot, "p", *("why " * 60), "enter", "u")
        undone = shown(pilot).splitlines()[-2].rstrip()
    assert undone.startswith(" Undone: ")
    assert undone.endswith("…")
