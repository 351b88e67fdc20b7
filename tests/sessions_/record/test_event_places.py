"""One place per event: everything that an event needs outside its own class, listed by what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from record_release import every_event, shape
from support import FIXTURES

from sessions.export.json_export import as_json
from sessions.record.base import SCHEMA, Event
from sessions.record.events import KINDS, RoundOpened
from sessions.replay.narration import NARRATORS
from sessions.replay.subject import SUBJECTS
from sessions.state.fold_board import BOARD
from sessions.state.fold_meeting import MEETING

RELEASES = FIXTURES / "releases"
LATEST = max(RELEASES.glob("*/fields.json")).parent
"""The latest release: `record_release` adds one when it is made."""

FOLDED_BY_FOLD = {"session_opened", "undone", "redone"}
"""`state/fold` itself folds the beginning, and undo."""

EXPORTED = {
    "session_opened": "session.id",
    "session_closed": "session.closed_at",
    "session_renamed": "session.title",
    "session_archived": "session.archived",
    "participant_added": "participants.id",
    "people_taken_in": "participants.id",
    "participant_changed": "participants.role",
    "attendance_marked": "participants.presence",
    "decider_named": "session.decider",
    "quorum_overridden": "session.quorum_override",
    "phase_started": "session.phase",
    "move_proposed": "proposed_moves.rank",
    "proposal_withdrawn": "proposed_moves.status=withdrawn",
    "proposal_answered": "proposed_moves.status=declined",
    "free_mode_set": "session.free_movers",
    "card_moved": "cards.rank",
    "cards_moved": "cards.rank",
    "cards_merged": "withdrawn.reason",
    "card_added": "cards.id",
    "card_edited": "cards.title",
    "card_split": "cards.parent",
    "card_withdrawn": "withdrawn.reason",
    "note_added": "notes.text",
    "decisions_made": "decisions.word",
    "dissent_recorded": "dissent.answer",
    "question_parked": "parked.text",
    "action_agreed": "actions.what",
    "line_drawn": "session.line",
    "what_if_named": "what_ifs.name",
    "next_session_set": "session.next_session",
    "objectives_changed": "objectives.text",
    "objectives_confirmed": "session.objectives_confirmed",
    "team_changed": "teams.people",
    "round_opened": "rounds.method",
    "ballots_revealed": "rounds.ballots",
    "group_order_taken": "rounds.outcome",
    "board_kept": "rounds.outcome",
    "voting_time_set": "rounds.until=Tuesday",
    "round_dropped": "rounds.status=dropped",
    "consent_answered": "rounds.answer",
    "outcomes_confirmed": "outcomes.outcome",
    "fate_answered": "fates.fate",
    "card_linked": "links.was",
    "card_delivered": "delivered.date",
    "adoption_measured": "delivered.readings",
    "adoption_accepted": "delivered.accepted",
    "sponsor_answered": "sponsor_answers.confirmed",
    "leftover_answered": "leftovers.answer=done",
    "talk_opened": "talks.planned",
    "talk_closed": "talks.outcome",
}
"""Where the JSON export shows what an event did, as a path from the top through lists, and the value there if only one will do."""

NOT_EXPORTED = {
    "ballot_sealed": "a vote is exported only after its reveal, with `ballots_revealed`",
    "session_reopened": "the export shows whether it is closed now",
    "session_taken_over": "the export shows the session, not the window that leads it",
    "timer_started": "the export has the minutes used, not the clock",
    "timer_stopped": "the export has the minutes used, not the clock",
    "time_added": "the export has the minutes used, not the plan of the phases",
    "phase_minutes_set": "the export has the minutes used, not the plan of the phases",
    "talk_put_off": "the export lists the discussions that took place",
    "asker_chosen": "each note and question names who asked",
    "what_if_kept": "the export shows its outcome: the order, cards and teams",
    "undone": "the export shows the state after it",
    "redone": "the export shows the state after it",
}
"""Why an event is not exported."""


def values_at(value: Any, path: str) -> list[Any]:
    """Return the values under a path; a list stands for each of its items."""
    if isinstance(value, list):
        return [found for each in value for found in values_at(each, path)]
    if not path:
        return [value]
    name, _, rest = path.partition(".")
    return values_at(value[name], rest) if isinstance(value, dict) and name in value else []


@pytest.fixture(scope="module")
def exported() -> dict[str, Any]:
    """Return the export of a session in which every event happened."""
    return as_json(every_event().session)


def missing_of(kind: str, cls: type[Event], exported: dict[str, Any]) -> list[str]:
    """Return what an event lacks."""
    missing = []
    if (cls in BOARD) + (cls in MEETING) + (kind in FOLDED_BY_FOLD) != 1 or (cls in BOARD) != cls.undoable:
        missing.append("fold: exactly one of BOARD (if it is undoable) and MEETING")
    if cls not in NARRATORS:
        missing.append("narration: NARRATORS")
    if cls not in SUBJECTS:
        missing.append("subject: SUBJECTS")
    if (kind in EXPORTED) == (kind in NOT_EXPORTED):
        missing.append("export: EXPORTED or NOT_EXPORTED in this file")
    path, _, expected = EXPORTED.get(kind, "").partition("=")
    if path and not [value for value in values_at(exported, path) if (value == expected if expected else value is not None)]:
        missing.append(f"export: nothing at {EXPORTED[kind]}")
    return missing


def test_every_event_has_all_its_places(exported: dict[str, Any]) -> None:
    missing = {kind: missing_of(kind, cls, exported) for kind, cls in KINDS.items()}
    assert {kind: each for kind, each in missing.items() if each} == {}
    assert set(EXPORTED) | set(NOT_EXPORTED) == set(KINDS)


def test_the_schema_rises_once_per_release() -> None:
    """The events are those of the latest release, with its number, or have changed since, with the next one."""
    released = json.loads((LATEST / "fields.json").read_text(encoding="utf-8"))
    number = released["session_opened"].pop("schema_version")
    now = shape()
    del now["session_opened"]["schema_version"]
    assert number + (now != released) == SCHEMA


def test_a_round_about_cards_has_a_subject_and_one_on_an_order_has_none() -> None:
    duel = RoundOpened(round=1, method="duel", cards=("A", "B"), voices=())
    assert SUBJECTS[RoundOpened]([], duel) == "A"
    assert SUBJECTS[RoundOpened]([], duel.model_copy(update={"method": "points"})) == ""
