"""A disk that stops confirming in the middle of a session (RELIABILITY S10): the screen says so, nothing more is written, and a copy can be saved."""

from __future__ import annotations

import errno
from itertools import chain, repeat
from pathlib import Path
from unittest.mock import Mock

import pytest
from disk import path_of, read_session
from stage import on_board, press, said, shown
from store import failure

from sessions.disk.files import REAL_FILES
from sessions.sample import sample_portfolio


@pytest.mark.promise("store-S10")
async def test_a_disk_that_stops_confirming_is_said_once_and_a_copy_can_be_saved_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stick := tmp_path / "stick").mkdir()
    async with on_board(tmp_path, sample_portfolio()) as (pilot, opened):
        await pilot.press("J")
        assert "saved #2" in shown(pilot)
        before = opened.live.session
        writes, confirms = Mock(wraps=REAL_FILES.pwrite), Mock(side_effect=chain([failure(errno.EIO)], repeat(None)))
        monkeypatch.setattr(REAL_FILES, "pwrite", writes)
        monkeypatch.setattr(REAL_FILES, "fdatasync", confirms)
        await pilot.press("J")
        assert "nothing more is recorded" in said(pilot)
        assert "was not recorded. Y saves a copy elsewhere." in said(pilot)
        assert "read-only" in shown(pilot)
        assert "saved #" not in shown(pilot)
        written = writes.call_count
        await pilot.press("J", "K", "T", "u", "]")
        assert (opened.live.session, writes.call_count, confirms.call_count) == (before, written, 1)
        await press(pilot, "Y", "ctrl+u", *str(stick), "enter")
        assert f"Copied to {stick}" in said(pilot)
        await pilot.press("q", "enter")
    assert pilot.app.return_code == 0
    [copy] = stick.glob("*.json")
    for path in (copy, path_of(opened)):
        recordeds, problem = read_session(path)
        assert (len(recordeds), problem) == (2, "")
