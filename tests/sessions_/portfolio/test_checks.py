"""What a card still lacks: gaps are named if the portfolio shows that they matter, and only then."""

from __future__ import annotations

import pytest

from sessions.portfolio.checks import Check, Checker, completeness
from sessions.portfolio.models import Adoption, Benefit, Participant, Portfolio, Project, Team, Work
from sessions.sample import sample_portfolio

COMPLETE = {
    "sponsor": "COO", "it_partner": "CIO", "objective": "O1",
    "benefit": Benefit(change="c", effect="3 hours a month", business_effect="b", monthly=15_000),
    "adoption": Adoption(measure="m", target="1", by="2026-12-31", plan_owner="COO"),
    "work": (Work(team="WEB", effort=10, crew=10),),
}  # fmt: skip
PEOPLE = (Participant(id="coo", role="COO", side="business"), Participant(id="vp", role="VP", side="business", new_in_role=True))
TEAMS = (Team(id="WEB", name="Web", people=20), Team(id="MOB", name="Mobile", people=0), Team(id="SEC", name="Security", people=5))
RANKED = {"needs": ("B",)}
LEFT = {"left": {"head of hr"}, "unconfirmed": {"A"}}
"""What an earlier session says."""


def card(card_id: str = "A", **fields: object) -> Project:
    return Project(**{"id": card_id, "title": card_id, **COMPLETE, **fields})  # type: ignore[arg-type]


def checks(*cards: Project, **around: object) -> tuple[Check, ...]:
    """Check the first card in a portfolio of all."""
    return tuple(Checker(Portfolio(projects=cards, participants=PEOPLE, teams=TEAMS), **around).check(cards[0]))  # type: ignore[arg-type]


@pytest.mark.parametrize(("fields", "around", "name", "colour"), [
    ({"sponsor": ""}, {}, "K-SPONSOR", "red"), ({"sponsor": "VP Retail (left)"}, {}, "K-SPONSOR-LEFT", "red"),
    ({"sponsor": "vp"}, {}, "K-SPONSOR-NEW", "amber"), ({"sponsor": "Head of HR"}, {}, "K-SPONSOR-AWAY", "amber"),
    ({"it_partner": ""}, {}, "K-PARTNER", "amber"), ({"benefit": Benefit(text="nice")}, {}, "K-WHY", "amber"),
    ({"benefit": Benefit(text="5 hours", change="c")}, {}, "K-WHY", "grey"),
    ({"adoption": Adoption(measure="m", plan_owner="COO")}, {}, "K-ADOPT", "amber"),
    ({"adoption": Adoption(measure="m", target="1", by="x")}, {}, "K-PLAN", "amber"), ({"objective": ""}, {}, "K-OBJ", "amber"),
    ({"work": ()}, {}, "K-EFFORT", "grey"), ({"work": (Work(team="MOB", effort=10),)}, {}, "K-TEAM0", "red"),
    ({"work": (Work(team="SEC", effort=10, crew=10),)}, {}, "K-CREW", "red"), ({"needs": ("Z",)}, {}, "K-DEP", "red"),
    ({"title": "B"}, {}, "K-DUP", "grey"), ({"sponsor": "Head of HR"}, LEFT, "K-SPONSOR-LEFT", "red"), ({}, LEFT, "K-SPONSOR-NEW", "amber"),
    ({"sponsor": "vp"}, LEFT | {"unconfirmed": ()}, "", ""), ({}, {"present": None}, "", ""), ({}, {"present": set()}, "K-SPONSOR-AWAY", "amber"),
    (RANKED, {"order": ["A", "B"]}, "K-RANKDEP", "amber"), (RANKED, {"order": ["B", "A"]}, "", ""), (RANKED, {}, "", ""),
])  # fmt: skip
def test_each_gap_is_named(fields: dict[str, object], around: dict[str, object], name: str, colour: str) -> None:
    found = checks(card(**fields), card("B"), **around)
    assert [(check.id, check.colour) for check in found] == [(name, colour)] * bool(name)
    assert all(check.sentence.endswith((".", "?")) for check in found)


def test_a_need_that_is_done_is_none() -> None:
    assert checks(card(**RANKED), card("B", state="done"), order=["A", "B"]) == ()


def test_the_sample_is_as_complete_as_the_method_says() -> None:
    assert completeness(sample_portfolio()) == {
        "cards": 24, "sponsor": 22, "benefit": 22, "adoption": 21, "plan_owner": 20, "objective": 23, "complete": 20,
    }  # fmt: skip
