"""Which cards say where they came from: those that somebody moved, and those that crossed the line."""

from __future__ import annotations

from support import Room, bare

from sessions.commands.cards import MoveCard, Redo, Undo
from sessions.portfolio.models import Project
from sessions.state.moved_cards import MovedCards
from tui.cards.face import MoveMarks


def room_of(count: int) -> Room:
    return Room(bare().model_copy(update={"projects": tuple(Project(id=f"C{number}", title=f"Card {number}") for number in range(1, count + 1))}))


def marked(room: Room, moved: MovedCards, line: int | None = None) -> dict[str, str]:
    session, marks = room.session, MoveMarks(moved.of(room.session), line)
    words = {card: marks.words(session, card, rank) for rank, card in enumerate(session.order, 1)}
    return {card: text for card, text in words.items() if text}


def test_one_move_marks_one_card_and_undo_none() -> None:
    room, moved = room_of(500), MovedCards()
    room.do(MoveCard(card="C400", to=12))
    assert marked(room, moved) == {"C400": "▲ from 400"}
    room.do(MoveCard(card="C3", to=1))
    assert marked(room, moved) == {"C3": "▲ from 3", "C400": "▲ from 400"}
    room.do(Undo(), Undo())
    assert marked(room, moved) == {}
    room.do(Redo())
    assert marked(room, moved) == marked(room, MovedCards()) == {"C400": "▲ from 400"}


def test_a_card_that_was_pushed_across_the_line_is_marked_too() -> None:
    room = room_of(20)
    room.do(MoveCard(card="C15", to=2))
    assert marked(room, MovedCards(), line=8) == {"C15": "▲ from 15", "C7": "▼ from 7"}


def test_a_card_that_came_back_is_not_marked() -> None:
    room = room_of(5)
    room.do(MoveCard(card="C1", to=3), MoveCard(card="C1", to=1))
    assert marked(room, MovedCards()) == {}
