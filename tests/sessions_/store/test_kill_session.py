"""kill -9 at random moments of a scripted session: nothing that was shown as done is missing afterwards (RELIABILITY S1)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sessions.library.library import Library, read_session
from sessions.sample.demo import ScriptClock

pytestmark = pytest.mark.system

SCRIPT = """
import sys, secrets
from datetime import datetime, timezone
from pathlib import Path
from sessions.commands.cards import MoveCard, Undo
from sessions.commands.rounds import DropRound, OpenRound, SealBallot
from sessions.library.library import Library
from sessions.sample import sample_portfolio
from sessions.sample.demo import ScriptClock, script

clock = ScriptClock(datetime(2026, 6, 30, 9, tzinfo=timezone.utc))
library = Library(Path(sys.argv[1]), clock, lambda length: secrets.token_hex(length)[:length])
opened = library.create(sample_portfolio())
live = opened.live
live.watch(lambda session, recordeds: print(session.seq, flush=True))
for _, command in script():
    live.perform(command)
for number in range(100000):
    live.perform(MoveCard(card="P04", to=number % 23 + 1))
    live.perform(Undo())
    if number % 7 == 0:
        live.perform(OpenRound())
        live.perform(SealBallot(voice="coo", points={"P01": 25}))
        live.perform(DropRound(reason="again"))
"""


def killed_session(folder: Path, after: int) -> tuple[int, Path]:
    """Run the script, kill it when it has told `after` events, and give the last event it told and its file."""
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    told = 0
    for line in process.stdout:
        told = int(line)
        if told >= after:
            os.kill(process.pid, signal.SIGKILL)
            break
    # What was written before the kill may still be in the pipe: it was shown, too.
    for line in process.stdout:
        if line.endswith(b"\n"):
            told = int(line)
    process.wait()
    process.stdout.close()
    [path] = [each for each in folder.glob("*.json") if each.name != "library.json"]
    return told, path


def survives(folder: Path, after: int) -> None:
    """Check one killed session: all that was shown is there, in order, and the session goes on."""
    told, path = killed_session(folder, after)
    recordeds, problem = read_session(path)
    assert problem == ""
    assert len(recordeds) >= told
    assert [recorded.seq for recorded in recordeds] == list(range(1, len(recordeds) + 1))
    library = Library(folder, ScriptClock(datetime(2026, 6, 30, 12, tzinfo=UTC)), lambda length: "0" * length)
    with library.open(path) as opened:
        assert opened.live.session.seq == len(recordeds)
        assert not opened.read_only


@pytest.mark.promise("store-S1")
@pytest.mark.parametrize("round_", range(10))
def test_nothing_that_was_shown_is_lost(tmp_path: Path, round_: int) -> None:
    survives(tmp_path, random.Random(round_).randrange(1, 400))


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(200))
def test_nothing_that_was_shown_is_lost_in_200_rounds(tmp_path: Path, round_: int) -> None:
    survives(tmp_path, random.Random(1000 + round_).randrange(1, 1200))
