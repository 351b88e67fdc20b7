"""kill -9 (RELIABILITY S1, S2, S11; between sealing and reveal): at every call to the disk, and at random moments.

One process starts all the others: it forks a child for each call, and the child kills itself right before that call, or in the middle of it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from disk import path_of
from store import Quick, Told, assert_nothing_given_up_is_left, assert_stands, begin, library, play, session_file

from sessions.commands.rounds import DropRound, RevealBallots
from sessions.record.events import BallotsRevealed
from sessions.record.seal import seal_of
from sessions.store.tinydb.urn import Urn

pytestmark = pytest.mark.system

TESTS = Path(__file__).parents[2]
EVERY_CALL = range(1, 10**6)
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (TESTS.parent, TESTS)))}

DRIVER = """
import os, shutil, signal, sys
from pathlib import Path
import store

action, root, start, calls = getattr(store, sys.argv[1]), Path(sys.argv[2]), sys.argv[3], range(*map(int, sys.argv[4:]))

class Killing(store.Faulty):
    def call(self, kind, *arguments):
        if self.count + 1 == self.k:
            if kind == "pwrite" and self.short:
                fd, data, offset = arguments
                os.pwrite(fd, data[:len(data) // 2], offset)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().call(kind, *arguments)

for k in calls:
    folder = root / str(k)
    folder.mkdir()
    if start:
        shutil.copytree(start, folder / "library")
    child = os.fork()
    if child == 0:
        fd = os.open(folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        told = store.Told()
        told.watcher = lambda: os.write(fd, told.to_json().encode() + b"\\n")
        action(folder / "library", Killing(k, store.DeadError(), short=k % 4 > 1), told)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(k)
"""


def killed_everywhere(action: str, root: Path, start: Path | str = "", calls: range = EVERY_CALL) -> range:
    """Run a part of the session again and again, killed at one call and then at another, each in a folder of its own; give the calls there were."""
    run = subprocess.run(
        [sys.executable, "-c", DRIVER, action, str(root), str(start), *map(str, (calls.start, calls.stop, calls.step))],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return range(calls.start, int(run.stdout) + 1, calls.step)


def told_in(folder: Path) -> Told:
    """Read the last whole line that a child wrote."""
    lines = (folder / "told").read_text().split("\n")[:-1] if (folder / "told").exists() else []
    return Told.from_json(lines[-1]) if lines else Told()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Told:
    told = Told()
    play(tmp_path_factory.mktemp("whole") / "library", Quick(), told)
    return told


@pytest.mark.promise("store-S2")
@pytest.mark.parametrize("calls", [range(1, 10**6, 2), pytest.param(EVERY_CALL, marks=pytest.mark.slow)], ids=["every second", "every"])
def test_killed_at_any_call_a_session_keeps_what_was_shown(tmp_path: Path, played: Told, calls: range) -> None:
    calls = killed_everywhere("play", tmp_path, calls=calls)
    assert calls.stop > 300
    for k in calls:
        folder = tmp_path / str(k)
        assert_nothing_given_up_is_left(folder / "library", told_in(folder))
        assert_stands(folder / "library", told_in(folder), played.records)
        shutil.rmtree(folder)


@pytest.mark.promise("store-S11")
def test_killed_at_any_call_of_the_recovery_it_is_done_again(tmp_path: Path, played: Told) -> None:
    torn, told = tmp_path / "torn", Told()
    begin(torn, Quick(), told)
    path = session_file(torn)
    path.write_bytes(path.read_bytes()[:-2] + b',"99": {"seq":99')
    (tmp_path / "killed").mkdir()
    for k in killed_everywhere("go_on", tmp_path / "killed", torn, range(1, 50)):
        folder = tmp_path / "killed" / str(k)
        then = told_in(folder)
        assert_stands(folder / "library", then if then.records else told, played.records)
        assert b',"99": {"seq":99' in [each.read_bytes() for each in (folder / "library").glob("*.torn*")]
        shutil.rmtree(folder)


# ---------------------------------------------------------------- between sealing and reveal

VOTING = """
import os, sys
from pathlib import Path
import store
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot, DropRound
from sessions.commands.people import MarkAttendance
from sessions.record.events import BallotSealed
from sessions.store.tinydb.files import FileOps

folder = Path(sys.argv[1])
with store.library(folder, FileOps()).create(store.bare()) as opened:
    live = opened.live
    live.perform(MarkAttendance(presence="present"))
    live.watch(lambda *_: os.write(1, b"%d\\n" % live.session.seq))
    for number in range(10**6):
        live.perform(OpenRound())
        for turn in range(12):
            voice = ("coo", "cfo", "cio", "architect")[turn % 4]
            live.perform(SealBallot(round=1, voice=voice, points={"A": turn, "B": number % 25}))
        live.perform(RevealBallots(round=1) if number % 2 else DropRound(round=1, reason="again"))
"""


def killed_while_voting(folder: Path, after: int, chance: random.Random) -> int:
    """Kill a session in which nothing but voting happens, some time after it told so many events; give the last one it told."""
    with subprocess.Popen([sys.executable, "-c", VOTING, str(folder)], env=ENVIRONMENT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(after):
            child.stdout.readline()
        for _ in range(chance.randrange(20_000)):  # somewhere inside a command, not always at its end
            pass
        child.send_signal(signal.SIGKILL)
        lines = child.stdout.read().split(b"\n")[:-1]
    return int(lines[-1]) if lines else after


def votes_survive(folder: Path, after: int, chance: random.Random) -> None:
    """Check that every ballot that was told to be in is in the urn, opens against its seal, and is revealed as it was sealed."""
    told = killed_while_voting(folder, after, chance)
    with library(folder).open(session_file(folder)) as opened:
        live = opened.live
        assert live.session.seq >= told
        assert not opened.read_only
        told_here = [each.event for each in live.recordeds if each.event.kind == "ballot_sealed"]
        for round_ in (each.opened.round for each in live.session.rounds if each.open):
            seals = {event.voice: event.seal for event in told_here if event.round == round_}  # type: ignore[attr-defined]
            ballots = Urn(path_of(opened).with_suffix(".urn")).open_seals(round_, seals)
            assert {voice: seal_of(*ballot) for voice, ballot in ballots.items()} == seals
            if not seals:
                live.perform(DropRound(round=1, reason="nobody voted"))
                continue
            [revealed] = live.perform(RevealBallots(round=1, override="go"))
            assert isinstance(revealed.event, BallotsRevealed)
            assert len(revealed.event.ballots) == len(seals)
        assert not path_of(opened).with_suffix(".urn").exists()
    assert not [each for each in folder.iterdir() if ".urn" in each.name]


@pytest.mark.promise("store-S1")
@pytest.mark.parametrize("turn", range(6))
def test_killed_while_voting_every_ballot_that_was_in_is_revealed(tmp_path: Path, turn: int) -> None:
    chance = random.Random(turn)
    votes_survive(tmp_path / "library", chance.randrange(2, 60), chance)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(100))
def test_killed_while_voting_100_times_every_ballot_that_was_in_is_revealed(tmp_path: Path, turn: int) -> None:
    chance = random.Random(1000 + turn)
    votes_survive(tmp_path / "library", chance.randrange(2, 300), chance)
