"""A copy of an open session (RELIABILITY S10: elsewhere, when its own disk takes nothing any more): whole, or not there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from disk import path_of
from store import Quick, Told, begin, library, sealed_rows, session_file

from sessions.commands.cards import MoveCard
from sessions.commands.rounds import DropRound, RevealBallots, SealBallot
from sessions.disk.files import FileOps
from sessions.errors import RecordError
from sessions.library.library import OpenSession


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a library with one session, in which a ballot is open."""
    begin(tmp_path / "library", Quick(), Told())
    return tmp_path / "library"


def copied(folder: Path, opened: OpenSession, target: Path, ops: FileOps | None = None) -> Path:
    return path_of(library(folder, ops).save_copy(opened, str(target)))


def test_a_copy_goes_on_and_holds_no_sealed_ballot(folder: Path, tmp_path: Path) -> None:
    """Whoever finds a copy of a secret ballot later must not find the choices and salts of a round that was never revealed."""
    path = session_file(folder)
    (tmp_path / "stick").mkdir()
    with library(folder).open(path) as opened:
        opened.live.perform(MoveCard(card="A", to=4))
        target = copied(folder, opened, tmp_path / "stick")
    assert target == tmp_path / "stick" / path.name
    assert target.read_bytes() == path.read_bytes()
    assert [(each.name, each.stat().st_mode & 0o777) for each in target.parent.iterdir()] == [(path.name, 0o600)]
    assert len(sealed_rows(folder)) == 1
    with library(target.parent).open(target) as copy:
        copy.live.perform(MoveCard(card="A", to=1))


@pytest.mark.parametrize("then", ["cancelled", "collected again"])
def test_a_copy_says_that_its_open_round_cannot_be_revealed(folder: Path, tmp_path: Path, then: str) -> None:
    path = session_file(folder)
    with library(folder).open(path) as opened:
        assert (opened.lost_round, opened.notices) == (0, ())
        target = copied(folder, opened, tmp_path / "copy")
    with library(tmp_path).open(target) as copy:
        assert copy.lost_round == 3
        assert copy.notices == (
            "The open round cannot be revealed: 1 sealed ballot is not here, as in any copy. Cancel the round, or collect the ballots again.",
        )
        with pytest.raises(RecordError, match="does not hold the ballot"):
            copy.live.perform(RevealBallots(round=3, override="go"))
        if then == "cancelled":
            copy.live.perform(DropRound(round=3, reason="The sealed ballots are not in this copy."))
        else:
            copy.live.perform(SealBallot(round=3, voice="cfo", points={"B": 32}))
    with library(tmp_path).open(target) as copy:
        assert (copy.lost_round, copy.notices) == (0, ())


def an_older_one(path: Path) -> bytes:
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join([*lines[:-3], lines[-1]])


def put_in_place(path: Path, data: bytes) -> None:
    other = path.with_name("other")
    other.write_bytes(data)
    other.replace(path)


HARMS: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "overwritten by an older one": lambda path: path.write_bytes(an_older_one(path)),
    "replaced by something else": lambda path: put_in_place(path, b"mine"),
    "emptied": lambda path: os.truncate(path, 0),
    "deleted with its folder": lambda path: shutil.rmtree(path.parent),
}


@pytest.mark.promise("store-S10")
@pytest.mark.parametrize("harm", HARMS)
def test_whatever_happened_to_the_file_what_was_recorded_can_be_saved(folder: Path, tmp_path: Path, harm: str) -> None:
    path = session_file(folder)
    with library(folder).open(path) as opened:
        opened.live.perform(MoveCard(card="A", to=4))
        before, session = path.read_bytes(), opened.live.session
        HARMS[harm](path)
        with pytest.raises(RecordError, match="another program"):
            opened.live.perform(MoveCard(card="A", to=1))
        assert opened.read_only
        target = copied(folder, opened, tmp_path / "copy")
    assert target.read_bytes() == before
    with library(tmp_path).open(target) as copy:
        assert copy.live.session == session


def test_what_is_not_known_here_is_never_left_out_of_a_copy(folder: Path, tmp_path: Path) -> None:
    """A session of a newer version is copied byte by byte, and not at all when its file is gone."""
    path = session_file(folder)
    with library(folder).open(path) as opened:
        seq = opened.handle.log.count + 1
        opened.handle.log.append({"seq": seq, "at": "2031-01-01T00:00:00Z", "by": "pmo-lead", "elapsed": 9, "kind": "teleported"})
    with library(folder).open(path) as opened:
        assert opened.read_only
        assert copied(folder, opened, tmp_path / "copy").read_bytes() == path.read_bytes()
        path.unlink()
        with pytest.raises(RecordError, match="does not give back what was recorded"):
            copied(folder, opened, tmp_path / "another")
    assert not (tmp_path / "another.json").exists()


@pytest.mark.parametrize("name", ["missing/copy", "a\0b", "x" * 300])
def test_a_place_that_cannot_be_is_one_sentence(folder: Path, tmp_path: Path, name: str) -> None:
    with library(folder).open(session_file(folder)) as opened, pytest.raises(RecordError, match="choose another place") as caught:
        copied(folder, opened, tmp_path / name)
    assert str(caught.value).isprintable()
