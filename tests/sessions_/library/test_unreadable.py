"""Sessions that cannot be read as they were written: named, and never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from store import Quick, Told, begin, library, session_file

from sessions.errors import RecordError
from sessions.store.tinydb.repair import check, repair


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a session."""
    begin(tmp_path / "library", Quick(), Told())
    return session_file(tmp_path / "library")


@pytest.mark.promise("store-S3")
@pytest.mark.parametrize("size", [13, 14, 40, 300], ids=["nothing of it", "a byte", "half", "most of it"])
def test_a_session_whose_first_record_was_cut_short_is_damaged_and_stays_as_it_is(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(RecordError, match=rf"{path.name}: record 1 is damaged at byte 13"):
            library(path.parent).open(path, read_only=read_only)
    report = check(path)
    assert (report.whole, report.damaged, report.records) == (False, True, 0)
    assert "record 1 is damaged" in report.problem
    assert [entry.state for entry in library(path.parent).entries()] == ["damaged"]
    with pytest.raises(RecordError, match=path.name):
        repair(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.torn*"))


def test_a_session_file_without_a_record_is_not_whole(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:13] + b"}}")
    assert not check(path).whole
    with pytest.raises(RecordError, match=f"{path.name}: it holds no record"):
        library(path.parent).open(path)
