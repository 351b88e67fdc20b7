"""A card says where it was ranked and why it is back: on the board and in its detail, and without a rank while the room votes."""

from __future__ import annotations

from record_release import earlier
from support import Room, small

from sessions.commands.decisions import Decide
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound
from sessions.deciding.session_plan import session_plan
from sessions.record.events import Matched
from sessions.sequencing.plan import Plan
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
