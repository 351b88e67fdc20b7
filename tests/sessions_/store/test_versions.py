"""Sessions of other versions (RELIABILITY S19, S25): what an older one wrote opens and continues, what a newer one wrote is read and left alone.

The files under `fixtures/releases` were written once by the version that their folder names (see `record_release`), and are never written again:
`fields.json` holds what its records may leave out, and what that means.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from disk import read_session
from record_release import shape
from store import Quick, assert_ballots_open, library
from support import FIXTURES

from sessions.commands.cards import MoveCard, NoteOnCard
from sessions.commands.rounds import RevealBallots, SealBallot
from sessions.errors import RecordError
from sessions.record.events import SCHEMA
from sessions.replay.timeline import Timeline
from sessions.state.fold import replay
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.lines import session_file
from sessions.store.tinydb.repair import check
from sessions.store.tinydb.urn import Urn
from sessions.summary.markdown import summary

RELEASES = FIXTURES / "releases"


# ---------------------------------------------------------------- older sessions


@pytest.mark.promise("store-S25")
@pytest.mark.parametrize("name", sorted(path.name for path in RELEASES.iterdir()))
def test_a_session_of_every_release_opens_as_it_was_and_goes_on(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "library"
    shutil.copytree(RELEASES / name, folder, ignore=shutil.ignore_patterns("fields.json"))
    path, written = folder / "every-event.json", (RELEASES / name / "every-event.json").read_bytes()
    assert check(path).whole
    [entry] = [entry for entry in library(folder).entries() if entry.file == path.name]
    assert (entry.title, entry.problem) == ("Golden [/] Zürich ☃", "")
    with library(folder).open(path) as opened:
        assert (opened.read_only, opened.notices) == (False, ())
        session = opened.live.session
        assert len(opened.live.recordeds) == entry.events == session.seq
        assert session.closed
        assert "Price lists anew" in summary(session)
        timeline = Timeline(opened.live.recordeds)
        assert all(timeline.sentence(position) for position in range(1, len(timeline) + 1))
        assert path.read_bytes() == written, "opening changes nothing"
    assert replay(read_session(path)[0]) == session
    path = folder / "voting.json"
    written = path.read_bytes()
    with library(folder).open(path) as opened:
        assert_ballots_open(opened.live, Urn(path.with_suffix(".urn")))
        opened.live.perform(SealBallot(round=1, voice="architect", points={"D": 3}))
        [revealed] = opened.live.perform(RevealBallots(round=1, override="go"))
        assert len(revealed.event.ballots) == 4  # type: ignore[attr-defined]
        opened.live.perform(MoveCard(card="D", to=1))
    assert path.read_bytes().startswith(written[:-2])
    assert check(path).whole


@pytest.mark.promise("store-S25")
@pytest.mark.parametrize("path", sorted(RELEASES.glob("*/fields.json")), ids=lambda path: path.parent.name)
def test_no_field_of_a_release_was_lost_or_means_something_else_and_new_ones_are_optional(path: Path) -> None:
    """A record omits what is at its default: a changed default would silently change old sessions."""
    now = shape()
    for cls, fields in json.loads(path.read_bytes()).items():
        assert cls in now, f"{cls} is gone"
        for field, default in fields.items():
            assert field in now[cls], f"{cls}.{field} is gone"
            if not isinstance(default, dict) and field != "schema_version":  # never omitted; the parts of a part have an entry of their own
                assert now[cls][field] == default, f"{cls}.{field} means something else if it is omitted"
        for field, default in now[cls].items():
            assert field in fields or field == "kind" or default != "required", f"{cls}.{field} is new, and older records do not have it"


# ---------------------------------------------------------------- newer sessions


KNOWN: list[dict[str, Any]] = [
    {key: value for key, value in record.items() if key != "chain"}
    for record in json.loads((RELEASES / "0.1.0" / "every-event.json").read_bytes())["events"].values()
]
"""One record after the other of a session with every event in it."""
UNKNOWN = {**KNOWN[20], "kind": "teleported", "to": {"x": [1, None]}}
NEWER_FIELD = {**KNOWN[20], "unheard_of": {"x": [1]}}
NEWER_SCHEMA = {**KNOWN[0], "schema_version": SCHEMA + 1}


def written(folder: Path, records: list[dict[str, Any]]) -> Path:
    """Write a session as another version would."""
    folder.mkdir()
    (folder / "newer.json").write_bytes(session_file(records))
    return folder / "newer.json"


@pytest.mark.promise("store-S19")
@pytest.mark.parametrize("torn", [b"", b',"5": {"seq":5'])
@pytest.mark.parametrize(
    ("records", "words", "seq"),
    [
        ([*KNOWN[:20], UNKNOWN, *KNOWN[21:23]], "teleported", 20),
        ([*KNOWN[:20], NEWER_FIELD, *KNOWN[21:23]], "unheard_of|field|newer", 20),
        ([NEWER_SCHEMA, *KNOWN[1:3]], f"schema {SCHEMA + 1}, this one knows {SCHEMA}", 3),
    ],
    ids=["event", "field", "schema"],
)
def test_a_newer_session_is_shown_as_far_as_it_is_known_and_never_written(
    tmp_path: Path, records: list[dict[str, Any]], words: str, seq: int, torn: bytes
) -> None:
    folder = tmp_path / "library"
    path = written(folder, records)
    if torn:  # not even a torn end is cut off
        path.write_bytes(path.read_bytes()[:-2] + torn)
    before = path.read_bytes()
    with library(folder).open(path) as opened:
        assert opened.read_only
        assert re.search(words, opened.notices[0])
        assert path.name in opened.notices[0]
        assert opened.live.session.seq == seq
        for command in (MoveCard(card=opened.live.session.order[2], to=1), NoteOnCard(card="P2", text="x")):
            with pytest.raises(RecordError, match=words):
                opened.live.perform(command)
    with pytest.raises(RecordError, match=r"^newer\.json: "):
        read_session(path)  # nothing is made of a part of a session
    assert library(folder).entries()[0].problem
    assert path.read_bytes() == before
    assert {each.name for each in folder.iterdir()} == {path.name, "library.json"}


@pytest.mark.parametrize("version", [SCHEMA + 1, -1, None, "1", True])
def test_a_first_record_that_is_not_known_is_refused_and_left_alone(tmp_path: Path, version: object) -> None:
    path = written(tmp_path / "library", [{**KNOWN[0], "schema_version": version, "unheard": True}])
    before = path.read_bytes()
    with pytest.raises(RecordError, match=r"^newer\.json: .*(schema|field)") as refusal:
        library(path.parent).open(path)
    assert "\n" not in str(refusal.value)
    Journal.open(path, holder="another", ops=Quick()).close()  # the lock was given back
    assert path.read_bytes() == before
