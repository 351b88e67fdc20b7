"""What a closed session still takes in: answers on the partnership, readings, a reopening; until the next one of its series is closed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from answering import ANSWERS, PEOPLE
from disk import DiskLibrary
from stage import disk_library
from support import bare

from sessions.commands.base import Command, SessionIsClosedError
from sessions.commands.cards import MoveCard, ParkQuestion
from sessions.commands.housekeeping import RenameSession, ReopenSession
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.library.following import begin_after, follow, read_earlier
from sessions.quarters.partnership import partnership
from sessions.store.ports import SessionRef

END = CloseSession(leave_undecided=True, override="x")


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def closed(library: DiskLibrary) -> SessionRef:
    with library.create(bare(people=PEOPLE), title="Plan", quarter="2026-Q1") as opened:
        for command in (MarkAttendance(presence="present"), DeliverCard(card="B"), END):
            opened.live.perform(command)
        return opened.ref


def test_a_closed_session_takes_answers_on_the_partnership_and_readings_and_nothing_else(library: DiskLibrary) -> None:
    with library.open(closed(library)) as opened:
        live = opened.live
        live.perform(OpenRound(method="partnership"))
        live.perform(SealBallot(round=1, voice="coo", scores={"seat": 2}))
        live.perform(DropRound(round=1, reason="by hands instead"))
        live.perform(OpenRound(method="partnership"))
        answers = ANSWERS["partnership"].values()
        business, it = tuple(hand for its in answers for hand in its[:6]), tuple(hand for its in answers for hand in its[6:])
        live.perform(CountHands(round=2, hands={"business": business, "it": it}))
        found = partnership(live.session)
        assert found is not None
        assert found.level == 2
        live.perform(MeasureAdoption(card="B", value="41", by="COO"))
        live.perform(RenameSession(title="Plan of winter"))
        others: tuple[Command, ...] = (
            OpenRound(method="pulse"), OpenRound(), SealBallot(round=2, voice="coo"), RevealBallots(round=2), MoveCard(card="A", to=2),
            ParkQuestion(text="x"), MarkAttendance(presence="away"), END,
        )  # fmt: skip
        for command in others:
            with pytest.raises(SessionIsClosedError):
                live.perform(command)
        live.perform(ReopenSession())
        assert not live.session.closed


def test_when_the_next_session_is_closed_the_one_before_takes_nothing_in(library: DiskLibrary) -> None:
    ref = closed(library)
    earlier = read_earlier(library, ref)
    with begin_after(library, earlier, follow(earlier, None, quarter="2026-Q2", today=date(2026, 4, 1)), title="Next") as opened:
        with library.open(ref) as before:
            before.live.perform(OpenRound(method="partnership"))
            before.live.perform(DropRound(round=1, reason="later"))
        opened.live.perform(END)
    with library.open(ref) as before:
        for command in (OpenRound(method="partnership"), MeasureAdoption(card="B", value="41", by="COO"), ReopenSession()):
            with pytest.raises(SessionIsClosedError, match="next session of this series"):
                before.live.perform(command)
        before.live.perform(RenameSession(title="Plan of winter"))
