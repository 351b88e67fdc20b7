"""The proposed decision of each card (METHOD 2.4)."""

from __future__ import annotations

import time

import pytest
from support import Room, bare, small

from sessions.commands import Decide, EditCard, WithdrawCard
from sessions.portfolio.models import Portfolio, Project
from sessions.proposals import propose, sentence_for, week_name

SAMPLE_WORDS = {
    "continue": "P02",
    "start": "P01 P03 P04 P07 P08 P09 P12 P13 P15 P21 P23 P24",
    "start_after": "P10",
    "hold": "P05",
    "return": "P11 P14 P18 P19 P20",
    "not_now": "P22",
}


def cards(*projects: Project) -> Room:
    return Room(Portfolio(projects=projects, session_date="2026-06-30"))


def word(room: Room, card: str) -> str:
    decision = propose(room.session, card)
    return decision.word if decision else ""


def test_the_proposals_of_the_sample(sample_room: Room) -> None:
    expected = {card: word for word, cards in SAMPLE_WORDS.items() for card in cards.split()}
    assert {card: word(sample_room, card) for card in sample_room.session.order} == {
        card: expected.get(card, "") for card in sample_room.session.order
    }


@pytest.mark.parametrize("card", ["P06", "P16", "P17"])
def test_a_card_whose_need_only_starts_now_has_no_proposal(sample_room: Room, card: str) -> None:
    assert propose(sample_room.session, card) is None


@pytest.mark.parametrize(
    ("card", "sentence", "owner"),
    [
        ("P02", "Continue.", ""),
        ("P03", "Start in week 1.", ""),
        ("P10", "Yes, but not before week 3 (20 Jul): the card itself cannot start earlier.", ""),
        ("P14", "Sent back until 2026-09-29: needs a sponsor and a benefit in business terms.", "Head of Data & BI"),
        ("P18", "Sent back until 2026-09-29: needs a sponsor.", "Director Applications"),
        ("P19", "Sent back until 2026-09-29: needs a benefit in business terms.", "COO"),
        (
            "P05",
            "On hold until 2026-09-29: needs capacity. Not before someone is found for Mobile (contract ended): it has no people.",
            "VP Operations",
        ),
        ("P22", "Not now until 2026-09-29. Waits for #14 Data warehouse migration, which is not planned.", "CFO"),
    ],
)
def test_a_proposal_says_why_and_who(sample_room: Room, card: str, sentence: str, owner: str) -> None:
    decision = propose(sample_room.session, card)
    assert decision is not None
    assert (decision.sentence, decision.owner, decision.proposed) == (sentence, owner, True)


def test_what_was_decided_on_a_need_speaks_for_the_card_that_waits(live: Room) -> None:
    waiting = live.session.cards["P2"].model_copy(update={"needs": ("P1",)})
    live.do(EditCard(card=waiting))
    assert propose(live.session, "P2") is None
    for decision, expected in (("done", "start"), ("continue", "start"), ("stop", "not_now"), ("hold", "not_now"), ("start", "")):
        live.do(Decide.model_validate({"card": "P1", "word": decision, "why": "x", "until": "2026-09-29"}))
        assert word(live, "P2") == expected
    live.do(WithdrawCard(card="P1", reason="x"))
    assert word(live, "P2") == "not_now"


def test_a_delivered_need_holds_nobody_up() -> None:
    room = cards(Project(id="A", title="A", state="done"), Project(id="B", title="B", needs=("A",)))
    assert word(room, "B") == "start"


@pytest.mark.parametrize("needs", [("B",), ("A", "B"), ("C", "B"), ("Z",)])
def test_cards_that_wait_for_each_other_or_for_nobody_have_no_proposal(needs: tuple[str, ...]) -> None:
    room = cards(Project(id="A", title="A", needs=needs), Project(id="B", title="B", needs=("A", "C")), Project(id="C", title="C"))
    assert propose(room.session, "A") is None


def test_a_long_row_of_needs_is_followed_to_its_end() -> None:
    row = tuple(Project(id=f"C{number}", title="x", needs=(f"C{number + 1}",)) for number in range(1200))
    room = cards(*row, Project(id="C1200", title="x", state="in_flight"))
    assert propose(room.session, "C0") is None
    assert word(room, "C1199") == "start"


def test_a_mesh_of_needs_is_not_walked_every_way() -> None:
    mesh = [Project(id=f"{side}{layer}", title="x", needs=(f"a{layer + 1}", f"b{layer + 1}")) for layer in range(60) for side in "ab"]
    room = cards(*mesh, *(Project(id=f"{side}60", title="x", state="in_flight") for side in "ab"))
    begun = time.process_time()
    assert propose(room.session, "a0") is None
    # Every way would be 2**60 of them; the point is that this ends at all.
    assert time.process_time() - begun < 5


def test_a_portfolio_of_bare_titles_is_not_sent_back() -> None:
    assert word(Room(bare()), "A") == "start"


def test_a_team_whose_people_come_later_holds_nothing() -> None:
    portfolio = small()
    teams = tuple(team.model_copy(update={"people": 0, "by_week": ((5, 20),)}) for team in portfolio.teams)
    assert word(Room(portfolio.model_copy(update={"teams": teams})), "P1") == "start"


def test_a_week_is_named_with_its_monday_where_that_is_known() -> None:
    assert week_name(Room(small()).session, 1) == "week 1 (6 Jul)"
    assert week_name(Room(bare()).session, 7) == "week 7"
    assert sentence_for(Room(bare()).session, "start_after", week=7) == "Yes, but not before week 7."
