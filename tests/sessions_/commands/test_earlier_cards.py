"""What the room says about the cards of the earlier session, and an answer that changes later."""

from __future__ import annotations

from itertools import permutations

import pytest
from support import Room, board_of, small

from sessions.commands.cards import AddCard, EditCard, NotADateError, Undo, WithdrawCard
from sessions.commands.decisions import Decide
from sessions.commands.quarters.fates import AnswerFate, FateRefusedError, LinkCard
from sessions.commands.quarters.sponsors import AnswerSponsor
from sessions.portfolio.models import Project
from sessions.record.events import Matched, Past, Unclear


def held() -> Room:
    """Return a session after one whose cards Scanning, Tills and Paper are gone, and two cards may be Back."""
    titles = {"X1": "Scanning", "X2": "Tills", "P5": "Paper", "P3": "Close", "P4": "Back"}
    past = Past(
        session="2026-q2-abcd",
        title="Q2",
        quarter="2026-Q2",
        date="2026-03-31",
        order=tuple(titles),
        cards=tuple(Project(id=card, title=title, sponsor="CFO", description="Parcels") for card, title in titles.items()),
        matched=(Matched(card="P2", was="P3", by="title"),),
        unclear=(Unclear(card="P3", candidates=("P4",)), Unclear(card="P4", candidates=("P4",))),
        gone=("X1", "X2", "P5", "P4"),
    )
    return Room(small(), past=past).everybody()


ANSWERS = (
    AnswerFate(card="X1", fate="delivered", date="2026-05-18"),
    AnswerFate(card="X1", fate="here"),
    AnswerFate(card="X1", fate="merged", into="P2"),
    AnswerFate(card="X1", fate="dropped"),
)


@pytest.mark.parametrize(("first", "second"), list(permutations(ANSWERS, 2)), ids=str)
def test_an_answer_changed_later_takes_back_what_the_first_one_did(first: AnswerFate, second: AnswerFate) -> None:
    room = held()
    room.do(first)
    once = board_of(room.session)
    room.do(second)
    assert set(room.session.cards) == {"P1", "P2", "P3", "P4"} | ({"X1"} if second.fate == "here" else set())
    assert set(room.session.delivered) == ({"X1"} if second.fate == "delivered" else set())
    room.do(Undo())
    assert board_of(room.session) == once


def test_a_card_that_is_still_here_comes_back_to_its_place_and_leaves_with_its_decision() -> None:
    room = held()
    room.do(AnswerFate(card="X2", fate="here"), Decide(card="X2", word="not_now", override="fine"))
    assert room.session.rank("X2") == 2
    room.do(AnswerFate(card="X2", fate="dropped"))
    assert ("X2" in room.session.decisions, room.session.title_of("X2")) == (False, "Tills")
    room.do(Undo(), WithdrawCard(card="X2", reason="no"), AnswerFate(card="X2", fate="delivered"), AnswerFate(card="X2", fate="here"))
    assert ("X2" in room.session.cards, "X2" in room.session.withdrawn) == (True, False)
    room.do(Undo(), AddCard(card=Project(id="", title="Another")))
    assert ("X2" in room.session.withdrawn, room.session.order[-1]) == (True, "P6"), "P5 is taken by the earlier session"


def test_a_card_takes_over_what_its_file_leaves_open_and_gives_it_back_when_it_is_another_one() -> None:
    room = held()
    bare = room.session.cards["P3"].model_copy(update={"description": ""})
    room.do(LinkCard(card="P3", was="P4"))
    linked = room.session.cards["P3"]
    assert (linked.previous_rank, linked.description, linked.sponsor) == (5, "Parcels", "CFO")
    room.do(EditCard(card=linked.model_copy(update={"note": "n"})), LinkCard(card="P3"))
    assert room.session.cards["P3"] == bare.model_copy(update={"note": "n"})


def test_what_cannot_be_is_refused_in_a_sentence() -> None:
    room = held()
    room.refuses(AnswerFate(card="X1", fate="delivered", date="2026-07-01"), NotADateError, "still to come")
    room.refuses(AnswerFate(card="P3", fate="dropped"), FateRefusedError, "on the board")
    room.refuses(AnswerFate(card="P4", fate="dropped"), FateRefusedError, "or may be")
    room.refuses(AnswerFate(card="X1", fate="dropped", into="P2"), FateRefusedError, "Only a merged card")
    room.do(AnswerFate(card="X1", fate="here"))
    room.refuses(AnswerFate(card="X1", fate="merged", into="X1"), FateRefusedError, "into itself")
    room.do(LinkCard(card="P3", was="P4"))
    room.refuses(LinkCard(card="P4", was="P4"), FateRefusedError, "is already that card")
    room.refuses(LinkCard(card="P4", was="X1"), FateRefusedError, "choose one of those")


def test_a_sponsor_hands_a_card_back_and_takes_it_after_all() -> None:
    room = held()
    room.do(AnswerSponsor(card="P2", confirmed=False))
    assert room.session.cards["P2"].sponsor == ""
    assert room.do(AnswerSponsor(card="P2", confirmed=False)) == []
    room.do(AnswerSponsor(card="P2", confirmed=True))
    assert room.session.cards["P2"].sponsor == "COO"
