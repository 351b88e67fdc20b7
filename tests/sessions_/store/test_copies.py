"""A copy of an open session, and a deleted one in the trash with its urn: whole, or not there at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from disk import path_of
from store import Faulty, failure, library, sealed_rows, session_file
from support import assert_sentence

from sessions.commands.base import Command
from sessions.commands.cards import MoveCard
from sessions.commands.rounds import DropRound, RevealBallots, SealBallot
from sessions.disk.files import FileOps
from sessions.errors import RecordError
from sessions.library.library import OpenSession
from sessions.store.tinydb.index_file import INDEX
from sessions.store.tinydb.store import ref_to


def copied(folder: Path, opened: OpenSession, target: Path) -> Path:
    return path_of(library(folder).save_copy(opened, str(target)))


@pytest.mark.parametrize(
    "then", [DropRound(round=3, reason="not in this copy"), SealBallot(round=3, voice="cfo", points={"B": 32})], ids=["cancelled", "collected again"]
)
def test_a_copy_goes_on_and_holds_no_sealed_ballot_and_says_so(folder: Path, tmp_path: Path, then: Command) -> None:
    """A copy of a secret ballot that is found later must not hold the choices and salts of a round that was never revealed."""
    path, stick = session_file(folder), tmp_path / "stick"
    stick.mkdir()
    with library(folder).open(path) as opened:
        assert (opened.lost_round, opened.notices) == (0, ())
        opened.live.perform(MoveCard(card="A", to=4))
        target = copied(folder, opened, stick)
    assert (target, target.read_bytes()) == (stick / path.name, path.read_bytes())
    assert [(each.name, each.stat().st_mode & 0o777) for each in stick.iterdir()] == [(path.name, 0o600)]
    assert len(sealed_rows(folder)) == 1
    with library(stick).open(target) as copy:
        assert copy.lost_round == 3
        assert copy.notices == (
            "The open round cannot be revealed: 1 sealed ballot is not here, as in any copy. Cancel the round, or collect the ballots again.",
        )
        with pytest.raises(RecordError, match="does not hold the ballot"):
            copy.live.perform(RevealBallots(round=3, override="go"))
        copy.live.perform(then)
    with library(stick).open(target) as copy:
        assert (copy.lost_round, copy.notices) == (0, ())


HARMS: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "overwritten by an older one": lambda path: path.write_bytes(b"".join([*path.read_bytes().splitlines(keepends=True)[:-3], b"}}"])),
    "replaced by something else": lambda path: path.with_name("library.json").replace(path),
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
        assert opened.handle.is_lost()
        target = copied(folder, opened, tmp_path / "copy")
    assert target.read_bytes() == before
    with library(tmp_path).open(target) as copy:
        assert copy.live.session == session


def test_what_is_not_known_here_is_never_left_out_of_a_copy(folder: Path, tmp_path: Path) -> None:
    """A session of a newer version is copied byte by byte, and not at all when its file is gone."""
    path = session_file(folder)
    with library(folder).open(path) as opened:
        seq = opened.handle.log.count + 1
        opened.handle.log.append_all([{"seq": seq, "at": "2031-01-01T00:00:00Z", "by": "pmo-lead", "elapsed": 9, "kind": "teleported"}])
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


# ---------------------------------------------------------------- the trash


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".json", ".urn") and path.name != INDEX}


def delete(folder: Path, path: Path, ops: FileOps | None = None) -> Path:
    return Path(library(folder, ops).delete(ref_to(path)))


def test_nothing_in_the_trash_is_replaced(folder: Path) -> None:
    path, before = session_file(folder), content(folder)
    delete(folder, path)
    path.write_bytes(before[path.name])
    assert delete(folder, path).name == f"{path.stem}-2.json"
    shouted = path.with_name(f"{path.stem.upper()}.json")  # the same name on macOS and Windows
    shouted.write_bytes(before[path.name])
    assert delete(folder, shouted).name == f"{shouted.stem}-3.json"
    assert len(content(folder / "trash")) == 4


def test_of_a_link_only_the_link_is_deleted(folder: Path, tmp_path: Path) -> None:
    path, before = session_file(folder), content(folder)
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(path)
    delete(link.parent, link)
    assert content(folder) == before
    assert not link.is_symlink()


def test_a_failure_of_any_call_leaves_the_session_or_moves_it_whole_and_moving_it_back_undeletes(folder: Path) -> None:
    path, before = session_file(folder), content(folder)
    for k in count(1):
        ops = Faulty(k, failure(errno.EIO))
        try:
            where = delete(folder, path, ops)
        except RecordError as error:
            assert_sentence(f"{error}.")
        else:
            assert where == folder / "trash" / path.name
            assert ops.hit or (content(folder), content(where.parent), library(folder).entries()) == ({}, before, [])
            for each in where.parent.iterdir():
                each.rename(folder / each.name)
        assert content(folder) == before
        if not ops.hit:
            break
    with library(folder).open(path) as opened:
        assert opened.lost_round == 0
