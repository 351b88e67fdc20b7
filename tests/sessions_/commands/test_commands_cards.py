"""Commands on cards: what each records, what it does to the board, and what it refuses."""

from __future__ import annotations

import pytest
from support import Room, bare, small

from sessions.commands.base import Command, ReasonNeededError, UnknownCardError
from sessions.commands.cards import (
    AddCard,
    AgreeAction,
    EditCard,
    MoveCard,
    NoteOnCard,
    NothingToUndoError,
    ParkQuestion,
    RankOutOfRangeError,
    Redo,
    SplitCard,
    Undo,
    WithdrawCard,
)
from sessions.commands.decisions import Decide
from sessions.commands.people import ChooseAsker
from sessions.commands.rounds import OpenRound
from sessions.commands.several_cards import MergeCards, MoveCards
from sessions.errors import SessionError
from sessions.portfolio.models import Benefit, Budget, Project, Work
from sessions.record import events as ev
from sessions.replay.narration import narrate
from sessions.state.moved_cards import MovedCards
from sessions.state.moves import last_move


def card(title: str, card_id: str = "", **fields: object) -> Project:
    return Project.model_validate({"id": card_id, "title": title, **fields})


@pytest.mark.parametrize(
    ("moved", "to", "board"), [("D", 1, "D A B C"), ("A", 4, "B C D A"), ("B", 3, "A C B D"), ("C", 2, "A C B D"), ("A", 2, "B A C D")]
)
def test_a_move_records_both_ranks_and_who_asked(bare_room: Room, moved: str, to: int, board: str) -> None:
    old = bare_room.session.rank(moved)
    bare_room.do(ChooseAsker(person="vp-sales"))
    event = bare_room.one(MoveCard(card=moved, to=to, reason="  the contract\nends "), ev.CardMoved)
    assert event == ev.CardMoved(card=moved, old=old, new=to, asked_by="vp-sales", reason="the contract ends")
    assert bare_room.board == board
    assert bare_room.session.at_rank(to).id == moved


def test_what_is_not_on_the_board_is_refused(bare_room: Room) -> None:
    for rank in (0, 5, 10**30):
        bare_room.refuses(MoveCard(card="B", to=rank), RankOutOfRangeError, f"rank {rank}", "ranks 1 to 4")
    for command in (MoveCard(card="X", to=1), NoteOnCard(card="X", text="a"), EditCard(card=card("t", "X")), ParkQuestion(text="a", card="X")):
        bare_room.refuses(command, UnknownCardError, "There is no card X on the board.")


def test_a_note_can_become_the_reason_of_the_last_move_of_its_card(bare_room: Room) -> None:
    assert bare_room.one(NoteOnCard(card="A", text="x", explains_move=True), ev.NoteAdded).about == 0
    bare_room.do(MoveCard(card="B", to=1), MoveCard(card="C", to=1))
    seq = bare_room.session.seq - 1
    assert bare_room.one(NoteOnCard(card="B", text="because", explains_move=True), ev.NoteAdded).about == seq
    assert [move.reason for card in "BC" if (move := last_move(bare_room.session, card))] == ["because", ""]
    bare_room.do(Undo(), Undo())  # an undone move needs no explanation
    assert bare_room.one(NoteOnCard(card="C", text="x", explains_move=True), ev.NoteAdded).about == 0
    assert last_move(bare_room.session, "C") is None


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (NoteOnCard(card="A", text=" \n\t"), "note is empty"),
        (ParkQuestion(text=""), "question is empty"),
        (WithdrawCard(card="A", reason=" "), "why the card is withdrawn"),
        (AgreeAction(what="", who="CIO", by_when="2026-09-01"), "what is to be done"),
        (AgreeAction(what="call", who=" ", by_when="2026-09-01"), "who does it"),
        (AddCard(card=card("  ")), "needs a title"),
        (EditCard(card=card("\n", "A")), "needs a title"),
        (SplitCard(card="A", first=card("x"), second=card("")), "needs a title"),
    ],
)
def test_texts_that_must_not_be_empty(bare_room: Room, command: Command, words: str) -> None:
    bare_room.refuses(command, ReasonNeededError, words)


def test_a_card_is_added_at_the_end_or_at_a_rank(bare_room: Room) -> None:
    bare_room.do(AddCard(card=card("Last", "Z")), AddCard(card=card("Second", "Y"), rank=2), AddCard(card=card("Very last", "W"), rank=7))
    assert bare_room.board == "A Y B C D Z W"
    for rank in (0, 9):
        bare_room.refuses(AddCard(card=card("Far"), rank=rank), RankOutOfRangeError, "ranks 1 to 8")


def test_an_id_that_a_ballot_has_named_goes_to_no_other_card(live: Room) -> None:
    live.do(AddCard(card=card("First thought")), OpenRound())
    live.do(Undo())
    assert live.one(AddCard(card=card("Another thing")), ev.CardAdded).card.id == "P6"


def test_a_new_action_ends_what_could_be_redone_and_a_room_event_does_not(bare_room: Room) -> None:
    bare_room.do(MoveCard(card="A", to=2), Undo(), ChooseAsker(person="cio"), Redo())
    assert bare_room.board == "B A C D"
    bare_room.do(Undo(), MoveCard(card="D", to=1))
    bare_room.refuses(Redo(), NothingToUndoError)


# --- several cards together


def test_cards_move_together_in_their_order() -> None:
    room = Room(bare("A B C D E F"))
    assert room.one(MoveCards(cards=("F", "B"), to=4), ev.CardsMoved) == ev.CardsMoved(cards=("B", "F"), old=(2, 6), new=4)
    assert room.board == "A C D B F E"
    assert MovedCards().of(room.session) == {"B", "F"}
    assert room.do(MoveCards(cards=("B", "F"), to=4)) == []
    room.refuses(MoveCards(cards=(), to=1), SessionError)
    room.refuses(MoveCards(cards=("A", "X"), to=1), UnknownCardError)
    for cards, to in ((("A", "B"), 6), (("A",), 0)):
        room.refuses(MoveCards(cards=cards, to=to), RankOutOfRangeError)


def test_a_merged_card_is_worth_what_its_parts_are() -> None:
    parts = (
        Project(id="A", title="A", sponsor="CFO", benefit=Benefit(monthly=1000), budget=Budget(amount=5), work=(Work(team="WEB", effort=20),)),
        Project(id="B", title="B", needs=("A", "D")),
        Project(id="C", title="C", benefit=Benefit(monthly=500), budget=Budget(amount=7), work=(Work(team="WEB", effort=10),), must=True),
        Project(id="D", title="D"),
        Project(id="E", title="E", needs=("C",)),
    )
    room = Room(small().model_copy(update={"projects": parts})).everybody()
    room.do(Decide(card="C", word="stop", why="too dear"))
    session = room.session
    event = room.one(MergeCards(cards=("C", "A"), title="Both"), ev.CardsMerged)
    assert [part.id for part in event.parts] == ["A", "C"]
    assert narrate(session, room.live.recordeds[-1]) == "A (#1) and C (#3) became one: Both (#1)."
    merged = room.session.cards["A"]
    assert (merged.title, merged.sponsor, merged.must, merged.benefit.monthly) == ("Both", "CFO", True, 1500)
    assert (merged.budget, merged.work) == (Budget(amount=12), (Work(team="WEB", effort=30),))
    assert (room.session.order, room.session.cards["E"].needs) == (("A", "B", "D", "E"), ("A",))
    assert (room.session.withdrawn["C"].reason, room.session.decisions) == ("Merged into Both", {})
    room.do(OpenRound())
    room.refuses(MergeCards(cards=("A", "B"), title="Both"), SessionError, "A ballot is open")
