"""Sessions that cannot be read as they were written: named, and never changed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from store import Quick, Told, begin, failure, library, session_file

from sessions.errors import RecordError
from sessions.store.ports import DamagedError
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.repair import check, repair


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a session."""
    begin(tmp_path / "library", Quick(), Told())
    return session_file(tmp_path / "library")


@pytest.mark.promise("store-S3")
@pytest.mark.parametrize("size", [13, 14, 300], ids=["nothing of it", "a byte", "most of it"])
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


def test_a_session_that_may_not_be_read_is_not_called_damaged(path: Path) -> None:
    class NotOurs(Quick):
        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            if path.suffix == ".json" and path.name != "library.json":
                raise failure(errno.EACCES)
            return super().open(path, flags, mode)

    (path.parent / "library.json").unlink()
    [entry] = library(path.parent, NotOurs()).entries()
    assert entry.state == "unreadable"
    assert os.strerror(errno.EACCES) in entry.problem
    [entry] = library(path.parent).entries()  # and it is read as soon as it can be
    assert (entry.state, entry.problem) == ("Prepare", "")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_session_that_names_an_unknown_card_is_refused_by_name_and_left_alone(path: Path, read_only: bool) -> None:
    with Journal.open(path, holder="a test", ops=Quick()) as journal:
        seq = journal.next_seq
        journal.append({"seq": seq, "at": "2026-06-30T09:00:00Z", "by": "x", "elapsed": 9, "kind": "card_moved", "card": "NO", "old": 1, "new": 2})
    before = path.read_bytes()
    home = library(path.parent)
    for action in (lambda: home.open(path, read_only=read_only), lambda: home.read(home.find("last"))):
        with pytest.raises(DamagedError, match=rf"^{path.name}: Record {seq} \(card_moved\)"):
            action()
    assert home.entries()[0].state == "damaged"
    assert path.read_bytes() == before
    Journal.open(path, holder="another", ops=Quick()).close()  # the lock was given back
