"""A card says where it was ranked and why it is back: on the board and in its detail, and without a rank while the room votes."""

from __future__ import annotations

from record_release import earlier
from support import Room, small

from sessions.commands.decisions import Decide
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound
from sessions.deciding.session_plan import session_plan
from sessions.record.events import Matched
from tui.cards.detail import detail
from tui.cards.earlier import EarlierMarks
from tui.cards.face import MoveMarks, VoteSummary, card_face
from tui.widgets.board.face import CardFace

BACK, RANKED = "back from 2026-Q2: no [b]money", "ranked 3 in Q2, last quarter"
STALE = "Same rank and no start for 4 quarters: start it, change it, or let it go."


def room() -> Room:
    """Return a session whose first card is back, and has stood still."""
    matched = (Matched(card="P1", was="P1", by="id", back="no [b]money", still=4),)
    return Room(small(), past=earlier().model_copy(update={"matched": matched, "unclear": ()})).everybody()


def face(its: Room, card: str) -> CardFace:
    marks = MoveMarks(frozenset(), earlier=EarlierMarks().of(its.session))
    return card_face(its.session, card, 1, VoteSummary(), marks=marks)


def shown(its: Room) -> str:
    return detail(its.session, "P1", VoteSummary()).plain


def test_a_card_brings_along_its_rank_and_why_it_is_back() -> None:
    its = room()

    assert face(its, "P1").line == BACK
    assert face(its, "P1").extra[:2] == (RANKED, STALE)
    assert face(its, "P2").line == "3% more orders"
    assert f"{RANKED}\nBack{BACK[4:]}\n" in shown(its)
    assert STALE in shown(its)


def test_no_earlier_rank_is_shown_while_the_room_votes() -> None:
    its = room()
    its.do(StartPhase(phase="open"), StartPhase(phase="vote"))
    assert RANKED not in shown(its)
    assert face(its, "P1").extra[:1] == (STALE,)
    its.do(OpenRound(), StartPhase(phase="talk"))
    assert RANKED not in shown(its)
    assert BACK in face(its, "P1").line


def test_while_the_room_sequences_a_flag_says_that_a_card_is_back() -> None:
    its = room()
    its.do(*(StartPhase(phase=phase) for phase in ("open", "sequence")))
    marks = MoveMarks(frozenset(), earlier=EarlierMarks().of(its.session))
    planned = card_face(its.session, "P1", 1, VoteSummary(), session_plan(its.session), marks=marks)
    assert planned.line.startswith("proposed: ")
    assert "back" in planned.flags


def test_a_decision_takes_the_place_of_the_mark() -> None:
    its = room()
    its.do(Decide(card="P1", word="not_now", why="no people"))
    assert face(its, "P1").line.startswith("Not now.")
    assert BACK not in face(its, "P1").extra
