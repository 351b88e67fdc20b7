"""An interrupt at every line: the record is whole, every recorded ballot is in the urn, the session continues."""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from disk import read_session
from store import (
    Quick,
    Told,
    assert_ballots_open,
    begin,
    library,
    session_file,
)

import sessions
from sessions.commands.base import Command
from sessions.commands.cards import MoveCard
from sessions.commands.rounds import DropRound, RevealBallots, SealBallot
from sessions.state.fold import replay
from sessions.store.tinydb.repair import check
from sessions.store.tinydb.urn import Urn

pytestmark = pytest.mark.system


CODE = tuple(str(Path(sessions.__file__).parent / name) for name in ("record", "store", "live/session.py", "state/builder.py"))


class Interrupt:
    """Raises an interrupt at the k-th line (or instruction) that the store, or the live session, is about to run."""

    def __init__(self, k: int, kind: str) -> None:
        self.left, self.kind = k, kind

    def __call__(self, frame: FrameType, what: str, _: Any) -> Interrupt | None:
        if not frame.f_code.co_filename.startswith(CODE):
            return None
        frame.f_trace_opcodes = self.kind == "opcode"
        if what == self.kind:
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self


def strike(folder: Path, command: Command, trace: Interrupt) -> bool:
    """Interrupt a command; check the session in the same window, after its next command, and as the next one who opens it finds it."""
    path, outer, hit = session_file(folder), sys.gettrace(), False
    urn, left = Urn(path.with_suffix(".urn")), folder.with_name("left")
    with library(folder).open(path) as opened:
        before = len(opened.live.recordeds)
        sys.settrace(trace)
        try:
            opened.live.perform(command)
        except KeyboardInterrupt:
            hit = True
        finally:
            sys.settrace(outer)
        assert check(path).whole
        assert not opened.read_only
        shutil.copytree(folder, left)
        # What is shown and what is recorded may differ for the moment of the interrupt, not for longer.
        opened.live.perform(MoveCard(card="D", to=1 + (opened.live.session.order[0] == "D")))
        assert opened.live.session == replay(read_session(path)[0])
        assert_ballots_open(opened.live, urn, strictly=False)
    recordeds, problem = read_session(left / path.name)
    assert problem == ""
    assert len(recordeds) in ((before, before + 1) if hit else (before + 1,))
    with library(left).open(left / path.name) as opened:
        assert opened.notices == ()
        assert opened.live.session == replay(recordeds)
        assert_ballots_open(opened.live, Urn(left / urn.path.name))
    return hit


@pytest.mark.promise("store-S24")
@pytest.mark.parametrize(("kind", "step", "least"), [("line", 5, 60), pytest.param("opcode", 1, 600, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "command",
    [
        MoveCard(card="A", to=4),
        SealBallot(round=3, voice="cfo", points={"B": 9}),
        RevealBallots(round=3, override="go"),
        DropRound(round=3, reason="again"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_an_interrupt_anywhere_leaves_a_whole_record_and_every_ballot(tmp_path: Path, command: Command, kind: str, step: int, least: int) -> None:
    begin(tmp_path / "voting", Quick(), Told())
    for k in itertools.count(1, step):
        shutil.copytree(tmp_path / "voting", tmp_path / "library")
        hit = strike(tmp_path / "library", command, Interrupt(k, kind))
        shutil.rmtree(tmp_path / "library")
        shutil.rmtree(tmp_path / "left")
        if not hit:
            break
    assert k > least
