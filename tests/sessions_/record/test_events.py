"""Events as they are in the record: every kind round-trips, holds plain values, and a wrong record is refused with a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from record_release import every_event
from support import assert_sentence, folded

from sessions.errors import RecordError
from sessions.record import events as ev
from sessions.record.events import KINDS, Event, Recorded, recorded_from

EXAMPLES = every_event().live.recordeds
"""Every event that happens in a whole session, of every kind."""
BY_KIND = {each.event.kind: each.event for each in EXAMPLES}


def record_of(event: Event, seq: int = 1) -> dict[str, Any]:
    return Recorded(seq, "2026-06-30T09:00:00Z", "pmo-lead", 12, event).as_record()


def plain(value: object) -> bool:
    match value:
        case None | bool() | int() | str():
            return True
        case list():
            return all(map(plain, value))
        case dict():
            return all(isinstance(name, str) and plain(each) for name, each in value.items())
    return False


def refused(record: dict[str, Any]) -> str:
    with pytest.raises(RecordError) as caught:
        recorded_from(record)
    sentence = str(caught.value)
    assert_sentence(sentence)
    return sentence


def test_every_kind_of_event_comes_back_from_the_record_as_it_was() -> None:
    assert set(BY_KIND) == set(KINDS)
    for recorded in EXAMPLES:
        record = recorded.as_record()
        assert plain(record)
        again = recorded_from(json.loads(json.dumps({**record, "chain": "9f2c"})))
        assert again == recorded
        assert type(again.event) is type(recorded.event)
        assert again.as_record() == record


def test_no_field_of_an_event_is_hidden_by_what_stands_around_it() -> None:
    for cls in KINDS.values():
        assert not set(cls.model_fields) & {"seq", "at", "by", "elapsed", "chain"}


@pytest.mark.parametrize("kind", ["card_sold", "", None, 7, ["card_moved"], {}])
def test_an_unknown_kind_is_refused(kind: object) -> None:
    sentence = refused({**record_of(BY_KIND["card_moved"], 41), "kind": kind})
    assert "Record 41" in sentence
    assert "newer version" in sentence


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
def test_a_field_that_is_missing_or_not_known_is_named(cls: type[Event]) -> None:
    record = record_of(BY_KIND[cls.kind], 41)
    assert "the field unheard_of " in refused({**record, "unheard_of": {"x": [1]}})
    for field in (name for name, info in cls.model_fields.items() if info.is_required()):
        sentence = refused({key: value for key, value in record.items() if key != field})
        assert "Record 41" in sentence
        assert f"the field {field} " in sentence


def test_what_stands_around_an_event_must_be_there_and_be_a_number_or_a_text() -> None:
    record = record_of(BY_KIND["card_moved"])
    for field, other in (("seq", "1"), ("at", 1), ("by", None), ("elapsed", 1.5)):
        assert "must be whole numbers" in refused({**record, field: other})
        assert "lacks its seq, time, author or seconds" in refused({key: value for key, value in record.items() if key != field})


def test_a_hostile_record_is_named_in_one_clean_line() -> None:
    for hostile in ({"kind": "\x1b[2J\n" * 50}, {"kind": "card_moved", "seq": 10**5000}, {**record_of(BY_KIND["undone"]), "\x1b[2J\n": 1}):
        sentence = refused(hostile)
        assert "\x1b" not in sentence
        assert len(sentence) < 300


def test_fields_at_their_default_are_left_out_of_the_record() -> None:
    assert set(record_of(ev.CardMoved(card="P1", old=1, new=2))) == {"seq", "at", "by", "elapsed", "kind", "card", "old", "new"}


def test_a_record_that_does_not_begin_a_session_is_refused() -> None:
    with pytest.raises(RecordError, match="begins with card_moved"):
        folded([record_of(BY_KIND["card_moved"])])
