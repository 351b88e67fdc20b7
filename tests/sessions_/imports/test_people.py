"""Who is in the room, from a table, a list, or typed or pasted lines."""

from __future__ import annotations

import json

import pytest

from sessions.errors import PortfolioError
from sessions.imports.formats.report import PeopleReport
from sessions.imports.people import read_people
from sessions.imports.people_lines import read_people_lines
from sessions.imports.portfolio import read_portfolio


def read(value: object) -> PeopleReport:
    text = value if isinstance(value, str) else json.dumps(value)
    return read_people(text.encode(), "people.csv")


def noticed(value: object) -> list[str]:
    return [notice.text for notice in read(value).noticed]


def test_a_role_and_a_side_are_enough_and_facilitators_and_observers_have_no_voice_unless_given() -> None:
    people = read("Title;Side\nHead of Data & BI;IT\nVP Sales;Business\nVP Sales;biz\n").people
    assert [(person.id, person.side, person.seat, person.votes) for person in people] == [
        ("head-of-data-bi", "it", "voter", True), ("vp-sales", "business", "voter", True), ("vp-sales-2", "business", "voter", True),
    ]  # fmt: skip
    people = read("role,side,seat,votes\nPMO,it,Facilitator,\nGuest,business,observer,\nCEO,business,observer,yes\nLead,,facilitator,\n").people
    assert [(person.side, person.votes) for person in people] == [("it", False), ("business", False), ("business", True), ("", False)]
    listed = [{"role": "COO", "side": "business", "seat": "decider"}, {"role": "CIO", "side": "IT", "new_in_role": True}]
    for value in (listed, {"participants": listed}):
        found = [(person.id, person.seat, person.new_in_role) for person in read(value).people]
        assert found == [("coo", "decider", False), ("cio", "voter", True)]


@pytest.mark.parametrize(("text", "words"), [
    ("role,seat\nCOO,voter\n", "no column is called side"), ("role,side\nCFO,\n", "not a side"),
    ("role,side\nCOO,busines\n,it\n", "line 2: “busines” is not a side; business, it, or the name of another side was expected; "
     "line 3: the role is missing"),
    ("role,side,seat\nCOO,it,king\n", "line 2: “king” is not a seat"),
    ("role,side,seat\nA,it,decider\nB,business,decider\n", "only one can be the decider, not A, B"),
    ("id,role,side,seat\nx,A,it,decider\nx,B,it,decider\n", "more than once: “x” (A and B); only one can be the decider, not A, B."),
    ('[{"role": "A", "side": "it", "seat": "king"}, {"side": "it"}]', "; [1]: the role is missing."),
    ('[{"role": "A", "side": "it", "votes": "maybe"}]', "[0].votes: true or false"), ("role,side\n" + "A,it\n" * 300, "at most 200 people"),
])  # fmt: skip
def test_what_is_wrong_is_named(text: str, words: str) -> None:
    with pytest.raises(PortfolioError) as error:
        read(text)
    assert words in str(error.value)


ROLE, SIDE, NOTE = "R" * 100_000, "s" * 500, "a\u202enote"


@pytest.mark.promise("text-H1")
@pytest.mark.parametrize(("text", "places"), [
    (f"Role,Side,Note\n{ROLE},{SIDE},{NOTE}\n", ["line 2, Role", "line 2, Side", "line 2, Note"]),
    (json.dumps([{"role": ROLE, "side": SIDE, "note": NOTE}]), ["[0].role", "[0].side", "[0].note"]),
])  # fmt: skip
def test_what_is_changed_in_people_is_told_with_its_place(text: str, places: list[str]) -> None:
    report = read(text)
    whats = ["cut from 100000 to 60 characters", "cut from 500 to 20 characters", "1 direction mark replaced"]
    assert sorted(notice.sentence() for notice in report.changed) == sorted(map(": ".join, zip(places, whats, strict=True)))
    assert report.sentences()[0] == "1 participant read from people.csv"
    assert sum(line.kind == "changed" for line in report.lines()) == 3
    assert report.as_json()["changed"][0]["text"] in whats


def test_who_is_missing_and_what_does_not_count_is_noticed() -> None:
    no_decider = "it has no decider: choose one in the session"
    assert noticed("role,side,seat\nPMO Lead,,facilitator\nChair,board,decider\n") == [
        "Chair votes, but does not decide: the decider is a voter of the business side"
    ]
    assert noticed("role,side,seat\nPMO,business,facilitator\nCFO,business,\n") == [
        "PMO facilitates without a vote, so the side counts only with yes in a column votes", no_decider,
    ]  # fmt: skip
    assert noticed("role,side\nCFO,business\n") == [
        no_decider, "it has no facilitator: the session adds one, who does not vote",
    ]  # fmt: skip


def test_columns_and_keys_that_are_not_known_are_told() -> None:
    people = [{"role": "CFO", "side": "business", "seat": "decider", "e-mail": "a@b.example"}, {"name": "PMO", "seat": "facilitator", "Phone": 1}]
    words = "not read, because a person has no such field: “e-mail”, “Phone”"
    portfolio = read_portfolio(json.dumps({"projects": [{"title": "x"}], "participants": people}).encode(), "cards.json")
    for told in (noticed(people), [notice.text for notice in portfolio.noticed]):
        assert [text.partition(";")[0] for text in told] == [words]
    assert noticed("role,side,seat,e-mail,Phone\nCFO,business,decider,a@b.example,1\nPMO,,facilitator,,\n") == [
        f"{words}; known are role, id, side, seat, votes, new in role, note"
    ]


# --- as lines


@pytest.mark.parametrize(("line", "person"), [
    ("CFO business", ("CFO", "business", "voter")), ("CFO, Business", ("CFO", "business", "voter")),
    ("Head of Data & BI\tIT", ("Head of Data & BI", "it", "voter")), ("Head of IT it", ("Head of IT", "it", "voter")),
    ("COO business decides", ("COO", "business", "decider")), ("COO; decider", ("COO", "business", "decider")),
    ("Chair, board", ("Chair", "board", "voter")), ("PMO Lead facilitator", ("PMO Lead", "", "facilitator")),
    ("PMO Lead, IT, facilitator", ("PMO Lead", "", "facilitator")), ("Auditor, IT, observer", ("Auditor", "it", "observer")),
    ("Board member IT", ("Board member", "it", "voter")), ("  , ", None), ("CIO", None), ("Head of IT", None), ("CFO, busines", None),
    ("Anna, CFO, business", None), ("CIO, IT, decider", None), ("x" * 61 + ", IT", None),
])  # fmt: skip
def test_a_line_names_a_role_its_side_and_its_seat(line: str, person: tuple[str, str, str] | None) -> None:
    people, wrong = read_people_lines(line)
    assert [(each.role, each.side, each.seat) for each in people] == ([person] if person else [])
    assert [each.startswith("Line 1: ") for each in wrong] == ([] if person else [True])


def test_many_at_once_with_a_heading_empty_lines_and_a_side_for_those_that_name_none() -> None:
    people, wrong = read_people_lines("Role,Side\nCFO, business\n\nCIO IT / CTO\ncfo\r\n", "it")
    assert [(each.line, each.role, each.side) for each in people] == [(2, "CFO", "business"), (4, "CIO", "it"), (4, "CTO", "it")]
    assert wrong == ["Line 5: cfo is already in line 2."]
