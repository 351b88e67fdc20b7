"""A copy of an open session (RELIABILITY S10: elsewhere, where its own disk takes nothing any more): whole, or not there at all."""

from __future__ import annotations

import errno
import itertools
from pathlib import Path

import pytest
from store import FAILURES, DeadError, Faulty, Quick, Told, begin, failure, library, sealed_rows, session_file

from sessions.commands.cards import MoveCard
from sessions.commands.rounds import RevealBallots
from sessions.errors import RecordError
from sessions.library.library import read_session
from sessions.store.tinydb.files import FileOps


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a library with one session, in which a ballot is open."""
    begin(tmp_path / "library", Quick(), Told())
    return tmp_path / "library"


def test_a_copy_goes_on_with_the_ballots_that_were_sealed(folder: Path, tmp_path: Path) -> None:
    path = session_file(folder)
    (tmp_path / "stick").mkdir()
    with library(folder).open(path) as opened:
        opened.live.perform(MoveCard(card="A", to=4))
        target = library(folder).save_copy(opened, tmp_path / "stick")
    assert target == tmp_path / "stick" / path.name
    assert target.read_bytes() == path.read_bytes()
    assert [each.stat().st_mode & 0o777 for each in target.parent.iterdir()] == [0o600, 0o600]
    assert sealed_rows(target.parent) == sealed_rows(folder)
    with library(target.parent).open(target) as copy:
        [revealed] = copy.live.perform(RevealBallots(override="go"))
        assert [ballot.voice for ballot in revealed.event.ballots] == ["cfo"]  # type: ignore[attr-defined]


class Sick(Quick):
    """A disk whose fsyncs of records fail."""

    def fdatasync(self, fd: int) -> None:
        """Fail."""
        raise failure(errno.EIO)


def test_what_a_sick_disk_recorded_is_saved_elsewhere_and_what_it_did_not_is_not(folder: Path, tmp_path: Path) -> None:
    sick = library(folder, Sick())
    with sick.open(session_file(folder)) as opened:
        before = opened.live.session
        with pytest.raises(RecordError, match="nothing more is recorded"):
            opened.live.perform(MoveCard(card="A", to=4))
        assert opened.read_only
        target = sick.save_copy(opened, tmp_path / "elsewhere")
    assert target.name == "elsewhere.json"
    assert read_session(target)[0][-1].seq == before.seq
    with library(tmp_path).open(target) as copy:
        assert copy.live.session == before
        copy.live.perform(MoveCard(card="A", to=4))


@pytest.mark.promise("store-S10")
@pytest.mark.parametrize("error", [*map(failure, FAILURES), KeyboardInterrupt(), DeadError()], ids=repr)
def test_a_failure_at_any_call_leaves_a_whole_copy_or_none(folder: Path, tmp_path: Path, error: BaseException) -> None:
    path = session_file(folder)
    before = path.read_bytes(), sealed_rows(folder)
    (tmp_path / "stick").mkdir()
    target = tmp_path / "stick" / "copy.json"
    with library(folder).open(path) as opened:
        for k in itertools.count(1):
            ops = Faulty(k, error, persistent=isinstance(error, DeadError))  # who is dead does nothing any more
            try:
                library(folder, ops).save_copy(opened, target)
            except (RecordError, KeyboardInterrupt, DeadError):
                left = {each.suffix for each in target.parent.iterdir()}
                if isinstance(error, KeyboardInterrupt):
                    left -= {".tmp"}  # it may come while just that is removed
                if not isinstance(error, DeadError):
                    assert not left
                    assert not ops.fds
                if ".json" in left:
                    assert target.read_bytes() == before[0]
                    assert sealed_rows(target.parent) == before[1]
            ops.bury()
            for each in target.parent.iterdir():
                each.unlink()
            if not ops.hit:
                break
    assert k > 10
    assert (path.read_bytes(), sealed_rows(folder)) == before


@pytest.mark.parametrize("taken", ["copy.json", "copy.urn"])
def test_nothing_is_written_over(folder: Path, tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_text("mine")
    with library(folder).open(session_file(folder)) as opened, pytest.raises(RecordError, match="the name is taken"):
        library(folder).save_copy(opened, tmp_path / "copy")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [taken]
    assert (tmp_path / taken).read_text() == "mine"


@pytest.mark.parametrize("name", ["missing/copy", "a\0b", "x" * 300])
def test_a_place_that_cannot_be_is_one_sentence(folder: Path, tmp_path: Path, name: str) -> None:
    with library(folder).open(session_file(folder)) as opened, pytest.raises(RecordError, match="choose another place") as caught:
        library(folder).save_copy(opened, tmp_path / name)
    assert "\0" not in str(caught.value)


def test_a_file_that_lost_what_was_recorded_is_not_copied(folder: Path, tmp_path: Path) -> None:
    path = session_file(folder)
    with library(folder, FileOps()).open(path) as opened:
        path.write_bytes(path.read_bytes()[:-400])
        with pytest.raises(RecordError):
            library(folder).save_copy(opened, tmp_path / "copy")
    assert not (tmp_path / "copy.json").exists()
