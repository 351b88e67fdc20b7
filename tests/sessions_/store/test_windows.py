"""More than one window, more than one name (RELIABILITY S13, S14): one writes, and the ballots of one session are in one urn."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from store import library, sealed_rows, session_file

from sessions.commands.cards import MoveCard
from sessions.commands.rounds import RevealBallots, SealBallot
from sessions.errors import RecordError
from sessions.library.library import OpenSession
from sessions.store.ports import HeldError

VOTE = SealBallot(round=3, voice="cio", points={"A": 7})
MOVE = MoveCard(card="A", to=4)
REVEAL = RevealBallots(round=3, override="go")


def revealed_to(opened: OpenSession) -> set[str]:
    """Reveal the open round, and return whose ballots were in it."""
    [revealed] = opened.live.perform(REVEAL)
    return {ballot.voice for ballot in revealed.event.ballots}  # type: ignore[attr-defined]


@pytest.mark.promise("store-S13")
def test_no_other_name_lets_a_second_window_in_or_begins_another_urn(folder: Path, tmp_path: Path) -> None:
    path, elsewhere = session_file(folder), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "linked.json").symlink_to(path)
    (elsewhere / "twice.json").symlink_to(elsewhere / "linked.json")
    (elsewhere / "way").symlink_to(path.parent, target_is_directory=True)
    names = [elsewhere / "linked.json", elsewhere / "twice.json", elsewhere / "way" / path.name, folder / ".." / folder.name / path.name]
    names += [Path(os.path.relpath(path))]
    names += [upper for upper in [path.with_name(path.name.upper())] if upper.exists()]  # on a file system without case
    with library(folder).open(path) as first, library(folder).open(path, read_only=True) as reader:
        before = {each.name: each.read_bytes() for each in folder.iterdir()}
        for command in (VOTE, MOVE, REVEAL):
            with pytest.raises(RecordError, match="reading only"):
                reader.live.perform(command)
        assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
        for name in names:
            with pytest.raises(HeldError, match="is open in a test"):
                library(folder).open(name)
        first.live.perform(MOVE)
    for number, name in enumerate(names):
        with library(folder).open(name) as opened:
            opened.live.perform(SealBallot(round=3, voice="cio", points={"A": number}))
    assert not [each for each in elsewhere.iterdir() if each.suffix in (".urn", ".lock")]
    with library(folder).open(path) as opened:
        assert revealed_to(opened) == {"cfo", "cio"}


@pytest.mark.promise("store-S13")
def test_under_a_second_name_of_its_own_no_ballot_is_lost_and_none_is_left_out(folder: Path) -> None:
    """A hard link finds no urn beside it: it asks for the ballots again, and keeps the sealed ones."""
    path = session_file(folder)
    second = path.with_name("second.json")
    second.hardlink_to(path)
    with library(folder).open(path) as first:
        with pytest.raises(HeldError, match="is open in another window"):
            library(folder).open(second)
        first.live.perform(VOTE)
    sealed = sealed_rows(folder)
    words = r"does not hold the ballot that 'cfo', 'cio' sealed .*: ask for it again"
    with library(folder).open(second) as opened, pytest.raises(RecordError, match=words):
        opened.live.perform(REVEAL)
    assert sealed_rows(folder) == sealed
    with library(folder).open(path) as opened:
        assert revealed_to(opened) == {"cfo", "cio"}


@pytest.mark.system
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.promise("store-S14")
def test_a_forked_child_changes_neither_the_session_nor_the_urn(folder: Path) -> None:
    with library(folder).open(session_file(folder)) as opened:
        sealed = sealed_rows(folder)
        if (child := os.fork()) == 0:
            refused = 0
            with suppress(BaseException):
                for command in (VOTE, MOVE, REVEAL):
                    with pytest.raises(RecordError, match="not to its children"):
                        opened.live.perform(command)
                    refused += 1
                opened.close()
            os._exit(refused)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
        assert sealed_rows(folder) == sealed
        opened.live.perform(VOTE)
        assert revealed_to(opened) == {"cfo", "cio"}
