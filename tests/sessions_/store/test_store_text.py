"""What cannot be recorded is refused at the door (RELIABILITY S21): in every field of every event, before a byte is written."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from store import Quick
from support import FIXTURES

from sessions.errors import RecordError
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.urn import Urn

GOLDEN = FIXTURES / "releases" / "0.1.0" / "every-event.json"
RECORDS: list[dict[str, Any]] = [
    {key: value for key, value in record.items() if key != "chain"}
    for record in json.loads(GOLDEN.read_text(encoding="utf-8"))["events"].values()
]
BY_KIND = {record["kind"]: record for record in RECORDS}
BAD = ("half \ud800", "\udfff", b"bytes", math.nan, math.inf, 0.5, {1: "a"}, (1, 2), {"a"})


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the path to every text and number in a record, one of each list."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value[:1]):
            yield from leaves(item, (*path, place))
    else:
        yield path


def with_value(record: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of a record with another value at a path."""
    if not path:
        return value
    copy = dict(record) if isinstance(record, dict) else list(record)
    copy[path[0]] = with_value(record[path[0]], path[1:], value)
    return copy


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.create(tmp_path / "session.json", holder="a test", first=RECORDS[0], ops=Quick()) as journal:
        yield journal


@pytest.mark.promise("store-S21")
@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_the_journal_refuses_it_in_every_field_of_every_event(journal: Journal, kind: str) -> None:
    before, record = journal.path.read_bytes(), {**BY_KIND[kind], "seq": 2}
    paths = list(leaves(record))
    assert len(paths) > 4
    for path in paths:
        for bad in BAD:
            with pytest.raises(RecordError) as refusal:
                journal.append(with_value(record, path, bad))
            assert str(refusal.value).isprintable()
    for path in {leaf[:depth] for leaf in paths for depth in range(len(leaf))}:
        place: Any = record
        for step in path:
            place = place[step]
        for key in (1, "\ud800"):
            if isinstance(place, dict):
                with pytest.raises(RecordError):
                    journal.append(with_value(record, path, {**place, key: "x"}))
    assert journal.path.read_bytes() == before
    journal.append(record)
    assert len(journal.records) == 2


@pytest.mark.parametrize("bad", BAD[::3], ids=repr)
def test_an_urn_refuses_it_in_a_ballot_and_as_a_voice(tmp_path: Path, bad: Any) -> None:
    urn = Urn(tmp_path / "session.urn", salt=lambda: "0" * 32)
    for ballot in (bad, {"points": bad}, {"ranking": [["A", bad]]}, {"scores": {"A": {"deep": [bad]}}}):
        with pytest.raises(RecordError):
            urn.seal(1, "coo", ballot)
    if isinstance(bad, str):
        with pytest.raises(RecordError):
            urn.seal(1, bad, {})
    assert not urn.path.exists()
