"""Who is in the room, from a table or a list."""

import json
from pathlib import Path

import pytest

from sessions.errors import PortfolioError
from sessions.imports.people import load_people, read_people
from sessions.imports.portfolio import read_portfolio
from sessions.sample import sample_portfolio

FIXTURES = Path(__file__).parents[2] / "fixtures"


def read(text):
    return read_people(text.encode(), "people.csv").people


def refused(text):
    with pytest.raises(PortfolioError) as error:
        read(text)
    return str(error.value)


def test_the_sample_gives_the_people_of_its_portfolio():
    report = load_people(FIXTURES / "participants.csv")
    assert (report.changed, report.skipped) == ((), ())
    assert report.people == tuple(person.model_copy(update={"note": ""}) for person in sample_portfolio().participants)


def test_a_role_and_a_side_are_enough():
    people = read("Title;Side\nHead of Data & BI;IT\nVP Sales;Business\nVP Sales;biz\n")
    assert [(person.id, person.side, person.seat, person.votes) for person in people] == [
        ("head-of-data-bi", "it", "voter", True),
        ("vp-sales", "business", "voter", True),
        ("vp-sales-2", "business", "voter", True),
    ]


def test_facilitators_and_observers_have_no_voice_unless_given():
    people = read("role,side,seat,votes\nPMO,it,Facilitator,\nGuest,business,observer,\nCEO,business,observer,yes\n")
    assert [person.votes for person in people] == [False, False, True]


def test_people_in_json():
    people = [{"role": "COO", "side": "business", "seat": "decider"}, {"role": "CIO", "side": "IT", "new_in_role": True}]
    for value in (people, {"participants": people}):
        found = read(json.dumps(value))
        assert [(person.id, person.seat, person.new_in_role) for person in found] == [("coo", "decider", False), ("cio", "voter", True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("role,seat\nCOO,voter\n", "no column is called side"),
        (
            "role,side\nCOO,busines\n,it\n",
            "line 2: “busines” is no side; business, it, or the name of another side was expected; line 3: the role is missing",
        ),
        ("role,side,seat\nCOO,it,king\n", "line 2: “king” is no seat"),
        ("role,side,seat\nA,it,decider\nB,business,decider\n", "only one can be the decider, not A, B"),
        ("id,role,side\nx,A,it\nx,B,it\n", "“x” (A and B)"),
        ("id,role,side,seat\nx,A,it,decider\nx,B,it,decider\n", "more than once: “x” (A and B); only one can be the decider, not A, B."),
        ('[{"role": "A", "side": "it", "seat": "king"}, {"side": "it"}]', "; [1]: the role is missing."),
        ('[{"role": "A", "side": "it", "votes": "maybe"}]', "[0].votes: true or false"),
        ("role,side\n" + "A,it\n" * 300, "more than 200 people"),
    ],
)
def test_what_is_wrong_is_named(text, words):
    assert words in refused(text)


def with_people(people):
    return read_portfolio(json.dumps({"projects": [{"title": "x"}], "participants": people}).encode(), "cards.json")


ROLE, SIDE, NOTE = "R" * 100_000, "s" * 500, "a\u202enote"


@pytest.mark.promise("text-H1")
@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"Role,Side,Note\n{ROLE},{SIDE},{NOTE}\n", ["line 2, Role", "line 2, Side", "line 2, Note"]),
        (json.dumps([{"role": ROLE, "side": SIDE, "note": NOTE}]), ["[0].role", "[0].side", "[0].note"]),
    ],
)
def test_what_is_changed_in_people_is_told_with_its_place(text, places):
    report = read_people(text.encode(), "people.csv")
    whats = ["cut from 100000 to 60 characters", "cut from 500 to 20 characters", "1 direction mark replaced"]
    assert sorted(notice.sentence() for notice in report.changed) == sorted(map(": ".join, zip(places, whats, strict=True)))
    assert report.sentences()[0] == "1 participant read from people.csv"
    assert sum(line.kind == "changed" for line in report.lines()) == 3
    assert report.as_json()["changed"][0]["text"] in whats


def test_a_facilitator_needs_no_side_and_a_decider_of_another_side_is_told_not_to_decide():
    report = read_people(b"role,side,seat\nPMO Lead,,facilitator\nChair,board,decider\n", "people.csv")
    assert [(person.side, person.votes) for person in report.people] == [("", False), ("board", True)]
    assert [each.text for each in report.noticed] == ["Chair votes, but does not decide: the decider is a voter of the business side"]
    assert "no side" in refused("role,side\nCFO,\n")


def test_who_is_missing_and_a_side_that_does_not_count_are_noticed():
    told = ["nobody in it decides: choose the decider in the session"]
    with_side = read_people(b"role,side,seat\nPMO,business,facilitator\nCFO,business,\n", "people.csv").noticed
    assert [each.text for each in with_side] == ["PMO facilitates without a vote, so the side counts only with yes in a column votes", *told]
    told.append("nobody in it facilitates: the session adds a Facilitator, who does not vote")
    assert [each.text for each in read_people(b"role,side\nCFO,business\n", "people.csv").noticed] == told


def test_columns_and_keys_that_are_not_known_are_told():
    people = [{"role": "CFO", "side": "business", "seat": "decider", "e-mail": "a@b.example"}, {"name": "PMO", "seat": "facilitator", "Phone": 1}]
    for noticed in (read_people(json.dumps(people).encode(), "people.json").noticed, with_people(people).noticed):
        assert [notice.text.partition(";")[0] for notice in noticed] == ["not read, because a person has no such field: “e-mail”, “Phone”"]
    report = read_people(b"role,side,seat,e-mail,Phone\nCFO,business,decider,a@b.example,1\nPMO,,facilitator,,\n", "people.csv")
    assert [notice.text for notice in report.noticed] == [
        "not read, because a person has no such field: “e-mail”, “Phone”; known are role, id, side, seat, votes, new in role, note"
    ]
