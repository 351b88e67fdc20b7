"""The journal on a disk that fails, fills up, or loses its process: what was acknowledged is there, the file is readable, and work continues."""

from __future__ import annotations

import contextlib
import errno
import itertools
from pathlib import Path
from typing import Any

import pytest
from store import DeadError, Faulty, Quick, failure

from sessions.disk.files import FileOps, write_atomically, write_new
from sessions.errors import RecordError
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.repair import check

NEVER = 10**9


class Counting(FileOps):
    """Notes the calls that write, sync or rename."""

    def __init__(self) -> None:
        self.trace: list[str] = []


def _noted(kind: str) -> Any:
    def call(self: Counting, *arguments: Any) -> Any:
        self.trace.append(kind)
        return getattr(FileOps, kind)(self, *arguments)

    return call


for _kind in ("pwrite", "fsync", "fdatasync", "replace", "link", "ftruncate"):
    setattr(Counting, _kind, _noted(_kind))


def event(number: int) -> dict[str, Any]:
    return {"seq": number, "kind": "card_moved", "title": f"Zürich — {number}"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a session with two records."""
    path = tmp_path / "session.json"
    with Journal.create(path, holder="a test", first=event(1), ops=Quick()) as journal:
        journal.append(event(2))
    return path


def reopened(path: Path, ops: FileOps | None = None) -> Journal:
    return Journal.open(path, holder="a test", ops=ops or Quick())


@pytest.mark.parametrize("write", [write_atomically, write_new])
def test_a_whole_file_is_written_whole_or_not_at_all(tmp_path: Path, write: Any) -> None:
    for k, (error, short) in itertools.product(range(1, 12), [(DeadError(), False), (DeadError(), True), (failure(errno.ENOSPC), False)]):
        folder = tmp_path / f"{k}-{short}-{type(error).__name__}"
        folder.mkdir()
        target = folder / "index.json"
        if write is write_atomically:
            target.write_bytes(b"old")
        ops = Faulty(k, error, persistent=isinstance(error, DeadError), short=short)
        with contextlib.suppress(DeadError, OSError):
            write(target, b"new" * 100, ops)
        ops.bury()
        content = target.read_bytes() if target.exists() else b"old"
        assert content in (b"old", b"new" * 100)
        if isinstance(error, OSError) and ops.kind != "unlink":
            assert not list(folder.glob("*.tmp"))


def test_content_is_on_the_disk_before_its_name_and_the_name_before_the_return(tmp_path: Path) -> None:
    ops = Counting()
    write_atomically(tmp_path / "index.json", b"new", ops)
    assert ops.trace == ["pwrite", "fsync", "replace", "fsync"]
    ops = Counting()
    path = tmp_path / "session.json"
    with Journal.create(path, holder="a test", ops=ops) as journal:
        assert ops.trace[:4] == ["pwrite", "fsync", "link", "fsync"]  # the file, then its name in the folder
        ops.trace.clear()
        journal.append(event(1))
        assert ops.trace == ["pwrite", "fdatasync"]
    path.write_bytes(path.read_bytes() + bytes(100))
    ops = Counting()
    reopened(path, ops).close()
    # the note; the torn bytes, on the disk with their name before they are cut off; the cut, on the disk
    assert ops.trace == ["pwrite", "pwrite", "fsync", "link", "fsync", "ftruncate", "pwrite", "fsync", "fsync"]
    ops = Counting()
    reopened(path, ops).close()
    assert [call for call in ops.trace if call == "fsync"] == ["fsync", "fsync"]  # what a killed process wrote, before it is shown


@pytest.mark.parametrize("later_fault", [0, 1, 3])
def test_without_hard_links_a_new_file_is_still_whole_and_never_overwrites(tmp_path: Path, later_fault: int) -> None:
    class NoLinks(Faulty):
        def link(self, source: Path, target: Path) -> None:
            if target.exists():
                raise failure(errno.EEXIST)
            self.k = self.count + later_fault if later_fault else NEVER
            raise failure(errno.EPERM)

    target = tmp_path / "copy.json"
    with contextlib.suppress(OSError):
        write_new(target, b"new", NoLinks(NEVER, failure(errno.EIO)))
    assert [file.read_bytes() for file in tmp_path.iterdir()] in ([], [b"new"])
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_new(target, b"new", NoLinks(NEVER, failure(errno.EIO)))
    assert target.read_bytes() == b"mine"


class FullDisk(Quick):
    """A disk that is full for a while; the last write may still put some of its bytes in."""

    full = short = undoable = False

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        if self.full and len(data) > 20:
            if self.short:
                return super().pwrite(fd, data[:20], offset)
            raise failure(errno.ENOSPC)
        return super().pwrite(fd, data, offset)

    def ftruncate(self, fd: int, size: int) -> None:
        if self.full and not self.undoable:
            raise failure(errno.EIO)
        super().ftruncate(fd, size)


@pytest.mark.promise("store-S9")
@pytest.mark.parametrize("short", [False, True])
def test_a_full_disk_refuses_a_record_and_takes_it_when_there_is_room(path: Path, short: bool) -> None:
    ops, before = FullDisk(), path.read_bytes()
    with reopened(path, ops) as journal:
        records = list(journal.records)
        ops.full, ops.short, ops.undoable = True, short, True
        with pytest.raises(RecordError, match="the disk is full"):
            journal.append(event(3))
        assert path.read_bytes() == before
        assert (journal.records, journal.read_only) == (records, False)
        ops.full = False
        journal.append(event(3))
    assert check(path).records == 3


def test_a_write_error_that_cannot_be_taken_back_makes_it_read_only(path: Path) -> None:
    ops = FullDisk()
    with reopened(path, ops) as journal:
        records = list(journal.records)
        ops.full = True
        for words in ("not recorded", "could not be undone"):
            with pytest.raises(RecordError, match=words):
                journal.append(event(3))
        assert journal.read_only
        assert journal.records == records
    with reopened(path) as journal:
        assert journal.records == records


@pytest.mark.parametrize("then", ["append", "close"])
def test_two_interrupts_in_a_row_are_settled_later(path: Path, then: str) -> None:
    class Impatient(Quick):
        pressed = 0

        def fdatasync(self, fd: int) -> None:
            if not self.pressed:
                self.pressed = 1
                raise KeyboardInterrupt

        def ftruncate(self, fd: int, size: int) -> None:
            if self.pressed == 1:
                self.pressed = 2
                raise KeyboardInterrupt
            super().ftruncate(fd, size)

    before = path.read_bytes()
    with reopened(path, Impatient()) as journal:
        with pytest.raises(KeyboardInterrupt):
            journal.append(event(3))
        assert (len(journal.records), journal.next_seq) == (2, 3)
        if then == "append":
            journal.append(event(3))
    assert check(path).records == (3 if then == "append" else 2)
    assert then == "append" or path.read_bytes() == before
