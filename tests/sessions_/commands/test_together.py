"""Several cards together: one record moves or merges them, and one undo brings them back."""

from __future__ import annotations

import pytest
from support import Room, bare, board_of, small

from sessions.commands.cards import Undo
from sessions.commands.decisions import Decide
from sessions.commands.rounds import OpenRound
from sessions.commands.together import MergeCards, MoveCards
from sessions.errors import SessionError
from sessions.portfolio.models import Benefit, Budget, Project, Work
from sessions.record.events import CardsMerged, CardsMoved
from sessions.replay.narration import narrate
from sessions.state.moved_cards import MovedCards


def test_cards_move_together_in_their_order_and_come_back_in_one_step() -> None:
    room = Room(bare("A B C D E F"))
    before = room.board
    event = room.one(MoveCards(cards=("F", "B"), to=4), CardsMoved)
    assert event == CardsMoved(cards=("B", "F"), old=(2, 6), new=4)
    assert room.board == "A C D B F E"
    assert MovedCards().of(room.session) == {"B", "F"}
    room.do(Undo())
    assert room.board == before


@pytest.mark.parametrize(("cards", "to"), [((), 1), (("A", "X"), 1), (("A", "B"), 6), (("A",), 0)])
def test_what_cannot_move_together_is_refused(cards: tuple[str, ...], to: int) -> None:
    room = Room(bare("A B C D E F"))
    with pytest.raises(SessionError):
        room.live.perform(MoveCards(cards=cards, to=to))
    assert room.board == "A B C D E F"


def test_cards_where_they_are_already_are_not_moved() -> None:
    assert Room(bare("A B C")).do(MoveCards(cards=("B", "C"), to=2)) == []


def parts() -> tuple[Project, ...]:
    return (
        Project(id="A", title="A", sponsor="CFO", benefit=Benefit(monthly=1000), budget=Budget(amount=5), work=(Work(team="WEB", effort=20),)),
        Project(id="B", title="B", needs=("A", "D")),
        Project(id="C", title="C", benefit=Benefit(monthly=500), budget=Budget(amount=7), work=(Work(team="WEB", effort=10),), must=True),
        Project(id="D", title="D"),
        Project(id="E", title="E", needs=("C",)),
    )


def test_a_merged_card_is_worth_what_its_parts_are_and_undo_restores_them() -> None:
    room = Room(small().model_copy(update={"projects": parts()})).everybody()
    room.do(Decide(card="C", word="stop", why="too dear"))
    before = board_of(room.session)
    event = room.one(MergeCards(cards=("C", "A"), title="Both"), CardsMerged)
    assert [part.id for part in event.parts] == ["A", "C"]
    merged = room.session.cards["A"]
    assert (merged.title, merged.sponsor, merged.must, merged.benefit.monthly) == ("Both", "CFO", True, 1500)
    assert merged.budget == Budget(amount=12)
    assert merged.work == (Work(team="WEB", effort=30),)
    assert room.session.order == ("A", "B", "D", "E")
    assert room.session.cards["E"].needs == ("A",)
    assert room.session.withdrawn["C"].reason == "Merged into Both"
    assert not room.session.decisions
    room.do(Undo())
    assert board_of(room.session) == before


def test_a_merge_is_told_with_its_parts() -> None:
    room = Room(small().model_copy(update={"projects": parts()}))
    session = room.session
    room.do(MergeCards(cards=("A", "C"), title="Both"))
    assert narrate(session, room.live.recordeds[-1]) == "A (#1) and C (#3) became one: Both (#1)."


def test_cards_on_an_open_ballot_are_not_merged() -> None:
    room = Room(small()).everybody()
    room.do(OpenRound())
    first, second, *_ = room.session.order
    room.refuses(MergeCards(cards=(first, second), title="Both"), SessionError, "A ballot is open")
