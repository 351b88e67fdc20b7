"""How long the phases last: a length of the meeting, or minutes for each phase."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import App

from sessions.commands.phases import SetPhaseMinutes
from sessions.handling.dispatch import refusal
from sessions.record.events import Phase
from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES, planned_seconds
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.form import Field, Form

PRESETS = (60, 90, 120)
_EACH = "each"


async def ask_minutes(app: App[None], session: Session) -> SetPhaseMinutes | None:
    """Ask for the length of the meeting or of each phase; return the command, None if nothing is to change."""
    now = sum(session.planned(phase) for phase in session.phases) // 60
    choices = [Choice(str(preset), f"{preset} minutes") for preset in PRESETS]
    choices.append(Choice(_EACH, "Minutes for each phase"))
    answer = await app.push_screen_wait(Choose(f"How long is the meeting? (now {now} minutes)", choices, chosen=_EACH))
    if answer is None:
        return None
    if answer != _EACH:
        return SetPhaseMinutes(minutes=shares(session, int(answer)))
    fields = [Field(phase, PHASE_NAMES[phase], str(session.planned(phase) // 60), "minutes", limit=3) for phase in _timed(session)]

    def wrong(typed: Mapping[str, str]) -> str:
        command = _read(session, typed)
        return "Minutes are whole numbers, such as 10." if command is None else str(refusal(session, command) or "")

    typed = await app.push_screen_wait(Form("Minutes of each phase", fields, check=wrong))
    return _read(session, typed) if typed else None


def shares(session: Session, minutes: int) -> dict[Phase, int]:
    """Return the minutes of each phase of a meeting of that length; Talk takes the time of a phase that does not exist."""
    found = {phase: planned_seconds(phase, minutes) // 60 for phase in _timed(session)}
    found["talk"] += minutes - sum(found.values())
    return found


def _timed(session: Session) -> list[Phase]:
    return [phase for phase in session.phases if phase != "prepare"]


def _read(session: Session, typed: Mapping[str, str]) -> SetPhaseMinutes | None:
    """Return the command for what was typed, None if something is not a number."""
    if not all(typed[phase].isascii() and typed[phase].isdecimal() for phase in _timed(session)):
        return None
    return SetPhaseMinutes(minutes={phase: int(typed[phase]) for phase in _timed(session)})
