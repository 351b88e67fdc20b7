"""A short session that goes through everything the store does, step by step, and the proof that what was shown still holds afterwards.

Used by the tests of the store: they run it on a disk that fails, fills, forgets or dies at any moment.
"""

from __future__ import annotations

import errno
import itertools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from disk import DiskLibrary, read_session
from support import FakeClock, bare

from sessions.commands.base import Command
from sessions.commands.cards import MoveCard, NoteOnCard
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.disk.files import FileOps
from sessions.library.library import OpenSession
from sessions.live.session import LiveSession
from sessions.record.events import BallotSealed, BallotsRevealed, RoundDropped
from sessions.state.fold import replay
from sessions.store.tinydb.repair import check
from sessions.store.tinydb.urn import Urn
from sessions.summary.writing import is_ours, write_summary

CALLS = (
    "open", "close", "fstat", "stat", "lstat", "listdir", "mkdir", "pread", "pwrite", "ftruncate", "fsync", "fdatasync", "replace", "link",
    "unlink", "flock",
)  # fmt: skip
NEVER = 10**9
"""The number of a call that does not come."""
PAGE = "# What we decided\n\n" + "Everything. " * 60 + "\n"


class Quick(FileOps):
    """The disk without its slow part; every other process is taken for dead, as after a start of the computer."""

    def fsync(self, fd: int) -> None:
        pass

    def fdatasync(self, fd: int) -> None:
        pass

    def is_running(self, process: int) -> bool:
        return False


class DeadError(BaseException):
    """The process dies here: nothing catches this, and no later call reaches the disk."""


class Faulty(Quick):
    """Makes the k-th call fail with `error`, later ones too when persistent; a write puts half of its bytes in before it fails, when short."""

    def __init__(self, k: int, error: BaseException, *, persistent: bool = False, short: bool = False) -> None:
        self.k, self.error, self.persistent, self.short = k, error, persistent, short
        self.count, self.fds, self.kind = 0, set[int](), ""

    @property
    def hit(self) -> bool:
        return self.count >= self.k

    def call(self, kind: str, *arguments: Any) -> Any:
        real = getattr(Quick, kind)
        self.count += 1
        if self.count == self.k or (self.persistent and self.count > self.k):
            self.kind = self.kind or kind
            if kind == "close" and not isinstance(self.error, DeadError):
                real(self, *arguments)  # an error from close comes after the descriptor is gone
                self.fds.discard(arguments[0])
            if kind == "pwrite" and self.short:
                fd, data, offset = arguments
                written = real(self, fd, data[: len(data) // 2], offset)
                if not isinstance(self.error, (DeadError, KeyboardInterrupt)):
                    return written
            raise self.error
        result = real(self, *arguments)
        if kind == "open":
            self.fds.add(result)
        elif kind == "close":
            self.fds.discard(arguments[0])
        return result

    def bury(self) -> None:
        """Do what the system does for a dead process: close its files, and with them its locks."""
        for fd in self.fds:
            os.close(fd)
        self.fds.clear()


class Noting(Faulty):
    """Notes the calls that write, sync or rename."""

    def __init__(self) -> None:
        super().__init__(NEVER, DeadError())
        self.trace: list[str] = []

    def call(self, kind: str, *arguments: Any) -> Any:
        if kind in ("pwrite", "fsync", "fdatasync", "replace", "link", "ftruncate"):
            self.trace.append(kind)
        return super().call(kind, *arguments)


def _through_call(kind: str) -> Callable[..., Any]:
    return lambda self, *arguments: self.call(kind, *arguments)


for _kind in CALLS:
    setattr(Faulty, _kind, _through_call(_kind))


def failure(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def event(seq: int, **fields: Any) -> dict[str, Any]:
    """Return a record of the session alpha, as a store takes it."""
    return {"seq": seq, "kind": "note_added", "session": "alpha", **fields}


def anything(_: object) -> str:
    """Find nothing to say against any records."""
    return ""


FAILURES = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EINTR, errno.EACCES)


def library(folder: Path, ops: FileOps | None = None) -> DiskLibrary:
    """Return a library whose tokens count up from the bytes that are there, so that a run can be repeated and no salt comes twice."""
    try:
        there = sum(path.lstat().st_size for path in folder.iterdir())
    except OSError:
        there = 0
    numbers = itertools.count(there * 1000 + 1)
    return DiskLibrary(folder, FakeClock(), lambda length: f"{next(numbers):0{length}x}"[-length:], holder="a test", ops=ops or Quick())


@dataclass
class Told:
    """What was shown as done."""

    records: list[dict[str, Any]] = field(default_factory=list)
    summary: bool = False
    watcher: Callable[[], None] = lambda: None
    """Called after each thing shown."""

    def watch(self, opened: OpenSession) -> OpenSession:
        def note() -> None:
            self.records = [recorded.as_record() for recorded in opened.live.recordeds]
            self.watcher()

        opened.live.watch(lambda *_: note())
        note()
        return opened

    def wrote_summary(self) -> None:
        self.summary = True
        self.watcher()


def first_half() -> Iterator[Command]:
    yield MarkAttendance(presence="present")
    yield MoveCard(card="C", to=1, reason="first")
    yield OpenRound()
    yield SealBallot(round=1, voice="coo", points={"A": 30, "B": 20})
    yield SealBallot(round=1, voice="cio", points={"B": 25})
    yield SealBallot(round=1, voice="coo", points={"C": 10})
    yield RevealBallots(round=1)
    yield TakeGroupOrder()
    yield OpenRound()
    yield SealBallot(round=2, voice="cfo", points={"D": 33})
    yield DropRound(round=2, reason="again")
    yield OpenRound()
    yield SealBallot(round=3, voice="cfo", points={"A": 31})


def second_half() -> Iterator[Command]:
    yield NoteOnCard(card="A", text="[/] a note " * 9)
    yield SealBallot(round=3, voice="architect", points=None)
    yield SealBallot(round=3, voice="cfo", points={"B": 32})
    yield RevealBallots(round=3, override="go")


def begin(folder: Path, ops: FileOps, told: Told) -> None:
    """Create the session, go through its first half, list the library, write a summary; a ballot is still open at the end."""
    with told.watch(library(folder, ops).create(bare(), quarter="2026-Q3")) as opened:
        for command in first_half():
            opened.live.perform(command)
        library(folder, ops).entries()
        write_summary(folder / "page.md", PAGE, ops=ops)
        told.wrote_summary()


def go_on(folder: Path, ops: FileOps, told: Told) -> None:
    """Open the session again and come to its end."""
    with told.watch(library(folder, ops).open(session_file(folder))) as opened:
        for command in second_half():
            opened.live.perform(command)
        library(folder, ops).entries()


def play(folder: Path, ops: FileOps, told: Told) -> None:
    """Play the whole session."""
    begin(folder, ops, told)
    go_on(folder, ops, told)


def session_file(folder: Path) -> Path:
    [path] = library(folder).paths()
    return path


def sealed_rows(folder: Path) -> set[tuple[int, str]]:
    """Find round and seal of every ballot that is in the folder, in an urn or in what was to become one, whole or torn."""
    files = [path for path in folder.iterdir() if ".urn" in path.name] if folder.exists() else []
    rows = [found for path in files for found in re.findall(rb'"seal":"([0-9a-f]{64})","round":(\d+)', path.read_bytes())]
    return {(int(number), seal.decode()) for seal, number in rows}


def assert_nothing_given_up_is_left(folder: Path, told: Told) -> None:
    """Check that the folder holds only the ballots that may still be opened, as far as was shown."""
    ended = {record["round"] for record in told.records if record["kind"] in ("ballots_revealed", "round_dropped")}
    assert not ended & {number for number, _ in sealed_rows(folder)}
    last = {(record["round"], record["voice"]): record["seal"] for record in told.records if record["kind"] == "ballot_sealed"}
    sealed = {record["seal"] for record in told.records if record["kind"] == "ballot_sealed"}
    assert not (sealed - set(last.values())) & {seal for _, seal in sealed_rows(folder)}


def assert_stands(folder: Path, told: Told, played: list[dict[str, Any]]) -> None:
    """Check with the real code that what was shown holds, that nothing was made up (`played` is the whole session), and that it continues."""
    page = folder / "page.md"
    assert is_ours(page.read_bytes()) if page.exists() else not told.summary
    listed = library(folder).entries()
    if not listed:
        assert not told.records
        return
    [entry] = listed
    path = folder / entry.file
    assert entry.problem == "" or not check(path).problem.count("damaged")
    with library(folder).open(path) as opened:
        assert not opened.read_only, opened.notices
        records = [recorded.as_record() for recorded in opened.live.recordeds]
        assert records[: len(told.records)] == told.records
        assert _by_content(records) == _by_content(played)[: len(records)]
        assert opened.live.session == replay(read_session(path)[0])
        assert_ballots_open(opened.live, Urn(path.with_suffix(".urn")))
        assert not [name for name in os.listdir(folder) if name.endswith(".tmp")]  # noqa: PTH208 - hidden names, too
        _go_on(opened.live)
        records = [recorded.as_record() for recorded in opened.live.recordeds]
    assert check(path).whole
    assert [recorded.as_record() for recorded in read_session(path)[0]] == records
    assert library(folder).entries()[0].events == len(records)


def _by_content(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return records without what chance put into them."""
    return [{key: value for key, value in record.items() if key not in ("seal", "ballots", "session")} for record in records]


def assert_ballots_open(live: LiveSession, urn: Urn, *, strictly: bool = True) -> None:
    """Check that every recorded ballot of an open round is in the urn and opens against its seal, and (strictly) that no other ballot is there."""
    for round_ in _open_rounds(live):
        seals = _seals(live, round_)
        assert set(urn.open_seals(round_, seals)) == set(seals)
    if strictly:
        assert {seal for _, seal in sealed_rows(urn.path.parent)} == {seal for round_ in _open_rounds(live) for seal in _seals(live, round_).values()}


def _open_rounds(live: LiveSession) -> list[int]:
    return [each.opened.round for each in live.session.rounds if each.open]


def _seals(live: LiveSession, round_: int) -> dict[str, str]:
    events = (recorded.event for recorded in live.recordeds)
    return {event.voice: event.seal for event in events if isinstance(event, BallotSealed) and event.round == round_}


def _go_on(live: LiveSession) -> None:
    """Move a card, and end the round that is open: the session is alive."""
    live.perform(MoveCard(card="D", to=1 if live.session.order[0] != "D" else 2))
    for round_ in _open_rounds(live):
        [ended] = live.perform(RevealBallots(round=round_, override="go") if _seals(live, round_) else DropRound(round=round_, reason="no one voted"))
        assert isinstance(ended.event, (BallotsRevealed, RoundDropped))
