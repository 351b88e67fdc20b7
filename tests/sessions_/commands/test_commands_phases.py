"""Commands on the course of a session: phases, the timer, closing and reopening, its title and its place in the archive (METHOD 2.2)."""

from __future__ import annotations

import pytest
from support import Room

from sessions.commands.base import ReasonNeededError, SessionIsClosedError
from sessions.commands.cards import MoveCard, Undo
from sessions.commands.decisions import Decide
from sessions.commands.housekeeping import ArchiveSession, RenameSession, ReopenSession
from sessions.commands.phases import AddTime, CloseSession, SetPhaseMinutes, StartPhase, StartTimer, StopTimer
from sessions.commands.rounds import DropRound, OpenRound
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import PHASES
from sessions.state.timer import PHASE_MINUTES, PhaseUse, planned_seconds
from sessions.summary.markdown import summary


def test_the_phases_share_the_minutes_of_the_session() -> None:
    assert [planned_seconds(phase, 60) // 60 for phase in PHASES] == [0, 3, 7, 7, 7, 3, 13, 10, 7, 3]
    assert sum(PHASE_MINUTES.values()) == 90


def test_the_room_changes_how_long_phases_last(room: Room) -> None:
    room.do(StartPhase(phase="open"), AddTime())
    assert room.session.timer.planned == 7 * 60
    assert room.one(SetPhaseMinutes(minutes={"talk": 30, "open": 8}), ev.PhaseMinutesSet).minutes == (("open", 8), ("talk", 30))
    assert room.session.timer.planned == 8 * 60, "of the phase that is under way too"
    room.do(StartPhase(phase="talk"))
    assert room.session.timer.planned == 30 * 60
    assert room.do(SetPhaseMinutes(minutes={"talk": 30, "open": 8})) == []
    for minutes in (0, -5, 241):
        room.refuses(SetPhaseMinutes(minutes={"vote": minutes}), SessionError, "Vote lasts from 1 to 240 minutes")


def test_a_phase_runs_by_the_seconds_of_the_session_whatever_the_wall_clock_says_and_a_second_visit_adds_to_it(room: Room) -> None:
    room.do(StartPhase(phase="open"))
    room.clock.wall = "1999-01-01T00:00:00Z"
    room.clock.advance(350)
    assert (room.session.timer.used_at(room.live.elapsed), room.session.overrun(room.live.elapsed)) == (350, 50)
    event = room.one(StartPhase(phase="vote"), ev.PhaseStarted)
    assert event == ev.PhaseStarted(phase="vote", old="open", planned=600, used=350)
    assert room.session.phase_use["open"] == PhaseUse(300, 350)
    room.clock.advance(60)
    room.do(StartPhase(phase="open"))
    assert room.session.phase_use["vote"] == PhaseUse(600, 60)
    room.clock.advance(10)
    assert (room.session.timer.used_at(room.live.elapsed), room.session.overrun(room.live.elapsed)) == (360, 60)
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


def test_an_open_ballot_keeps_the_session_open(live: Room) -> None:
    live.do(OpenRound())
    live.refuses(CloseSession(leave_undecided=True), SessionError, "A ballot is open")
    live.do(DropRound(round=1, reason="no time"), CloseSession(leave_undecided=True))


@pytest.fixture
def closed(room: Room) -> Room:
    """Return a session that was closed after 400 seconds of its last phase."""
    room.do(MoveCard(card="P1", to=3), StartPhase(phase="decide"))
    room.clock.advance(400)
    room.do(CloseSession(leave_undecided=True))
    return room


def test_a_closed_session_is_not_changed_and_goes_on_where_it_was_if_that_was_a_mistake(closed: Room) -> None:
    closed.clock.advance(400)
    assert (closed.session.timer.used_at(closed.live.elapsed), closed.session.phase_use["decide"]) == (400, PhaseUse(600, 400))
    for command in (MoveCard(card="P1", to=2), Undo(), StartPhase(phase="talk"), CloseSession()):
        closed.refuses(command, SessionIsClosedError, "This session is closed", "reopen")
    closed.do(ReopenSession())
    assert (closed.session.closed, closed.session.phase) == (False, "decide")
    assert "not closed yet: phase Decide" in summary(closed.session)
    closed.do(MoveCard(card="P1", to=2))
    closed.refuses(ReopenSession(), SessionError, "not closed")


def test_a_closed_session_takes_another_title_and_goes_to_the_archive_and_is_no_later_for_it(closed: Room) -> None:
    before = closed.session.at
    closed.clock.wall = "2026-12-24T09:00:00Z"
    assert closed.one(RenameSession(title="  Larkfield\n"), ev.SessionRenamed) == ev.SessionRenamed(title="Larkfield", old="Q3")
    assert summary(closed.session).startswith("# Larkfield: what we decided")
    assert closed.do(RenameSession(title="Larkfield")) == []
    closed.refuses(RenameSession(title=" "), ReasonNeededError, "title")
    closed.do(ArchiveSession())
    assert closed.session.archived
    closed.refuses(ArchiveSession(), SessionError, "archived already")
    closed.do(ArchiveSession(archived=False))
    assert (closed.session.archived, closed.session.at) == (False, before)
    closed.do(ReopenSession())
    assert closed.session.at == closed.clock.wall
