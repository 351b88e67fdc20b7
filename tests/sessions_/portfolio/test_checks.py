"""What a card still lacks: gaps are named where the portfolio shows that they matter, and nowhere else."""

import pytest

from sessions.portfolio.checks import Check, Checker, benefit_depth, completeness
from sessions.portfolio.models import Adoption, Benefit, Participant, Portfolio, Project, Team, Work
from sessions.sample import sample_portfolio

SAMPLE = sample_portfolio()
EVERYBODY = {person.id for person in SAMPLE.participants}
COMPLETE = {
    "sponsor": "COO", "it_partner": "CIO", "objective": "O1",
    "benefit": Benefit(change="c", effect="3 hours a month", business_effect="b", monthly=15_000),
    "adoption": Adoption(measure="m", target="1", by="2026-12-31", plan_owner="COO"),
    "work": (Work(team="WEB", effort=10, crew=10),),
}  # fmt: skip
PEOPLE = (Participant(id="coo", role="COO", side="business"), Participant(id="vp", role="VP", side="business", new_in_role=True))
TEAMS = (Team(id="WEB", name="Web", people=20), Team(id="MOB", name="Mobile", people=0), Team(id="SEC", name="Security", people=5))


def card(card_id="A", **fields):
    return Project(**{"id": card_id, "title": card_id, **COMPLETE, **fields})


def checks(*cards, **arguments):
    """Check the first card in a portfolio of all."""
    return Checker(Portfolio(projects=cards, participants=PEOPLE, teams=TEAMS), **arguments).check(cards[0])


def ids(found):
    return [check.id for check in found]


def test_the_sample_is_as_complete_as_the_method_says():
    assert completeness(SAMPLE) == {
        "cards": 24, "sponsor": 22, "benefit": 22, "adoption": 21, "plan_owner": 20, "objective": 23, "complete": 20,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("benefit", "parts"),
    [
        (Benefit(), 0),
        (Benefit(text="3 hours less"), 1),
        (Benefit(text="saves $5,000", monthly=5_000), 2),
        (Benefit(change="new system", effect="3 hours", business_effect="no stops", monthly=15_000), 4),
    ],
)
def test_the_benefit_chain(benefit, parts):
    assert benefit_depth(card(benefit=benefit)) == parts


@pytest.mark.parametrize(
    ("fields", "check_id", "colour"),
    [
        ({"sponsor": ""}, "K-SPONSOR", "red"),
        ({"sponsor": "VP Retail (left)"}, "K-SPONSOR-LEFT", "red"),
        ({"sponsor": "vp"}, "K-SPONSOR-NEW", "amber"),
        ({"sponsor": "Head of HR"}, "K-SPONSOR-AWAY", "amber"),
        ({"it_partner": ""}, "K-PARTNER", "amber"),
        ({"benefit": Benefit(text="nice")}, "K-WHY", "amber"),
        ({"benefit": Benefit(text="5 hours", change="c")}, "K-WHY", "grey"),
        ({"adoption": Adoption(measure="m", plan_owner="COO")}, "K-ADOPT", "amber"),
        ({"adoption": Adoption(measure="m", target="1", by="x")}, "K-PLAN", "amber"),
        ({"objective": ""}, "K-OBJ", "amber"),
        ({"work": ()}, "K-EFFORT", "grey"),
        ({"work": (Work(team="MOB", effort=10),)}, "K-TEAM0", "red"),
        ({"work": (Work(team="SEC", effort=10, crew=10),)}, "K-CREW", "red"),
        ({"needs": ("Z",)}, "K-DEP", "red"),
        ({"title": "B"}, "K-DUP", "grey"),
    ],
)
def test_each_gap_is_named(fields, check_id, colour):
    found = checks(card(**fields), card("B"))
    assert [(check.id, check.colour) for check in found] == [(check_id, colour)]
    assert found[0].sentence.endswith((".", "?"))


def test_an_earlier_session_tells_who_left_and_who_has_not_confirmed():
    told = {"left": {"head of hr"}, "unconfirmed": {"A"}}
    assert ids(checks(card(sponsor="Head of HR"), **told)) == ["K-SPONSOR-LEFT"]
    assert ids(checks(card(), **told)) == ["K-SPONSOR-NEW"]
    assert ids(checks(card(sponsor="vp"), **{**told, "unconfirmed": ()})) == []


def test_a_sponsor_who_is_not_in_the_room():
    assert checks(card(), present=set()) == (Check("K-SPONSOR-AWAY", "amber", "The sponsor, COO, is not in the room."),)
    assert checks(card(), present=None) == ()


def test_a_need_that_is_ranked_below():
    cards = (card("A", needs=("B",)), card("B"))
    assert ids(checks(*cards, order=["A", "B"])) == ["K-RANKDEP"]
    assert ids(checks(*cards, order=["B", "A"])) == []
    assert ids(checks(*cards)) == []
    assert ids(checks(cards[0], card("B", state="done"), order=["A", "B"])) == []


def test_the_cards_of_the_sample_that_show_each_check():
    checker = Checker(SAMPLE, EVERYBODY, order=[project.id for project in SAMPLE.projects])
    found = {project.id: ids(checker.check(project)) for project in SAMPLE.projects}
    where = {name: {card for card, names in found.items() if name in names} for names in found.values() for name in names}
    assert where == {
        "K-WHY": {"P11", "P14", "P19", "P20"},
        "K-SPONSOR": {"P14"},
        "K-SPONSOR-LEFT": {"P18"},
        "K-SPONSOR-NEW": {"P04", "P17"},
        "K-SPONSOR-AWAY": {"P20"},
        "K-ADOPT": {"P14", "P19", "P20"},
        "K-PLAN": {"P14", "P18", "P19", "P20"},
        "K-OBJ": {"P20"},
        "K-EFFORT": {"P21"},
        "K-TEAM0": {"P05"},
        "K-RANKDEP": {"P06"},
    }
