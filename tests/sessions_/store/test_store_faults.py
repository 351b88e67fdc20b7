"""Faults at every call to the disk (RELIABILITY S10, S11, S17, S24): one sentence is told, what was shown stands, and the session goes on."""

from __future__ import annotations

import errno
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from disk import path_of
from store import (
    FAILURES,
    DeadError,
    Faulty,
    Quick,
    Told,
    assert_stands,
    begin,
    failure,
    library,
    play,
    session_file,
)
from support import bare

from sessions.commands.cards import MoveCard
from sessions.commands.rounds import SealBallot
from sessions.disk.files import FileOps
from sessions.errors import QuarterdeckError, RecordError

Play = Callable[[Path, FileOps, Told], None]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Told:
    told = Told()
    play(tmp_path_factory.mktemp("whole") / "library", Quick(), told)
    return told


def run(action: Play, folder: Path, ops: Faulty, told: Told) -> None:
    """Run until a sentence is told, or the process dies."""
    sentence, raised = "nothing that is worth a line", ops.error
    try:
        action(folder, ops, told)
    except QuarterdeckError as error:
        sentence = str(error)
    except (DeadError, KeyboardInterrupt, MemoryError) as error:
        raised = error
    assert "\n" not in sentence
    assert len(sentence) > 20
    assert raised is ops.error
    if not isinstance(ops.error, DeadError):
        assert not ops.fds, "no file stays open, and no lock taken"
    ops.bury()


ERRORS = [failure(number) for number in FAILURES]


@pytest.mark.promise("store-S2", "store-S10")
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
        run(play, tmp_path / "library", ops, told)
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


@pytest.mark.promise("store-S10")
def test_after_a_failed_fsync_of_the_record_nothing_is_written_neither_here_nor_in_the_urn(tmp_path: Path) -> None:
    class NoSync(Quick):
        broken = False
        writes = 0

        def fdatasync(self, fd: int) -> None:
            if self.broken:
                raise failure(errno.EIO)

        def pwrite(self, fd: int, data: bytes, offset: int) -> int:
            self.writes += 1
            return super().pwrite(fd, data, offset)

    ops, folder = NoSync(), tmp_path / "library"
    begin(folder, ops, Told())
    with library(folder, ops).open(session_file(folder)) as opened:
        ops.broken = True
        session, urn = opened.live.session, path_of(opened).with_suffix(".urn")
        with pytest.raises(RecordError, match="could not confirm the last write"):
            opened.live.perform(MoveCard(card="A", to=4))
        before = ops.writes, urn.read_bytes()
        for command in (MoveCard(card="A", to=4), SealBallot(round=3, voice="cio", points={"A": 1})):
            with pytest.raises(RecordError, match="until the session is opened again"):
                opened.live.perform(command)
        assert opened.read_only
        assert opened.live.session is session
        assert (ops.writes, urn.read_bytes()) == before
