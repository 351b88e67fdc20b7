"""What a card says of its past: its origin on this board, its earlier rank and why it is back; no rank while the room votes."""

from __future__ import annotations

from record_release import earlier
from support import Room, bare, small

from sessions.commands.cards import MoveCard, Redo, Undo
from sessions.commands.decisions import Decide
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound
from sessions.deciding.session_plan import session_plan
from sessions.record.events import Matched
from sessions.sequencing.plan import Plan
from sessions.state.moved_cards import MovedCards
from tui.cards.detail import detail
from tui.cards.earlier import EarlierMarks
from tui.cards.face import MoveMarks, VoteSummary, card_face
from tui.widgets.board.face import CardFace

BACK, RANKED = "back from 2026-Q2: no [b]money", "ranked 3 in Q2, last quarter"
STALE = "Same rank and no start for 4 quarters: start it, change it, or let it go."


def face(room: Room, card: str = "P1", plan: Plan | None = None) -> CardFace:
    marks = MoveMarks(frozenset(), earlier=EarlierMarks().of(room.session))
    return card_face(room.session, card, 1, VoteSummary(), plan, marks=marks)


def shown(room: Room) -> str:
    return detail(room.session, "P1", VoteSummary()).plain


def test_a_card_brings_along_its_rank_and_why_it_is_back_until_the_vote_and_until_it_is_decided() -> None:
    matched = (Matched(card="P1", was="P1", by="id", back="no [b]money", still=4),)
    room = Room(small(), past=earlier().model_copy(update={"matched": matched, "unclear": ()})).everybody()
    assert face(room).line == BACK
    assert face(room).extra[:2] == (RANKED, STALE)
    assert face(room, "P2").line == "3% more orders"
    assert f"{RANKED}\nBack{BACK[4:]}\n" in shown(room)
    assert STALE in shown(room)

    room.do(StartPhase(phase="open"), StartPhase(phase="vote"))
    assert RANKED not in shown(room)
    assert face(room).extra[:1] == (STALE,)
    room.do(OpenRound(), StartPhase(phase="talk"))
    assert RANKED not in shown(room)
    assert BACK in face(room).line

    room.do(StartPhase(phase="sequence"))
    planned = face(room, plan=session_plan(room.session))
    assert planned.line.startswith("proposed: ")
    assert "back" in planned.flags

    room.do(Decide(card="P1", word="not_now", why="no people"))
    assert face(room).line.startswith("Not now.")
    assert BACK not in face(room).extra


def room_of(count: int) -> Room:
    return Room(bare(" ".join(f"C{number}" for number in range(1, count + 1))))


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


def test_a_card_that_was_pushed_across_the_line_is_marked_too_and_one_that_came_back_is_not() -> None:
    room = room_of(20)
    room.do(MoveCard(card="C15", to=2), MoveCard(card="C1", to=3), MoveCard(card="C1", to=1))
    assert marked(room, MovedCards(), line=8) == {"C15": "▲ from 15", "C7": "▼ from 7"}
