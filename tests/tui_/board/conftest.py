"""A session on the screen, for the tests of the board."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from disk import DiskLibrary
from stage import disk_library, running
from textual.pilot import Pilot

from sessions.library.library import OpenSession
from sessions.sample import sample_portfolio
from tui.board.screen import SessionScreen


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


@pytest.fixture
def opened(library: DiskLibrary) -> OpenSession:
    return library.create(sample_portfolio(), title="Larkfield Supply")


@pytest.fixture
async def pilot(library: DiskLibrary, opened: OpenSession) -> AsyncIterator[Pilot[None]]:
    async with running(library, SessionScreen(opened)) as pilot:
        yield pilot
    opened.close()
