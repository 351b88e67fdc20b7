"""What a room votes on again after an earlier session, and how a card says where it comes from."""

from __future__ import annotations

import pytest
from support import Room, bare

from sessions.commands.cards import EditCard
from sessions.commands.phases import StartPhase
from sessions.commands.quarters.adoption import DeliverCard
from sessions.commands.quarters.fates import LinkCard
from sessions.export.json_export import as_json
from sessions.guide.aloud import to_read
from sessions.guide.next_step import next_step
from sessions.portfolio.checks import Checker
from sessions.portfolio.models import Project, Work
from sessions.quarters.again import Mark, again, marks, vote_again
from sessions.quarters.aloud import read_again
from sessions.quarters.belonging import ago_words, short_quarter
from sessions.record.events import Decision, Matched, Past, Unclear


def room() -> Room:
    """Return a session whose card A came back, B changed its sponsor, C is the same, D may be one of two, and E is new."""
    past = Past(
        session="2026-q1-abcd",
        title="Q1",
        quarter="2026-Q1",
        date="2025-12-30",
        order=("X", "A", "B", "C", "D1", "D2"),
        cards=tuple(Project(id=card, title=card) for card in ("X", "A", "B", "C", "D1", "D2")),
        matched=(
            Matched(card="A", was="X", by="title", back="no money"),
            Matched(card="B", was="B", by="id"),
            Matched(card="C", was="C", by="id", still=3),
        ),
        decisions=(Decision(card="B", word="start_after", sentence="", week=40),),
        unclear=(Unclear(card="D", candidates=("D1", "D2")),),
    )
    portfolio = bare("A B C D E").model_copy(update={"quarter": "2026-Q3"})
    changes = {"A": {"title": "X"}, "B": {"sponsor": "CFO"}, "C": {"state": "in_flight", "work": (Work(team="WEB", effort=10),)}}
    cards = tuple(card.model_copy(update=changes.get(card.id, {})) for card in portfolio.projects)
    return Room(portfolio.model_copy(update={"projects": cards}), past=past)


def test_new_changed_and_due_cards_are_voted_on_again() -> None:
    its = room()

    assert again(its.session) == {"new": ("D", "E"), "changed": ("B",), "due": ("A",)}
    its.do(LinkCard(card="D", was="D2"))
    assert again(its.session) == {"new": ("E",), "changed": ("B", "D"), "due": ("A",)}  # D has another title than D2
    assert vote_again(its.session) == ("A", "B", "D", "E")
    exported = as_json(its.session)
    assert exported["vote_again"] == {"new": ["E"], "changed": ["B", "D"], "due": ["A"]}
    assert exported["belonging"][0] == {"card": "A", "was": "X", "by": "title", "still": 0, "earlier_rank": 1, "back": "no money"}
    its.do(DeliverCard(card="B"))
    assert "B" not in {*vote_again(its.session), *read_again(its.session)}, "nobody votes again on what was delivered"
    assert (again(Room(bare()).session), vote_again(Room(bare()).session)) == ({}, ())


def test_the_cards_read_aloud_are_new_back_changed_or_flagged() -> None:
    its = room()
    assert read_again(its.session) == {"A": "back from 2026-Q1", "B": "changed", "C": "no sponsor", "D": "new", "E": "new"}
    its.do(EditCard(card=its.session.cards["C"].model_copy(update={"sponsor": "CFO"})))
    assert read_again(its.session)["C"] == "changed"
    its.do(StartPhase(phase="open"), StartPhase(phase="cards"))
    assert to_read(its.session) == ("A", "B", "C", "D", "E")
    assert next_step(its.session).sentence == "Card 1 of 5, back from 2026-Q1: somebody says what it is for"

    past = its.session.past
    assert past is not None
    calm = Room(bare("B C").model_copy(update={"quarter": "2026-Q3"}), past=past.model_copy(update={"unclear": ()}))
    assert read_again(calm.session) == {"C": "same rank for 3 quarters"}


def test_a_card_says_where_it_was_ranked_and_why_it_is_back() -> None:
    found = marks(room().session)

    assert found["A"] == Mark("ranked 1 in Q1, two quarters ago", "back from 2026-Q1: no money")
    assert found["C"] == Mark("ranked 4 in Q1, two quarters ago")  # it has started by now
    assert found["B"] == Mark("ranked 3 in Q1, two quarters ago, promised from 5 October")
    assert "E" not in found
    stale = Checker(bare("A B"), order=("A", "B"), still={"A": 3, "B": 2})
    card = bare("A B").projects
    assert [each.sentence for each in stale.check(card[0])] == ["Same rank and no start for 3 quarters: start it, change it, or let it go."]
    assert stale.check(card[1]) == ()


@pytest.mark.parametrize(
    ("quarter", "now", "words", "short"),
    [
        ("2026-Q2", "2026-Q3", "last quarter", "Q2"),
        ("2025-Q4", "2026-Q3", "three quarters ago", "Q4"),
        ("2025-Q3", "2026-Q3", "4 quarters ago", "2025-Q3"),
        ("2026-Q3", "2026-Q3", "earlier this quarter", "Q3"),
        ("2026-Q4", "2026-Q3", "", "2026-Q4"),
        ("2026-Q2", "", "", "2026-Q2"),
    ],
)
def test_a_quarter_is_named_as_people_say_it(quarter: str, now: str, words: str, short: str) -> None:
    assert (ago_words(quarter, now), short_quarter(quarter, now)) == (words, short)
