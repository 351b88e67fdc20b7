"""A portfolio as large as one may be, from the command line to the board."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from command_line import told
from stage import press, running, shown

from sessions.imports.formats import limits
from tui.board.screen import SessionScreen
from tui.environment import open_library


@pytest.mark.system
@pytest.mark.slow
@pytest.mark.promise("import-I13")
async def test_as_many_rows_as_are_read_are_checked_begun_listed_and_opened(tmp_path: Path) -> None:
    path, home = tmp_path / "large.csv", tmp_path / "library"
    rows = "".join(f"P-{row},Project {row},Sponsor {row % 97},{row % 900 + 1}000\n" for row in range(limits.ROWS))
    path.write_text(f"id,title,sponsor,total budget\n{rows}")
    began = time.process_time()
    assert "100000 projects read" in told(home, "check", path)
    assert "large" in told(home, "new", path, "-y")
    assert "0 of 100000 decided" in told(home, "list")
    library = open_library(home)
    with library.open(library.find("last")) as opened:
        async with running(library, SessionScreen(opened)) as pilot:
            assert "Project 0" in shown(pilot)
            await press(pilot, "G")
            assert "Project 99999" in shown(pilot)
    assert time.process_time() - began < 180
