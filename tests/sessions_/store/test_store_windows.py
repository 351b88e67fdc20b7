"""More than one window, more than one name (RELIABILITY S13, S14): one writes, and the ballots of one session lie in one urn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from store import Quick, Told, begin, library, sealed_rows, session_file

from sessions.commands.cards import MoveCard
from sessions.commands.rounds import RevealBallots, SealBallot
from sessions.errors import RecordError
from sessions.store.ports import HeldError

TESTS = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (TESTS.parent, TESTS)))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a library with one session, in which a ballot is open."""
    begin(tmp_path / "library", Quick(), Told())
    return tmp_path / "library"


def aliases(path: Path, elsewhere: Path) -> list[Path]:
    """Return the other names of a file, all of them for the very same one."""
    elsewhere.mkdir()
    (elsewhere / "linked.json").symlink_to(path)
    (elsewhere / "twice.json").symlink_to(elsewhere / "linked.json")
    (elsewhere / "way").symlink_to(path.parent, target_is_directory=True)
    names = [elsewhere / "linked.json", elsewhere / "twice.json", elsewhere / "way" / path.name, path.parent / ".." / path.parent.name / path.name]
    names += [Path(os.path.relpath(path))]
    upper = path.with_name(path.name.upper())
    return [*names, upper] if upper.exists() else names  # where the file system knows no case


@pytest.mark.promise("store-S13")
def test_no_other_name_lets_a_second_window_in_or_begins_another_urn(folder: Path, tmp_path: Path) -> None:
    path = session_file(folder)
    names = aliases(path, tmp_path / "elsewhere")
    with library(folder).open(path) as first:
        for name in names:
            with pytest.raises(HeldError, match="is open in a test"):
                library(folder).open(name)
        first.live.perform(MoveCard(card="A", to=4))
    for number, name in enumerate(names):
        with library(folder).open(name) as opened:
            opened.live.perform(SealBallot(round=3, voice="cio", points={"A": number}))
    assert not [each for each in (tmp_path / "elsewhere").iterdir() if each.suffix in (".urn", ".lock")]
    with library(folder).open(path) as opened:
        [revealed] = opened.live.perform(RevealBallots(round=3, override="go"))
    assert {ballot.voice for ballot in revealed.event.ballots} == {"cfo", "cio"}  # type: ignore[attr-defined]


@pytest.mark.promise("store-S13")
def test_under_a_second_name_of_its_own_no_ballot_is_lost_and_none_is_left_out(folder: Path) -> None:
    """A hard link is a file of its own to whoever looks for the urn beside it: a ballot is asked for again there, and lies where it lay."""
    path = session_file(folder)
    second = path.with_name("second.json")
    second.hardlink_to(path)
    with library(folder).open(path) as first:
        with pytest.raises(HeldError, match="is open in another window"):
            library(folder).open(second)
        first.live.perform(SealBallot(round=3, voice="cio", points={"A": 7}))
    sealed = sealed_rows(folder)
    with (
        library(folder).open(second) as opened,
        pytest.raises(RecordError, match=r"does not hold the ballot that 'cfo', 'cio' sealed .*: ask for it again"),
    ):
        opened.live.perform(RevealBallots(round=3, override="go"))
    assert sealed_rows(folder) == sealed
    with library(folder).open(path) as opened:
        [revealed] = opened.live.perform(RevealBallots(round=3, override="go"))
        assert {ballot.voice for ballot in revealed.event.ballots} == {"cfo", "cio"}  # type: ignore[attr-defined]


@pytest.mark.promise("store-S13")
def test_a_window_that_only_reads_writes_nothing_not_even_a_ballot(folder: Path) -> None:
    """Two windows that change one urn would lose each other's ballots: the reader's command is refused before it touches anything."""
    path = session_file(folder)
    with library(folder).open(path) as writer, library(folder).open(path, read_only=True) as reader:
        before = {each.name: each.read_bytes() for each in folder.iterdir()}
        for command in (SealBallot(round=3, voice="cio", points={"A": 7}), MoveCard(card="A", to=4), RevealBallots(round=3, override="go")):
            with pytest.raises(RecordError, match="reading only"):
                reader.live.perform(command)
        assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
        writer.live.perform(SealBallot(round=3, voice="cio", points={"A": 7}))
        [revealed] = writer.live.perform(RevealBallots(round=3, override="go"))
        assert len(revealed.event.ballots) == 2  # type: ignore[attr-defined]


FORKED = """
import os, sys
from pathlib import Path
import store
from sessions.errors import RecordError
from sessions.commands.cards import MoveCard
from sessions.commands.rounds import RevealBallots, SealBallot

folder = Path(sys.argv[1])
with store.library(folder).open(store.session_file(folder)) as opened:
    before = store.sealed_rows(folder)
    child = os.fork()
    if child == 0:
        for command in (SealBallot(round=3, voice="cio", points={"A": 7}), MoveCard(card="A", to=4), RevealBallots(round=3, override="go")):
            try:
                opened.live.perform(command)
            except RecordError as error:
                print(error, flush=True)
        opened.close()
        os._exit(0 if store.sealed_rows(folder) == before else 1)
    print(os.waitpid(child, 0)[1])
    opened.live.perform(SealBallot(round=3, voice="cio", points={"A": 7}))
    [revealed] = opened.live.perform(RevealBallots(round=3, override="go"))
    print(len(revealed.event.ballots))
"""


@pytest.mark.system
@pytest.mark.promise("store-S14")
def test_a_forked_child_changes_neither_the_session_nor_the_urn(folder: Path) -> None:
    run = subprocess.run([sys.executable, "-c", FORKED, str(folder)], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False)
    assert run.stderr == ""
    *refusals, status, ballots = run.stdout.splitlines()
    assert len(refusals) == 3
    assert all("not to its children" in refusal for refusal in refusals)
    assert (status, ballots) == ("0", "2")
