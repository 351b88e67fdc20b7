"""The minutes of the phases: as the room sets them, or else their share of the meeting."""

from __future__ import annotations

from support import Room, bare

from sessions.commands.phases import AddTime, SetPhaseMinutes, StartPhase
from sessions.errors import SessionError
from sessions.record.events import PhaseMinutesSet


def test_the_room_changes_how_long_phases_last() -> None:
    room = Room(bare())
    room.do(StartPhase(phase="open"), AddTime())
    assert room.session.timer.planned == 7 * 60
    assert room.one(SetPhaseMinutes(minutes={"talk": 30, "open": 8}), PhaseMinutesSet).minutes == (("open", 8), ("talk", 30))
    assert room.session.timer.planned == 8 * 60, "of the phase that is under way too"
    room.do(StartPhase(phase="talk"))
    assert room.session.timer.planned == 30 * 60
    room.do(SetPhaseMinutes(minutes={"talk": 10, "open": 9}), StartPhase(phase="open"))
    assert room.session.timer.planned == 9 * 60
    assert room.reopened().session.phase_minutes == {"open": 9, "talk": 10}
    assert room.do(SetPhaseMinutes(minutes={"talk": 10, "open": 9})) == []


def test_minutes_that_make_no_sense_are_refused() -> None:
    room = Room(bare())
    for minutes in (0, -5, 241):
        room.refuses(SetPhaseMinutes(minutes={"vote": minutes}), SessionError, "Vote lasts from 1 to 240 minutes")
