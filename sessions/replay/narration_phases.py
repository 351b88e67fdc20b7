"""Narration of the phases and their clock."""

from __future__ import annotations

from sessions.record import events as ev
from sessions.record.events import Event
from sessions.replay.narration_rounds import Narrator
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES
from sessions.wording import seconds_name


def _phase(session: Session, event: ev.PhaseStarted) -> str:
    before = "" if event.old == "prepare" else f" {PHASE_NAMES[event.old]} took {seconds_name(event.used)}."
    planned = f", {seconds_name(event.planned)}" if event.planned else ""
    return f"Phase {PHASE_NAMES[event.phase]} began{planned}.{before}"


def _phase_minutes(_: Session, event: ev.PhaseMinutesSet) -> str:
    told = ", ".join(f"{PHASE_NAMES[phase]} {minutes}" for phase, minutes in event.minutes)
    return f"Minutes of the phases: {told or 'their shares of the meeting'}."


PHASE_NARRATORS: dict[type[Event], Narrator] = {
    ev.PhaseStarted: _phase,
    ev.TimerStarted: lambda session, _: f"The timer of {PHASE_NAMES[session.phase]} runs.",
    ev.TimerStopped: lambda session, event: f"The timer of {PHASE_NAMES[session.phase]} was stopped after {seconds_name(event.used)}.",
    ev.TimeAdded: lambda session, event: f"{PHASE_NAMES[session.phase]} was given {seconds_name(event.seconds)} more.",
    ev.PhaseMinutesSet: _phase_minutes,
}
