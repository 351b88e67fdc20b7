"""A disk that fails, fills up or loses its process at any call: one sentence says so, what was shown holds, and the session continues."""

from __future__ import annotations

import contextlib
import errno
import itertools
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from disk import path_of
from store import (
    FAILURES,
    NEVER,
    DeadError,
    Faulty,
    Noting,
    Quick,
    Told,
    assert_nothing_given_up_is_left,
    assert_stands,
    event,
    failure,
    library,
    play,
    session_file,
)
from support import bare

from sessions.commands.cards import MoveCard
from sessions.commands.rounds import SealBallot
from sessions.disk import unix
from sessions.disk.files import FileOps, write_atomically, write_new
from sessions.errors import QuarterdeckError, RecordError
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.repair import check

ERRORS = [failure(number) for number in FAILURES]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a session with two records."""
    path = tmp_path / "session.json"
    with Journal.create(path, holder="a test", first=event(1), ops=Quick()) as journal:
        journal.append(event(2))
    return path


def opened(path: Path, ops: FileOps | None = None) -> Journal:
    return Journal.open(path, holder="a test", ops=ops or Quick())


# ---------------------------------------------------------------- a whole session


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Told:
    told = Told()
    play(tmp_path_factory.mktemp("whole") / "library", Quick(), told)
    return told


def run(folder: Path, ops: Faulty, told: Told) -> None:
    """Play until a sentence appears, or the process dies."""
    sentence, raised = "nothing that is worth a line", ops.error
    try:
        play(folder, ops, told)
    except QuarterdeckError as error:
        sentence = str(error)
    except (DeadError, KeyboardInterrupt) as error:
        raised = error
    assert "\n" not in sentence
    assert len(sentence) > 20
    assert raised is ops.error
    if not isinstance(ops.error, DeadError):
        assert not ops.fds, "no file stays open, and no lock taken"
    ops.bury()


@pytest.mark.promise("store-S1", "store-S2", "store-S10")
@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("errors", "persistent"),
    [(ERRORS, False), (ERRORS, True), ([DeadError()], True), ([KeyboardInterrupt()], False)],
    ids=["once", "from then on", "death", "interrupt"],
)
def test_a_failure_at_any_call_loses_nothing_that_was_shown(
    tmp_path: Path, played: Told, errors: list[BaseException], persistent: bool, step: int
) -> None:
    for k in itertools.count(1, step):
        ops = Faulty(k, errors[k // step % len(errors)], persistent=persistent, short=k // step % 2 == 0)
        told = Told()
        run(tmp_path / "library", ops, told)
        if isinstance(ops.error, DeadError):
            assert_nothing_given_up_is_left(tmp_path / "library", told)
        assert_stands(tmp_path / "library", told, played.records)
        shutil.rmtree(tmp_path / "library", ignore_errors=True)
        if not ops.hit:
            break
    assert k > 300


@pytest.mark.promise("store-S10")
def test_a_session_that_was_not_created_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    for k in itertools.count(1):
        ops = Faulty(k, (*ERRORS, KeyboardInterrupt())[k % 7])
        try:
            library(folder, ops).create(bare()).close()
        except (RecordError, KeyboardInterrupt):
            left = [each.name for each in folder.iterdir()] if folder.exists() else []
            assert left == [] or ops.kind in ("unlink", "close", "flock"), (k, ops.kind)  # EACCES from flock: another has it
        shutil.rmtree(folder, ignore_errors=True)
        if not ops.hit:
            break
    assert k > 15


class Failing(Quick):
    """A disk that fails in one way for as long as it should: full after some bytes, stuck with what it wrote, or unable to sync."""

    full = stuck = unsynced = False
    writes = 0

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        self.writes += 1
        if self.full and len(data) > 20:
            super().pwrite(fd, data[:20], offset)
            raise failure(errno.ENOSPC)
        return super().pwrite(fd, data, offset)

    def ftruncate(self, fd: int, size: int) -> None:
        if self.stuck:
            raise failure(errno.EIO)
        super().ftruncate(fd, size)

    def fdatasync(self, fd: int) -> None:
        if self.unsynced:
            raise failure(errno.EIO)


@pytest.mark.promise("store-S10")
def test_after_a_failed_fsync_of_the_record_nothing_is_written_neither_here_nor_in_the_urn(folder: Path) -> None:
    ops = Failing()
    with library(folder, ops).open(session_file(folder)) as opened:
        ops.unsynced = True
        session, urn = opened.live.session, path_of(opened).with_suffix(".urn")
        with pytest.raises(RecordError, match="could not confirm the last write"):
            opened.live.perform_all([MoveCard(card="A", to=4), MoveCard(card="B", to=4)])
        before = ops.writes, urn.read_bytes()
        for command in (MoveCard(card="A", to=4), SealBallot(round=3, voice="cio", points={"A": 1})):
            with pytest.raises(RecordError, match="until the session is opened again"):
                opened.live.perform(command)
        assert opened.read_only
        assert (opened.live.session, len(opened.live.recordeds)) == (session, session.seq)
        assert (ops.writes, urn.read_bytes()) == before


# ---------------------------------------------------------------- one file


@pytest.mark.promise("store-S9")
@pytest.mark.parametrize("stuck", [False, True])
def test_a_full_disk_refuses_a_record_and_takes_it_when_there_is_room_if_what_was_written_can_be_taken_back(path: Path, stuck: bool) -> None:
    ops, before = Failing(), path.read_bytes()
    with opened(path, ops) as journal:
        ops.full, ops.stuck = True, stuck
        with pytest.raises(RecordError, match="not recorded" if stuck else "the disk is full"):
            journal.append(event(3))
        assert (journal.count, journal.read_only) == (2, stuck)
        ops.full = False
        if stuck:
            with pytest.raises(RecordError, match="could not be undone"):
                journal.append(event(3))
        else:
            assert path.read_bytes() == before
            journal.append(event(3))
    assert check(path).records == (2 if stuck else 3)


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
    with opened(path, Impatient()) as journal:
        with pytest.raises(KeyboardInterrupt):
            journal.append(event(3))
        assert (len(journal.records), journal.next_seq) == (2, 3)
        if then == "append":
            journal.append(event(3))
    assert check(path).records == (3 if then == "append" else 2)
    assert then == "append" or path.read_bytes() == before


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


# ---------------------------------------------------------------- what is synced, and how


def test_content_is_on_the_disk_before_its_name_and_the_name_before_the_return(tmp_path: Path) -> None:
    ops = Noting()
    write_atomically(tmp_path / "index.json", b"new", ops)
    assert ops.trace == ["pwrite", "fsync", "replace", "fsync"]
    ops, path = Noting(), tmp_path / "session.json"
    with Journal.create(path, holder="a test", ops=ops) as journal:
        assert ops.trace[:4] == ["pwrite", "fsync", "link", "fsync"]  # the file, then its name in the folder
        ops.trace.clear()
        journal.append(event(1))
        assert ops.trace == ["pwrite", "fdatasync"]
    path.write_bytes(path.read_bytes() + bytes(100))
    ops = Noting()
    opened(path, ops).close()
    # the note; the torn bytes, on the disk with their name before they are cut off; the cut, on the disk
    assert ops.trace == ["pwrite", "pwrite", "fsync", "link", "fsync", "ftruncate", "pwrite", "fsync", "fsync"]
    ops = Noting()
    opened(path, ops).close()
    assert ops.trace == ["pwrite", "fsync", "fsync"]  # what a killed process wrote, before it is shown


@pytest.mark.parametrize(("refusal", "synced"), [(0, []), (errno.ENOTSUP, [7]), (errno.EIO, None)])
def test_on_macos_a_full_sync_does_what_the_disk_can(monkeypatch: pytest.MonkeyPatch, refusal: int, synced: list[int] | None) -> None:
    found: list[int] = []

    def full(_fd: int, _call: int) -> None:
        if refusal:
            raise OSError(refusal, "refused")

    monkeypatch.setattr(unix, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(unix, "fcntl", SimpleNamespace(F_FULLFSYNC=51, fcntl=full))
    monkeypatch.setattr(unix, "os", SimpleNamespace(fsync=found.append))
    with contextlib.nullcontext() if synced is not None else pytest.raises(OSError, match="refused"):
        unix.full_sync(7)
    assert found == (synced or [])
