"""Other programs get the session as values: everything that was revealed, nothing that was not, and a table that reads back."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hostile import CORPUS
from hypothesis import given, settings
from hypothesis import strategies as st
from larkfield import meeting
from record_release import earlier
from series import of_the_sample
from support import PEOPLE, Room, bare, small
from tables import without_order
from workbooks import workbook

from sessions.commands.cards import EditCard, WithdrawCard
from sessions.commands.rounds import DropRound, OpenRound, SealBallot
from sessions.export.csv_export import as_csv
from sessions.export.json_export import as_json
from sessions.export.xlsx_export import as_xlsx
from sessions.imports.formats.cells import NOTHING
from sessions.imports.formats.report import LoadReport
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Adoption, Benefit, Budget, Objective, Participant, Portfolio, Project, Team, Work
from sessions.sanitize import clean

KEYS = [
    "format", "company", "session", "objectives", "cards", "cut_rank", "teams", "what_ifs", "decisions", "participants", "rounds", "moves", "actions",
    "proposed_moves", "parked", "dissent", "talks", "measures", "changes", "vote_again", "belonging", "look_back", "outcomes", "fates", "links",
    "delivered", "adopted", "value_realised", "leftovers", "sponsor_answers", "overrides", "withdrawn", "notes",
]  # fmt: skip


def table_of(*projects: Project) -> str:
    return as_csv(Room(Portfolio(projects=projects)).session)


def read_back(text: str) -> tuple[Project, ...]:
    return read_portfolio(text.encode(), "export.csv").portfolio.projects


# --- what other programs get


def test_the_whole_meeting_is_there_and_every_card_carries_its_plan() -> None:
    exported = json.loads(json.dumps(as_json(meeting().session), allow_nan=False))
    assert list(exported) == KEYS
    about = {"id": "2026-Q3", "quarter": "2026-Q3", "phase": "close", "closed": True, "events": 187, "minutes": 90, "decider": "coo"}
    assert exported["session"].items() >= about.items()
    assert [card["rank"] for card in exported["cards"]] == list(range(1, 26))
    counts = {"decisions": 25, "participants": 12, "rounds": 7, "actions": 6, "parked": 2, "dissent": 3, "withdrawn": 0, "notes": 1}
    assert {name: len(exported[name]) for name in counts} == counts
    (tax,) = (each for each in exported["moves"] if each["title"] == "Northwest price lists and tax")
    assert (tax["first_rank"], tax["last_rank"]) == (10, 3)
    assert [(each["by"], each["old_rank"], each["new_rank"]) for each in tax["steps"]] == [("ballot 1", 10, 3), ("COO", 4, 3)]
    ballot, *others = exported["rounds"]
    assert (ballot["status"], ballot["outcome"], ballot["weighting"]) == ("revealed", "order taken", "sides")
    assert {"P01": 12, "P02": 25, "P04": 10, "P10": 15, "P11": 8} in [each.get("points") for each in ballot["ballots"]]
    assert sum(each["abstained"] for each in ballot["ballots"]) == 1
    assert [(each["side"], each["voices"], each["abstained"]) for each in ballot["turnout"]] == [("business", 6, 0), ("it", 5, 1)]
    reading = ballot["reading"]
    assert (reading["headline"], reading["agreed"]) == ("Business and IT agree on 3 of the first 7.", ["P02", "P01", "P10"])
    assert [each["id"] for each in reading["attention"][:3]] == ["P15", "P03", "P06"]
    assert [each["method"] for each in others] == ["score"] * 2 + ["consent"] * 4
    cards = {card["id"]: card for card in exported["cards"]}
    assert (cards["P04"]["start"], cards["P04"]["finish"], cards["P04"]["status"]) == (7, 12, "starts")
    assert cards["P04"]["waits_for"] == {"kind": "team", "teams": ["WEB"], "cards": ["P10"]}
    assert (cards["P20"]["start"], cards["P20"]["status"], cards["P20"]["reason"]) == (None, "out", "Stopped.")
    assert exported["cut_rank"] == 14
    assert {team["id"]: team["capacity"] for team in exported["teams"]}["SEC"] == 6.5


def test_the_use_of_what_was_delivered_is_exported() -> None:
    values = as_json(Room(small(), past=earlier().model_copy(update={"delivered": of_the_sample()})).session)
    assert [(each["status"], each["reached"], each["reading_due"]) for each in values["delivered"]] == [
        ("below", 0.586, False), ("adopted", 1.0, False), ("adopted", 1.0, False), ("not measured", None, True),
    ]  # fmt: skip
    assert values["adopted"] == {"adopted": 2, "below": 1, "unmeasured": 1, "of": 4, "accepted": 0}
    assert values["value_realised"] == {"realised": 17_700, "promised": 25_500, "unmeasured": 1, "of": 4}


def test_a_sealed_ballot_says_only_who_has_voted() -> None:
    told = set()
    for points in ({"A": 25}, {"B": 3, "C": 25}, {}, None):
        room = Room(bare()).everybody()
        room.do(OpenRound(), SealBallot(round=1, voice="coo", points=points))
        sealed = json.dumps(as_json(room.session)), as_csv(room.session)
        room.do(DropRound(round=1, reason="wrong cards"))
        told.add((*sealed, json.dumps(as_json(room.session)), as_csv(room.session)))
    ((text, *_),) = told
    assert json.loads(text)["rounds"][0]["voted"] == ["coo"]
    assert "seal" not in text.replace("sealed", "")


# --- what `export` writes, `new` reads back


@pytest.mark.promise("import-I2")
def test_what_happened_is_left_out_of_a_table_that_reads_back_and_it_is_told() -> None:
    text = as_csv(meeting(close=False).session)
    row = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))[4]
    assert ",9000," in text
    assert (row["start"], row["finish"], row["status"], row["reason"]) == ("1", "3", "starts", "Can start now.")
    assert (row["decision"], row["decision sentence"], row["decision week"]) == ("start", "Start on Monday 6 July.", "1")
    report = read_portfolio(text.encode(), "export.csv")
    [told] = report.skipped
    assert told.text.startswith("what happened in the exported session (start, finish, status, reason, waits_for, pulled_by, decision, ")
    assert told.text.endswith("); its cards are read")
    assert report.kept == ()
    assert {card.fields for card in report.portfolio.projects} == {()}


@pytest.mark.promise("import-I2")
def test_fields_that_are_called_like_our_own_columns_read_back_under_their_names() -> None:
    names = (
        "kind", "kind (2)", "kind (2) (2)", "start", "start (3)", "reason", "finish", "decision", "status", "rank", "id (2)", "Kind", "Risk (2)",
        "effort Web (person-weeks, 2 people)", "crew Web (people at once)", "Team", "Effort (days)",
    )  # fmt: skip
    fields = tuple((name, f"the text of {name}") for name in names)
    cards = (Project(id="C1", title="One", kind="run", fields=fields), Project(id="C2", title="Two", fields=fields[3:5]))
    once = table_of(*cards)
    assert read_back(once) == cards
    assert table_of(*read_back(once)) == once


def brought(room: Room) -> Portfolio:
    """Return the portfolio of a session as it is now: what an export is to be read back to."""
    session = room.session
    now = {"projects": tuple(session.cards[card] for card in session.order), "teams": session.teams, "participants": tuple(session.people.values())}
    return session.portfolio.model_copy(update=now)


def from_json(room: Room) -> LoadReport:
    return read_portfolio(json.dumps(as_json(room.session), ensure_ascii=False).encode(), "export.json")


def test_a_whole_meeting_exported_as_json_is_its_portfolio_again_and_what_happened_is_left_out() -> None:
    room = meeting()
    report = from_json(room)
    assert report.portfolio == brought(room)
    assert [notice.text for notice in report.skipped] == ["what happened in the exported session; its cards, teams and people are read"]
    assert (report.changed, report.kept) == ((), ())


def test_a_card_that_needs_a_withdrawn_one_reads_back_without_the_need(live: Room) -> None:
    needing = live.session.cards["P2"].model_copy(update={"needs": ("P1",), "objective": "None of ours"})
    live.do(EditCard(card=needing), WithdrawCard(card="P1", reason="gone"))
    report = from_json(live)
    assert report.portfolio.projects[0] == needing.model_copy(update={"needs": ()})
    assert any("was withdrawn" in notice.text for notice in report.skipped)


SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with."""
FORMULAS = st.sampled_from([sign + rest for sign in ("", "'", "''", " ", *SIGNS) for rest in ("=1", "-2+3", "SUM(A1)", "＝1", "x")])
WORDS = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(CORPUS), max_size=3).map("".join), FORMULAS)


def one_line(limit: int = 200) -> st.SearchStrategy[str]:
    return WORDS.map(lambda text: clean(text, limit))


def named() -> st.SearchStrategy[str]:
    """Return names other than the words for "no one", which are read as no name."""
    return one_line().filter(lambda text: text.casefold() not in NOTHING or not text)


LINES = WORDS.map(lambda text: clean(f"{text}\n{text}", 4000, keep_lines=True))
AMOUNTS = st.none() | st.integers(0, 10**12)
CURRENCIES = st.sampled_from(["", "EUR", "$", "XAF", "<b>|", "1", "=1"])
FIELD_NAMES = st.tuples(st.sampled_from(["", "=", "'=", "-"]), one_line(60)).map(lambda parts: clean(f"{parts[0]}Our {parts[1]}", 60))


def work_of(team: str) -> st.SearchStrategy[Work]:
    return st.builds(Work, team=st.just(team), effort=st.integers(0, 400), crew=st.none() | st.integers(1, 30))


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "title": one_line().map(lambda text: text or "x"), "description": LINES, "objective": named(), "sponsor": named(), "it_partner": named(),
    "benefit": st.builds(Benefit, text=one_line(), change=one_line(), effect=one_line(), monthly=AMOUNTS)
    | st.builds(Benefit, text=one_line(), monthly=st.integers(0, 10**12), currency=st.sampled_from(["EUR", "CAD", "$"])),
    "adoption": st.builds(Adoption, who=one_line(), measure=one_line(), baseline=one_line(), plan_owner=named()),
    "kind": st.sampled_from(["grow", "run", "comply", "direction"]), "state": st.sampled_from(["new", "in_flight", "adopt", "done"]),
    "must": st.booleans(), "rule": one_line(), "rule_by": one_line(), "rule_owner": named(), "origin": st.sampled_from(["", "business", "it"]),
    "earliest_week": st.integers(1, 20), "deadline_week": st.none() | st.integers(1, 40), "previous_rank": st.none() | st.integers(1, 99),
    "order_taker_version": LINES, "arguments_for": LINES, "arguments_against": LINES, "note": LINES,
    "fields": st.dictionaries(FIELD_NAMES, LINES.filter(bool), max_size=2).map(lambda fields: tuple(fields.items())),
    "work": st.tuples(work_of("W"), work_of("[/]")),
}  # fmt: skip


@st.composite
def cards_of(draw: st.DrawFn, *, tables: bool) -> tuple[Project, ...]:
    """Return hostile cards: all that JSON holds, or what a table does."""
    ids = draw(st.lists(one_line(40).filter(bool), min_size=1, max_size=3, unique=True))
    budget = st.none() | st.builds(Budget, amount=st.integers(0, 10**12), currency=CURRENCIES)
    parent = st.just("") if tables else one_line(60)
    drawn = st.fixed_dictionaries(FIELDS | {"budget": budget, "parent": parent})
    return tuple(Project(id=card, needs=tuple(ids[:number][-1:]), **draw(drawn)) for number, card in enumerate(ids))


@pytest.mark.promise("import-I1", "import-I2")
@settings(max_examples=50)
@given(cards_of(tables=True))
def test_any_hostile_cards_read_back_equal_from_a_table_without_a_formula(cards: tuple[Project, ...]) -> None:
    session = Room(Portfolio(projects=cards)).session
    written, book = as_csv(session), as_xlsx(session)
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert [cell for row in rows for cell in row if cell.startswith(SIGNS)] == []
    again = read_back(written)
    assert as_xlsx(session) == book
    made_of_it = workbook(*rows)
    assert [read_portfolio(data, "x.xlsx").portfolio.projects for data in (book, made_of_it)] == [again, again]
    # The columns of a table have one order for all cards.
    assert list(map(without_order, again)) == list(map(without_order, cards))


@pytest.mark.promise("import-I2")
@settings(max_examples=50)
@given(cards_of(tables=False), st.lists(one_line(), min_size=6, max_size=6), st.integers(0, 200))
def test_any_hostile_portfolio_reads_back_equal_from_json(cards: tuple[Project, ...], texts: list[str], people: int) -> None:
    name, about, text, owner, role, currency = texts
    portfolio = Portfolio(
        name=name, about=about, quarter="2026-Q4", quarter_start="2026-10-05", weeks_in_quarter=12, horizon_weeks=40, session_date="2026-09-30",
        minutes=75, currency=currency, projects=cards,
        objectives=(Objective(id="O[1]", rank=1, text=text or "O[1]", owner=owner, new=True, note=text), Objective(id="x", rank=2, text="x")),
        teams=(Team(id="W", name=name or "W", people=people, key=True, by_week=((2, 5), (7, people))), Team(id="[/]", name="[/]", people=0)),
        participants=(*PEOPLE, Participant(id=text[:40].strip() or "p", role=role[:50].strip() or "p", side="it", new_in_role=True, note=about)),
    )  # fmt: skip
    room = Room(portfolio)
    assert from_json(room).portfolio == brought(room) == portfolio
