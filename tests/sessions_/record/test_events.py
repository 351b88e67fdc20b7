"""Events as they stand in the record: every kind round-trips, holds plain values, and a wrong record is refused with a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support import PEOPLE, assert_sentence, folded, small

from sessions.errors import RecordError
from sessions.portfolio.models import Adoption, Benefit, Budget, Participant, Project, Team, Work
from sessions.record import events as ev
from sessions.record.events import KINDS, SCHEMA, Decision, Event, Recorded, recorded_from

FULL = Project(
    id="P9",
    title="Ünïcode [/] — “all”",
    description="two\nlines",
    objective="O1",
    sponsor="CFO",
    it_partner="CIO",
    benefit=Benefit(text="3% more", change="a", effect="b", business_effect="c", monthly=10**15),
    adoption=Adoption(who="all", measure="m", baseline="0.5", target="80", by="2026-12-31", plan_owner="CFO"),
    budget=Budget(amount=6279429, currency="CAD"),
    kind="comply",
    state="in_flight",
    must=True,
    origin="it",
    work=(Work(team="WEB", effort=5), Work(team="ERP", effort=140, crew=20)),
    needs=("P1", "P2"),
    earliest_week=3,
    deadline_week=11,
    previous_rank=2,
    order_taker_version="new servers",
    note="n",
    parent="P1",
    fields=(("Region", "West"), ("Région", "")),
)
DECISION = Decision(
    card="P9", word="hold", sentence="On hold.", owner="CFO", week=3, finish=9, until="2026-09-29", missing="m", why="w",
    rules=("it has no sponsor",), override="o", provisional=True, proposed=True,
)  # fmt: skip
TEAM = Team(id="WEB", name="Web", people=20, key=True, by_week=((5, 0), (6, 30)))
PERSON = Participant(id="x", role="X", side="it", seat="observer", votes=False, new_in_role=True, note="n")

EXAMPLES: tuple[Event, ...] = (
    ev.SessionOpened(session="s", title="t", quarter="q", facilitator="f", minutes=90, source="a.csv", read=("1 row",), portfolio=small()),
    ev.SessionClosed(undecided=("P1",)),
    ev.ParticipantAdded(participant=PERSON),
    ev.ParticipantChanged(old=PEOPLE[0], new=PERSON),
    ev.AttendanceMarked(person="cfo", old="expected", new="proxy", proxy="coo"),
    ev.DeciderNamed(person="cfo", old="coo"),
    ev.QuorumOverridden(reason="r", missing=("it", "business")),
    ev.PhaseStarted(phase="open", old="prepare", planned=300, used=0),
    ev.TimerStarted(),
    ev.TimerStopped(used=12),
    ev.TimeAdded(seconds=120),
    ev.AskerChosen(person="cfo", old=""),
    ev.CardMoved(card="P1", old=1, new=4, asked_by="cfo", reason="r"),
    ev.NoteAdded(card="P1", text="t", asked_by="cfo", about=7),
    ev.CardAdded(card=FULL, rank=2, asked_by="cfo"),
    ev.CardEdited(old=small().projects[0], new=FULL, changed=("title", "note"), asked_by="cfo"),
    ev.CardSplit(old=FULL, first=FULL, second=small().projects[0], rank=3, asked_by="cfo"),
    ev.CardWithdrawn(card=FULL, rank=2, reason="r", decision=DECISION, asked_by="cfo"),
    ev.DecisionsMade(decisions=(DECISION,), old=(Decision(card="P1", word="start", sentence="s"),)),
    ev.DissentRecorded(card="P1", who="CIO", stance="objection", text="t", answer="a"),
    ev.QuestionParked(text="t", card="P1", asked_by="cfo"),
    ev.ActionAgreed(what="w", who="CIO", by_when="2026-09-29", card="P1"),
    ev.TeamChanged(old=small().teams[0], new=TEAM, asked_by="cfo"),
    ev.WhatIfKept(
        sentence="s",
        effect="e",
        old_order=("P1", "P2"),
        new_order=("P9",),
        old_cards=small().projects[:2],
        new_cards=(FULL,),
        old_teams=(small().teams[0],),
        new_teams=(TEAM,),
        old_decisions=(DECISION,),
        asked_by="cfo",
    ),
    ev.GroupOrderTaken(round=1, weighting="person", old=("P1", "P2"), new=("P2", "P1")),
    ev.BoardKept(round=1, reason="r"),
    ev.RoundOpened(round=1, budget=100, cap=25, cards=("P1", "P2"), voices=("cfo",)),
    ev.BallotSealed(round=1, voice="cfo", seal="0" * 64),
    ev.BallotsRevealed(
        round=1,
        ballots=(
            ev.RevealedBallot(voice="cfo", side="business", salt="s", seal="0" * 64, points=(("P1", 25), ("P2", 3))),
            ev.RevealedBallot(voice="cio", side="it", salt="s", seal="1" * 64, abstained=True),
        ),
        missing=("coo",),
        tallies=(ev.Tally(weighting="sides", order=("P1", "P2"), totals=(25, 3), mean_tenths=(250, 30)),),
        side_orders=(("business", ("P1", "P2")),),
        override="r",
    ),
    ev.RoundDropped(round=1, reason="r"),
    ev.Undone(undoes=7),
    ev.Redone(redoes=7),
    ev.TalkOpened(card="P1", planned=240),
    ev.TalkClosed(card="P1", outcome="differ", used=200, note="n"),
    ev.ConsentAnswered(round=3, card="P1", answer="a"),
)
BY_KIND = {event.kind: event for event in EXAMPLES}


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


def test_there_is_an_example_of_every_kind() -> None:
    assert set(BY_KIND) == set(KINDS)
    assert {type(event) for event in EXAMPLES} == set(KINDS.values())


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.kind)
def test_an_event_comes_back_from_the_record_as_it_was(event: Event) -> None:
    recorded = Recorded(7, "2026-06-30T09:00:00Z", "pmo-lead", 12, event)
    record = recorded.as_record()
    assert plain(record)
    again = recorded_from(json.loads(json.dumps({**record, "chain": "9f2c"})))
    assert again == recorded
    assert type(again.event) is type(event)
    assert again.as_record() == record


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
def test_no_field_of_an_event_is_hidden_by_what_stands_around_it(cls: type[Event]) -> None:
    assert not set(cls.model_fields) & {"seq", "at", "by", "elapsed", "chain"}


def test_a_newer_schema_is_refused() -> None:
    sentence = refused({**record_of(BY_KIND["session_opened"]), "schema_version": SCHEMA + 1})
    assert "newer Quarterdeck" in sentence
    assert f"schema {SCHEMA + 1}" in sentence


@pytest.mark.parametrize("kind", ["card_sold", "", None, 7, ["card_moved"], {}])
def test_an_unknown_kind_is_refused(kind: object) -> None:
    sentence = refused({**record_of(BY_KIND["card_moved"], 41), "kind": kind})
    assert "Record 41" in sentence
    assert "newer version" in sentence


@pytest.mark.parametrize(
    ("kind", "field"),
    [(cls.model_fields["kind"].default, name) for cls in KINDS.values() for name, field in cls.model_fields.items() if field.is_required()],
)
def test_a_field_that_is_missing_is_named(kind: str, field: str) -> None:
    record = record_of(BY_KIND[kind], 41)
    del record[field]
    sentence = refused(record)
    assert "Record 41" in sentence
    assert f"the field {field} " in sentence


@pytest.mark.parametrize("field", ["seq", "at", "by", "elapsed"])
def test_what_stands_around_an_event_must_be_there(field: str) -> None:
    record = record_of(BY_KIND["card_moved"])
    del record[field]
    assert "lacks its seq, time, author or seconds" in refused(record)


def test_a_hostile_record_is_named_in_one_clean_line() -> None:
    for hostile in ({"kind": "\x1b[2J\n" * 50}, {"kind": "card_moved", "seq": 10**5000}, {**record_of(BY_KIND["undone"]), "\x1b[2J\n": 1}):
        sentence = refused(hostile)
        assert "\x1b" not in sentence
        assert len(sentence) < 300


def test_fields_at_their_default_are_left_out_of_the_record() -> None:
    assert set(record_of(ev.CardMoved(card="P1", old=1, new=2))) == {"seq", "at", "by", "elapsed", "kind", "card", "old", "new"}


def test_sessions_name_the_one_they_follow() -> None:
    """A series is found by going back from the last session; the record of a session that follows none is what it always was."""
    opened = next(each for each in EXAMPLES if isinstance(each, ev.SessionOpened))
    series = [opened.model_copy(update={"session": quarter, "after": after}) for quarter, after in (("q1", ""), ("q2", "q1"), ("q3", "q2"))]
    library = {each.session: recorded_from(record_of(each)).event for each in series}
    assert ["after" in record_of(each) for each in series] == [False, True, True]
    found, session = [], "q3"
    while session:
        event = library[session]
        assert isinstance(event, ev.SessionOpened)
        found.append(session)
        session = event.after
    assert found == ["q3", "q2", "q1"]


def test_a_record_that_does_not_begin_a_session_is_refused() -> None:
    with pytest.raises(RecordError, match="begins with card_moved"):
        folded([record_of(BY_KIND["card_moved"])])
