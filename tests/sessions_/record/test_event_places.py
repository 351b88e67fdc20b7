"""One place per event: everything that an event needs outside its own class, listed by what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from record_release import every_event, shape
from support import FIXTURES

from sessions.export.json_export import as_json
from sessions.record.base import SCHEMA, Event
from sessions.record.events import KINDS
from sessions.replay.narration import NARRATORS
from sessions.replay.subject import SUBJECTS
from sessions.state.fold import fold, replay
from sessions.state.fold_board import BOARD
from sessions.state.fold_meeting import MEETING
from sessions.state.session import Session

RELEASES = FIXTURES / "releases"
LATEST = max(RELEASES.glob("*/fields.json")).parent
"""The latest release: `record_release` adds one when it is made."""

FOLDED_BY_FOLD = {"session_opened", "undone", "redone"}
"""`state/fold` itself folds the beginning, and undo."""

NOT_EXPORTED = {
    "session_taken_over": "the export shows the session, not the window that leads it",
    "timer_started": "the export has the minutes used, not the clock",
    "timer_stopped": "the export has the minutes used, not the clock",
    "time_added": "the export has the minutes used, not the plan of the phases",
    "phase_minutes_set": "the export has the minutes used, not the plan of the phases",
    "asker_chosen": "each note and question names who asked",
}
"""Why the export is the same after an event."""


def exported(session: Session) -> dict[str, Any]:
    """Return the export of a session, but for what changes with every event."""
    result = as_json(session)
    return {**result, "session": {**result["session"], "events": 0, "minutes_used": 0}}


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Return the kinds of events of which the export shows what they did, in a session in which every event happens."""
    first, *recordeds = every_event().live.recordeds
    kinds, session = {first.event.kind}, replay([first])
    for recorded in recordeds:
        before, session = exported(session), fold(session, recorded)
        if exported(session) != before:
            kinds.add(recorded.event.kind)
    return kinds


def missing_of(kind: str, cls: type[Event], seen: set[str]) -> list[str]:
    """Return what an event lacks."""
    missing = []
    if (cls in BOARD) + (cls in MEETING) + (kind in FOLDED_BY_FOLD) != 1 or (cls in BOARD) != cls.undoable:
        missing.append("fold: exactly one of BOARD (if it is undoable) and MEETING")
    if cls not in NARRATORS:
        missing.append("narration: NARRATORS")
    if cls not in SUBJECTS:
        missing.append("subject: SUBJECTS")
    if (kind in seen) == (kind in NOT_EXPORTED):
        missing.append("export: what it did, or NOT_EXPORTED in this file")
    return missing


def test_every_event_has_all_its_places(seen: set[str]) -> None:
    missing = {kind: missing_of(kind, cls, seen) for kind, cls in KINDS.items()}
    assert {kind: each for kind, each in missing.items() if each} == {}
    assert set(NOT_EXPORTED) <= set(KINDS)


def test_the_schema_rises_once_per_release() -> None:
    """The events are those of the latest release, with its number, or have changed since, with the next one."""
    released = json.loads((LATEST / "fields.json").read_text(encoding="utf-8"))
    number = released["session_opened"].pop("schema_version")
    now = shape()
    del now["session_opened"]["schema_version"]
    assert number + (now != released) == SCHEMA
