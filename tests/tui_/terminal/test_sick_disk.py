"""A disk that stops confirming in the middle of a session (RELIABILITY S10): the screen says so, nothing more is written, and a copy can be saved."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of, read_session
from stage import press, running, said, shown

from sessions.disk.files import FileOps
from sessions.sample import sample_portfolio
from sessions.sample.demo import ScriptClock
from tui.board.screen import SessionScreen
from tui.environment import token


class Sick(FileOps):
    """A disk whose second fsync of a record fails, and that counts what is written."""

    fsyncs = writes = 0

    def fdatasync(self, fd: int) -> None:
        """Fail the second time."""
        self.fsyncs += 1
        if self.fsyncs == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().fdatasync(fd)

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        """Count."""
        self.writes += 1
        return super().pwrite(fd, data, offset)


@pytest.mark.promise("store-S10")
async def test_a_disk_that_stops_confirming_is_said_once_and_a_copy_can_be_saved_elsewhere(tmp_path: Path) -> None:
    ops, stick = Sick(), tmp_path / "stick"
    stick.mkdir()
    library = DiskLibrary(tmp_path / "library", ScriptClock(datetime(2026, 6, 30, 9, 0, tzinfo=UTC)), token, ops=ops)
    opened = library.create(sample_portfolio(), title="Larkfield Supply")
    async with running(library, SessionScreen(opened)) as pilot:
        await pilot.press("J")
        assert "saved #2" in shown(pilot)
        before = opened.live.session
        await pilot.press("J")
        assert "nothing more is recorded" in said(pilot)
        assert "was not recorded. Y saves a copy elsewhere." in said(pilot)
        assert "read-only" in shown(pilot)
        assert "saved #" not in shown(pilot)
        written = ops.writes
        await pilot.press("J", "K", "T", "u", "]")
        assert (opened.live.session, ops.writes, ops.fsyncs) == (before, written, 2)
        await press(pilot, "Y", "ctrl+u", *str(stick), "enter")
        assert f"Copied to {stick}" in said(pilot)
        await pilot.press("q", "enter")
    assert pilot.app.return_code == 0
    [copy] = stick.glob("*.json")
    for path in (copy, path_of(opened)):
        recordeds, problem = read_session(path)
        assert (len(recordeds), problem) == (2, "")
