"""The journal when the disk fails, fills, or the process dies: what was acknowledged is there, the file is readable, and it goes on."""

import contextlib
import errno
import itertools
import os
from pathlib import Path

import pytest

import sessions
from sessions.errors import RecordError
from sessions.store.tinydb.files import FileOps, write_atomically, write_new
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.repair import check, repair

ROOT = Path(sessions.__file__).parents[1]
CALLS = ("open", "close", "fstat", "pread", "pwrite", "ftruncate", "fsync", "fdatasync", "replace", "link", "unlink", "flock")


class DeadError(BaseException):
    """The process dies here: nothing catches this, and no later call reaches the disk."""


class FaultyOps(FileOps):
    """Makes the k-th call (of the named kinds) fail, or write only half; later ones too when persistent. k = 0: only counts."""

    def __init__(self, k=0, error=None, *, persistent=False, short=False, kinds=CALLS):
        self.k, self.error, self.persistent, self.short, self.kinds = k, error, persistent, short, kinds
        self.count, self.trace, self.fds = 0, [], set()

    def due(self, kind):
        if kind not in self.kinds:
            return False
        self.count += 1
        self.trace.append(kind)
        return self.k and (self.count == self.k or (self.persistent and self.count > self.k))

    @property
    def hit(self):
        return self.count >= self.k > 0

    def bury(self):
        """Do what the system does for a dead process: close its files, and with them its locks."""
        for fd in self.fds:
            os.close(fd)


def _with_fault(kind):
    real = getattr(FileOps, kind)

    def call(self, *arguments):
        due = self.due(kind)
        if due and kind == "pwrite" and self.short:
            fd, data, offset = arguments
            written = real(self, fd, data[: len(data) // 2], offset)
            if isinstance(self.error, DeadError):
                raise self.error
            return written
        if due and kind == "close" and not isinstance(self.error, DeadError):
            real(self, *arguments)  # an error from close comes after the descriptor is gone
            self.fds.discard(arguments[0])
        if due:
            raise self.error
        result = real(self, *arguments)
        if kind == "open":
            self.fds.add(result)
        elif kind == "close":
            self.fds.discard(arguments[0])
        return result

    return call


for _kind in CALLS:
    setattr(FaultyOps, _kind, _with_fault(_kind))


def failure(number):
    return OSError(number, os.strerror(number))


def event(number, **fields):
    return {"seq": number, "kind": "card_moved", "title": f"Zürich — {number}", **fields}


def made(path, count):
    with Journal.create(path, holder="a test") as journal:
        return [journal.append(event(number)) for number in range(1, count + 1)]


def reopened(path, ops=None):
    return Journal.open(path, holder="a test", ops=ops or FileOps())


def run_a_session(path, ops, acknowledged):
    """Create, append three, close, open, append two; what is acknowledged is told to the list."""
    with Journal.create(path, holder="a test", first=event(1), ops=ops) as journal:
        acknowledged += journal.records
        for number in (2, 3):
            acknowledged.append(journal.append(event(number)))
    with Journal.open(path, holder="a test", ops=ops) as journal:
        for number in (4, 5):
            acknowledged.append(journal.append(event(number)))


def assert_held(path, acknowledged):
    """Everything acknowledged is in the file, at most one more record is, and it goes on from there."""
    if not path.exists() or (path.stat().st_size < 20 and not acknowledged):
        assert not acknowledged
        return
    with reopened(path) as journal:
        assert journal.records[: len(acknowledged)] == acknowledged
        assert len(journal.records) <= len(acknowledged) + 1
        assert not journal.read_only
        journal.append(event(journal.next_seq))
    assert check(path).whole


# ---------------------------------------------------------------- a fault at every call


@pytest.mark.parametrize("persistent", [False, True])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENOLCK])
def test_a_fault_at_any_call_loses_nothing_and_speaks_one_sentence(tmp_path, persistent, number):
    for k in itertools.count(1):
        path = tmp_path / f"{k}.json"
        acknowledged = []
        ops = FaultyOps(k, failure(number), persistent=persistent)
        try:
            run_a_session(path, ops, acknowledged)
            refused = ""
        except RecordError as error:
            refused = str(error)
        assert not ops.fds
        assert "\n" not in refused
        assert refused or len(acknowledged) == 5
        assert_held(path, acknowledged)
        if not ops.hit:
            break
    assert k > 30


@pytest.mark.parametrize("persistent", [False, True])
@pytest.mark.parametrize(
    "error",
    [DeadError(), failure(errno.ENOSPC), failure(errno.EIO), KeyboardInterrupt(), MemoryError()],
    ids=lambda error: type(error).__name__,
)
def test_a_fault_at_any_call_of_the_recovery_keeps_records_and_torn_bytes(tmp_path, error, persistent):
    torn = b',"4": {"seq":4,"kind":"card_mov'
    for k in itertools.count(1):
        path = tmp_path / str(k) / "session.json"
        path.parent.mkdir()
        records = made(path, 3)
        path.write_bytes(path.read_bytes()[:-2] + torn)
        ops = FaultyOps(k, error, persistent=persistent)
        with contextlib.suppress(DeadError, RecordError, KeyboardInterrupt, MemoryError), reopened(path, ops) as journal:
            assert journal.records == records
            assert not (journal.read_only and not journal.read_only_reason)
        ops.bury()
        with reopened(path) as journal:
            assert journal.records == records
            assert not journal.read_only
            journal.append(event(4))
        assert torn in [file.read_bytes() for file in path.parent.glob("*.torn*")]
        assert not isinstance(error, DeadError) or not list(path.parent.glob("*.tmp"))
        if not ops.hit:
            break
    assert k > 12


@pytest.mark.parametrize("error", [DeadError(), failure(errno.ENOSPC), failure(errno.EIO)], ids=lambda error: type(error).__name__)
def test_a_fault_at_any_call_of_the_repair_leaves_the_original_and_no_half_copy(tmp_path, error):
    for k in itertools.count(1):
        path = tmp_path / str(k) / "session.json"
        path.parent.mkdir()
        records = made(path, 3)
        path.write_bytes(path.read_bytes().replace("— 3".encode(), "— 9".encode()))
        damaged = path.read_bytes()
        ops = FaultyOps(k, error, persistent=isinstance(error, DeadError))
        with contextlib.suppress(DeadError, RecordError):
            repair(path, ops=ops)
        ops.bury()
        assert path.read_bytes() == damaged
        for copy in path.parent.glob("*.repaired*.json"):
            assert check(copy).whole
        report = repair(path)
        assert Journal.open(Path(report.location), read_only=True).records == records[:2]
        if not ops.hit:
            break
    assert k > 8


@pytest.mark.parametrize("write", [write_atomically, write_new])
def test_a_whole_file_is_written_whole_or_not_at_all(tmp_path, write):
    for k, (error, short) in itertools.product(range(1, 12), [(DeadError(), False), (DeadError(), True), (failure(errno.ENOSPC), False)]):
        folder = tmp_path / f"{k}-{short}-{type(error).__name__}"
        folder.mkdir()
        target = folder / "index.json"
        if write is write_atomically:
            target.write_bytes(b"old")
        ops = FaultyOps(k, error, persistent=isinstance(error, DeadError), short=short)
        with contextlib.suppress(DeadError, OSError):
            write(target, b"new" * 100, ops)
        ops.bury()
        content = target.read_bytes() if target.exists() else b"old"
        assert content in (b"old", b"new" * 100)
        if isinstance(error, OSError) and not (ops.hit and ops.trace[k - 1] == "unlink"):
            assert not list(folder.glob("*.tmp"))


def test_content_is_on_the_disk_before_its_name_and_the_name_before_the_return(tmp_path):
    ops = FaultyOps()
    write_atomically(tmp_path / "index.json", b"new", ops)
    assert ops.trace == ["unlink", "open", "pwrite", "fsync", "close", "replace", "open", "fsync", "close"]
    ops = FaultyOps(kinds=("pwrite", "fsync"))
    path = tmp_path / "session.json"
    with Journal.create(path, holder="a test", ops=ops) as journal:
        assert ops.trace[:3] == ["pwrite", "fsync", "fsync"]  # the file, then its name in the folder
        journal.append(event(1))
    path.write_bytes(path.read_bytes() + bytes(100))
    ops = FaultyOps(kinds=("pwrite", "fsync", "ftruncate", "link"))
    reopened(path, ops).close()
    # the note; the torn bytes, on the disk with their name before they are cut off; the cut, on the disk
    assert ops.trace == ["pwrite", "pwrite", "fsync", "link", "fsync", "ftruncate", "pwrite", "fsync", "fsync"]
    ops = FaultyOps(kinds=("fsync",))
    reopened(path, ops).close()
    assert ops.trace == ["fsync", "fsync"]  # what a killed process wrote is on the disk before it is shown


@pytest.mark.parametrize("later_fault", [0, 1, 2, 3])
def test_where_there_are_no_hard_links_a_new_file_is_still_whole_and_never_overwrites(tmp_path, later_fault):
    class NoLinks(FaultyOps):
        def link(self, source, target):
            if target.exists():
                raise failure(errno.EEXIST)
            self.k = self.count + later_fault if later_fault else 0
            raise failure(errno.EPERM)

    target = tmp_path / "copy.json"
    ops = NoLinks(0, failure(errno.EIO))
    with contextlib.suppress(OSError):
        write_new(target, b"new", ops)
    assert [file.read_bytes() for file in tmp_path.iterdir()] in ([], [b"new"])
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_new(target, b"new", NoLinks())
    assert target.read_bytes() == b"mine"


# ---------------------------------------------------------------- one append that fails


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("short", [False, True])
def test_a_full_disk_is_told_and_the_journal_goes_on_when_there_is_room(tmp_path, number, short):
    path = tmp_path / "session.json"
    records = made(path, 2)
    before = path.read_bytes()
    ops = FaultyOps(0, failure(number), short=short, kinds=("pwrite",))
    with reopened(path, ops) as journal:
        ops.k = ops.count + 1
        with pytest.raises(RecordError, match=r"^the disk is full: the last action was not recorded; free space and try again$"):
            journal.append(event(3))
        assert path.read_bytes() == before
        assert journal.records == records
        assert not journal.read_only
        journal.append(event(3))
    assert check(path).records == 3


def test_a_write_error_that_cannot_be_taken_back_makes_it_read_only(tmp_path):
    path = tmp_path / "session.json"
    records = made(path, 2)
    ops = FaultyOps(0, failure(errno.EIO), kinds=("pwrite", "ftruncate"))
    with reopened(path, ops) as journal:
        ops.k, ops.persistent = ops.count + 1, True
        with pytest.raises(RecordError, match="not recorded"):
            journal.append(event(3))
        assert journal.read_only
        assert "could not be undone" in journal.read_only_reason
        with pytest.raises(RecordError, match="could not be undone"):
            journal.append(event(3))
        assert journal.records == records
    assert_held(path, records)


def test_after_a_failed_fsync_nothing_is_tried_again_on_this_file(tmp_path):
    path = tmp_path / "session.json"
    records = made(path, 2)
    ops = FaultyOps(0, failure(errno.EIO), kinds=("fdatasync", "fsync"))
    with reopened(path, ops) as journal:
        ops.k = ops.count + 1
        with pytest.raises(RecordError, match=r"could not confirm the last write .*; the last action was not recorded"):
            journal.append(event(3))
        syncs = ops.count
        assert journal.read_only
        assert journal.records == records
        with pytest.raises(RecordError, match="until the session is opened again"):
            journal.append(event(3))
        assert ops.count == syncs
    with reopened(path) as journal:
        assert journal.records == records
        journal.append(event(3))


@pytest.mark.parametrize(
    "change", [lambda path: path.write_bytes(path.read_bytes() + b"x"), lambda path: os.truncate(path, 20), lambda path: path.unlink()]
)
def test_a_file_changed_or_deleted_by_another_program_is_noticed(tmp_path, change):
    path = tmp_path / "session.json"
    made(path, 2)
    with reopened(path) as journal:
        change(path)
        after = path.read_bytes() if path.exists() else None
        with pytest.raises(RecordError, match=r"another program.*not recorded"):
            journal.append(event(3))
        assert journal.read_only
    assert (path.read_bytes() if path.exists() else None) == after


@pytest.mark.parametrize("then", ["append", "close"])
def test_two_interrupts_in_a_row_are_settled_later(tmp_path, then):
    class Impatient(FileOps):
        pressed = 0

        def fdatasync(self, fd):
            self.pressed = 1
            raise KeyboardInterrupt

        def ftruncate(self, fd, size):
            if self.pressed == 1:
                self.pressed = 2
                raise KeyboardInterrupt
            super().ftruncate(fd, size)

    path = tmp_path / "session.json"
    records = made(path, 2)
    before = path.read_bytes()
    ops = Impatient()
    journal = reopened(path, ops)
    with pytest.raises(KeyboardInterrupt):
        journal.append(event(3))
    assert journal.records == records
    assert journal.next_seq == 3
    if then == "append":
        Impatient.fdatasync = FileOps.fdatasync
        journal.append(event(3))
        journal.close()
        assert check(path).records == 3
    else:
        journal.close()
        assert path.read_bytes() == before
