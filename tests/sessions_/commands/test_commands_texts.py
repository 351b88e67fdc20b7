"""Any text in any field of any command: nothing that acts on a terminal, or hides, is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hostile import LOUD
from pydantic import ValidationError
from record_release import earlier, every_command
from support import Room, all_commands, small

from sessions.commands.base import Command, CommandContext
from sessions.errors import SessionError
from sessions.handling.dispatch import handle

TEXTS = ("\x1b[2J\x9b31m\u202e\u200f\x00said\x07\x7f\ufeff", "one\r\n\ttwo\u2028three\x85said\u2066", "\x1b]0;said\x07\U000e0041\u061c")


def with_text(value: Any, text: str, place: str = "") -> Iterator[tuple[str, Any]]:
    """Return a value with a text in place of each of its texts, one at a time, and of each empty one; some results are refused as values."""
    if isinstance(value, str) or value is None:
        yield place, text
    elif isinstance(value, dict):
        for key, item in value.items():
            for where, other in with_text(item, text, f"{place}.{key}"):
                yield where, {**value, key: other}
        yield f"{place} as a key", {**dict(list(value.items())[1:]), text: next(iter(value.values()), 1)}
    elif isinstance(value, (tuple, list)):
        for number, item in enumerate(value):
            for where, other in with_text(item, text, f"{place}[]"):
                yield where, (*value[:number], other, *value[number + 1 :])
        yield from ((f"{place} with a text", (*value, text)), (f"{place} with two texts", (*value, (text, text))))


def texts_in(value: Any) -> Iterator[str]:
    """Return every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in texts_in(part))
    elif isinstance(value, (tuple, list)):
        yield from (text for part in value for text in texts_in(part))


def decided(room: Room, command: Command) -> Iterator[tuple[str, list[str]]]:
    """Return each field that took a hostile text, with all texts that would be recorded or sealed for it."""
    for text in TEXTS:
        for place, fields in with_text(command.model_dump(), text):
            urn = deepcopy(room.urn)
            try:
                other = type(command).model_validate(fields)
                events = handle(room.session, other, CommandContext(urn, room.live.elapsed, room.live.facilitator))
            except (ValidationError, SessionError):
                continue
            sealed = [ballot for key, ballot in urn.ballots.items() if key not in room.urn.ballots]
            yield f"{type(command).__name__}{place}", [*texts_in([event.model_dump(mode="json") for event in events]), *texts_in(sealed)]


@pytest.fixture(scope="module")
def tried() -> tuple[set[type[Command]], dict[str, list[str]]]:
    """Go through a session with every command in it, and try each with hostile texts just before it is performed."""
    room, classes, found = Room(small(), past=earlier()), set(), dict[str, list[str]]()
    for command in every_command(room.live):
        room.clock.advance(7)
        classes.add(type(command))
        for place, texts in decided(room, command):
            found.setdefault(place, []).extend(texts)
        room.do(command)
    return classes, found


def test_every_command_is_tried(tried: tuple[set[type[Command]], dict[str, list[str]]]) -> None:
    """A new command belongs in the session of `record_release`, too."""
    assert {command.__name__ for command in all_commands()} == {command.__name__ for command in tried[0]}


@pytest.mark.promise("text-H1")
def test_no_field_of_a_command_lets_a_text_through_as_it_is(tried: tuple[set[type[Command]], dict[str, list[str]]]) -> None:
    loud = {place: text for place, texts in tried[1].items() for text in texts if LOUD.search(text.replace("\n", ""))}
    assert loud == {}


def test_the_texts_that_people_type_are_taken_and_not_only_refused(tried: tuple[set[type[Command]], dict[str, list[str]]]) -> None:
    taken = {place for place, texts in tried[1].items() if any("said" in text for text in texts)}
    assert taken >= {
        "MoveCard.reason", "NoteOnCard.text", "ParkQuestion.text", "AgreeAction.what", "AgreeAction.who", "WithdrawCard.reason", "AddCard.card.title",
        "EditCard.card.benefit.text", "EditCard.card.adoption.who", "SplitCard.first.title", "AddParticipant.role", "OverrideQuorum.reason",
        "Decide.why", "Decide.missing", "RecordDissent.text", "RecordDissent.answer", "DropRound.reason", "SealBallot.words", "CloseTalk.note",
        "AnswerConsent.answer", "KeepWhatIf.sentence", "KeepWhatIf.effect", "EditTeam.team.name",
    }  # fmt: skip
