"""The decision that is proposed for each card, from the card itself and from the plan (METHOD 2.4)."""

from __future__ import annotations

import pytest
from larkfield_votes import POINTS
from plans import expected
from support import Room, sample, small

from sessions.commands.cards import EditCard, Undo, WithdrawCard
from sessions.commands.decisions import Decide
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.quarters.adoption import DeliverCard
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.deciding.proposals import proposal_for
from sessions.deciding.session_plan import session_plan
from sessions.portfolio.models import Portfolio, Project, Work

SAMPLE_WORDS = {
    "continue": "P02",
    "start": "P03 P09 P19 P20 P21",
    "start_after": "P01 P04 P06 P07 P08 P10 P11 P12 P13 P15 P16 P17 P23 P24",
    "hold": "P05",
    "return": "P14 P18",
}
"""The words in the order of the first ballot, each card by itself. Together, P22 is not now: what it needs is sent back."""


@pytest.fixture
def voted() -> Room:
    """The sample in the order of its ballot, everybody there."""
    room = Room(sample()).everybody()
    room.do(OpenRound(), *[SealBallot(round=1, voice=voice, points=given) for voice, given in POINTS.items()])
    room.do(RevealBallots(round=1), TakeGroupOrder())
    return room


def word(room: Room, card: str) -> str:
    decision = proposal_for(room.session, card)
    return decision.word if decision else ""


def test_the_proposals_of_the_sample_promise_the_weeks_of_the_plan(voted: Room) -> None:
    words = {card: word for word, cards in SAMPLE_WORDS.items() for card in cards.split()} | {"P22": "start_after"}
    assert {card: word(voted, card) for card in voted.session.order} == words
    assert voted.session.order == tuple(expected()["points_r1"]["sides"]["order"])
    for card, placed in expected()["plan_r1"].items():
        decision = proposal_for(voted.session, card)
        assert decision is not None
        if decision.word in ("continue", "start", "start_after"):
            finish = placed["finish"] if placed["finish"] >= placed["start"] else None
            assert (decision.week, decision.finish) == (placed["start"], finish), card


@pytest.mark.parametrize(
    ("card", "sentence", "owner"),
    [
        ("P02", "Continue.", ""),
        ("P03", "Start on Monday 6 July.", ""),
        ("P04", "Yes, from 17 August. The Web & Commerce team is on #3 Northwest price lists and tax until then.", ""),
        ("P17", "Yes, from 5 October. It waits for #2 Customer segmentation and analysis until then.", ""),
        ("P14", "Sent back: needs a sponsor.", "Head of Data & BI"),
        ("P05", "On hold: needs capacity. Not before someone is found for Mobile (contract ended): it has no people.", "VP Operations"),
    ],
)
def test_a_proposal_says_why_and_who(voted: Room, card: str, sentence: str, owner: str) -> None:
    decision = proposal_for(voted.session, card)
    assert decision is not None
    assert (decision.sentence, decision.owner, decision.proposed) == (sentence, owner, True)


def test_a_week_that_the_room_set_holds_whatever_the_plan_says(live: Room) -> None:
    live.do(Decide(card="P1", word="start_after", week=9, why="after the holidays"))
    assert session_plan(live.session).at("P1").start == 9
    proposal = proposal_for(live.session, "P1")
    assert proposal is not None
    assert (proposal.word, proposal.week) == ("start", 1)


def test_work_in_flight_that_cannot_run_on_says_so() -> None:
    work = (Work(team="WEB", effort=40, crew=30),)
    projects = tuple(each.model_copy(update={"state": "in_flight", "work": work}) for each in small().projects)
    decision = proposal_for(Room(small().model_copy(update={"projects": projects})).session, "P2")
    assert decision is not None
    assert (decision.word, decision.week) == ("continue", 3)
    assert decision.sentence == "Continue. Interrupted until 20 July. The Web team is on #1 Checkout until then."


def test_what_was_decided_on_a_need_speaks_for_the_card_that_waits(live: Room) -> None:
    waiting = live.session.cards["P2"].model_copy(update={"needs": ("P1",)})
    live.do(EditCard(card=waiting))
    assert word(live, "P2") == "start_after"
    for decision, becomes in (("continue", "start_after"), ("stop", "not_now"), ("hold", "not_now"), ("start", "start_after")):
        live.do(Decide.model_validate({"card": "P1", "word": decision, "why": "x", "until": "2026-09-29"}))
        assert word(live, "P2") == becomes
    live.do(DeliverCard(card="P1"))
    assert word(live, "P2") == "start"
    live.do(Undo())
    live.do(WithdrawCard(card="P1", reason="x"))
    assert word(live, "P2") == "not_now"


@pytest.mark.parametrize("needs", [("B",), ("A", "B"), ("C", "B"), ("Z",)])
def test_cards_that_wait_for_each_other_or_for_nobody_have_no_proposal(needs: tuple[str, ...]) -> None:
    projects = Project(id="A", title="A", needs=needs), Project(id="B", title="B", needs=("A", "C")), Project(id="C", title="C")
    assert proposal_for(Room(Portfolio(projects=projects)).session, "A") is None
