"""Commands on the course of a session: phases, the timer, the end (METHOD 2.2)."""

from __future__ import annotations

import pytest
from support import Room

from sessions.commands.base import Command, ReasonNeededError, SessionIsClosedError
from sessions.commands.cards import MoveCard, Undo
from sessions.commands.decisions import Decide
from sessions.commands.phases import CloseSession, StartPhase, StartTimer, StopTimer
from sessions.commands.rounds import DropRound, OpenRound
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import PHASES
from sessions.state.timer import PHASE_MINUTES, PhaseUse, planned_seconds


def minutes_of(minutes: int) -> list[int]:
    return [planned_seconds(phase, minutes) // 60 for phase in PHASES]


def test_the_phases_share_the_minutes_of_the_session() -> None:
    assert minutes_of(90) == [0, 5, 10, 10, 10, 5, 20, 15, 10, 5]
    assert minutes_of(60) == [0, 3, 7, 7, 7, 3, 13, 10, 7, 3]
    assert minutes_of(120) == [0, 7, 13, 13, 13, 7, 27, 20, 13, 7]
    assert sum(PHASE_MINUTES.values()) == 90


def test_a_phase_runs_by_the_seconds_of_the_session_whatever_the_wall_clock_says(room: Room) -> None:
    room.do(StartPhase(phase="open"))
    room.clock.wall = "1999-01-01T00:00:00Z"
    room.clock.advance(240)
    assert room.session.timer.used_at(room.live.elapsed) == 240
    assert room.session.overrun(room.live.elapsed) == 0
    room.clock.advance(100)
    assert room.session.overrun(room.live.elapsed) == 40
    assert room.session.phase == "open"


def test_leaving_a_phase_records_its_use_and_a_second_visit_adds_to_it(room: Room) -> None:
    room.do(StartPhase(phase="open"))
    room.clock.advance(350)
    event = room.one(StartPhase(phase="vote"), ev.PhaseStarted)
    assert event == ev.PhaseStarted(phase="vote", old="open", planned=600, used=350)
    assert room.session.phase_use["open"] == PhaseUse(300, 350)
    room.clock.advance(60)
    room.do(StartPhase(phase="open"))
    assert room.session.phase_use["vote"] == PhaseUse(600, 60)
    room.clock.advance(10)
    assert room.session.timer.used_at(room.live.elapsed) == 360
    assert room.session.overrun(room.live.elapsed) == 60
    assert room.one(StartPhase(phase="talk"), ev.PhaseStarted).used == 360


def test_the_timer_stands_and_runs_again(room: Room) -> None:
    room.do(StartPhase(phase="talk"))
    room.clock.advance(100)
    assert room.one(StopTimer(), ev.TimerStopped).used == 100
    room.clock.advance(1000)
    assert room.do(StopTimer()) == []
    assert room.session.timer.used_at(room.live.elapsed) == 100
    room.one(StartTimer(), ev.TimerStarted)
    assert room.do(StartTimer()) == []
    room.clock.advance(5)
    assert room.session.timer.used_at(room.live.elapsed) == 105


def test_the_seconds_of_a_session_never_run_backwards(room: Room) -> None:
    room.do(StartPhase(phase="talk"))
    room.clock.advance(50)
    room.do(MoveCard(card="P1", to=2))
    room.clock.advance(-500)
    room.do(MoveCard(card="P1", to=3))
    assert [record["elapsed"] for record in room.log.records] == [0, 0, 50, 50]


def test_closing_asks_for_what_is_still_open(live: Room) -> None:
    live.refuses(CloseSession(), ReasonNeededError, "4 cards have no decision", "leave them open")
    live.do(*(Decide(card=card, word="start") for card in ("P1", "P2", "P3")))
    live.refuses(CloseSession(), ReasonNeededError, "1 card has no decision", "leave it open")
    assert live.one(CloseSession(leave_undecided=True), ev.SessionClosed).undecided == ("P4",)
    assert live.session.closed


def test_closing_stops_the_clock_and_counts_the_last_phase(room: Room) -> None:
    room.do(StartPhase(phase="close"))
    room.clock.advance(400)
    room.do(CloseSession(leave_undecided=True))
    room.clock.advance(400)
    assert room.session.timer.used_at(room.live.elapsed) == 400
    assert room.session.phase_use["close"] == PhaseUse(300, 400)


def test_an_open_ballot_keeps_the_session_open(live: Room) -> None:
    live.do(OpenRound())
    live.refuses(CloseSession(leave_undecided=True), SessionError, "A ballot is open")
    live.do(DropRound(round=1, reason="no time"), CloseSession(leave_undecided=True))


@pytest.mark.parametrize(
    "command", [MoveCard(card="P1", to=2), Undo(), StartPhase(phase="talk"), CloseSession()], ids=lambda command: type(command).__name__
)
def test_a_closed_session_is_not_changed(room: Room, command: Command) -> None:
    room.do(MoveCard(card="P1", to=3), CloseSession(leave_undecided=True))
    room.refuses(command, SessionIsClosedError, "This session is closed")
