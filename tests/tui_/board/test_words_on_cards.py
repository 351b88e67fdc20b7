"""The words of a card, of what it says of its past, of the lines at the top and of a list: nothing twice, nothing cut that would then lie."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from record_release import earlier
from rich.cells import cell_len
from stage import on_stage, revealed_room, shown, voting_room
from support import Room, bare, sample, small, with_cards

from sessions.commands.cards import EditCard, MoveCard, Undo
from sessions.commands.decisions import Decide
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound, SealBallot
from sessions.deciding.session_plan import session_plan
from sessions.guide.step import Step
from sessions.portfolio.models import Participant
from sessions.record.events import Matched
from sessions.sequencing.plan import Plan
from sessions.state.moved_cards import MovedCards
from tui.ballot.screen import BallotScreen
from tui.cards.detail import detail
from tui.cards.earlier import EarlierMarks
from tui.cards.face import MoveMarks, VoteSummary, card_face
from tui.host.top_bar import now_line, phase_line, title_line
from tui.people.screen import PeopleScreen
from tui.reveal.screen import RevealScreen
from tui.themes import palette
from tui.widgets.board.card_lines import Painter
from tui.widgets.board.columns import Filled, columns
from tui.widgets.board.face import CardFace, Look


def plain(line: Iterable[tuple[str, object]]) -> str:
    return "".join(text for text, _ in line)


@pytest.mark.parametrize("note", ["saved #1", "read-only"])
@pytest.mark.parametrize("width", [70, 98, 99, 200])
def test_what_is_saved_is_told_once_at_every_usual_width(width: int, note: str) -> None:
    session = Room(sample(), title="Larkfield Supply").session
    lines = [plain(title_line(session, 0, width, note)), plain(phase_line(session, width, note))]
    assert "".join(lines).count(note) == 1
    assert max(map(len, lines)) <= width
    assert "read-only" in plain(title_line(session, 0, 40, "read-only")), "at every width"


def test_every_side_is_told_by_its_own_name() -> None:
    people = tuple(Participant(id=side, role=f"Voice of {side}", side=side) for side in ("business", "it", "legal"))
    session = Room(sample().model_copy(update={"participants": people})).session
    told = plain(title_line(session, 0, 158, "saved #1"))
    assert "● business 1   ◆ IT 1   ■ legal 1" in told, "before the session opens nobody can be missing"
    told = plain(title_line(session._replace(phase="open"), 0, 158, "saved #1"))
    assert "● business 0/1 no quorum   ◆ IT 0/1 no quorum   ■ legal 0/1 no quorum" in told


def test_only_a_phase_in_which_something_was_done_has_a_tick() -> None:
    room = Room(sample()).everybody()
    room.do(*(StartPhase(phase=phase) for phase in ("open", "vote", "reveal", "talk", "decide", "cards")))

    def ticks() -> list[str]:
        return [mark.strip() for mark in plain(phase_line(room.session, 158, "")).split("  ") if "✓" in mark]

    assert ticks() == ["✓ Open"]
    room.do(OpenRound(), SealBallot(round=1, voice="cfo", points={"P01": 25}))
    assert ticks() == ["✓ Open", "✓ Vote"]


@pytest.mark.parametrize(("width", "density"), [(60, 1), (157, 1), (60, 3)])
def test_an_amount_is_never_cut(width: int, density: int) -> None:
    worth, voices = "budget $142,960,000", (("● business 14", "● 14", "business"), ("◆ IT 14", "◆ 14", "it"))
    face = CardFace(rank=18, title="A" * 60, who="Canada Revenue Agency", worth=worth, bar=500, bar_text="16.1", voices=voices)
    lines = Painter(face, Look(), columns(width, density, 3), palette({})).lines(marked=False, thumb=False)
    text = "\n".join(strip.text for strip in lines)
    assert "$142,960,000" in text or "$1" not in text


@pytest.mark.parametrize("width", [38, 78, 118])
def test_a_decision_on_a_title_alone_is_read_below_it(width: int) -> None:
    face = CardFace(rank=1, title="New tills", tone="start", stand="decided", line="Start.", flags=("must",))
    laid = columns(width, 3, 2, Filled(who=False, worth=0, votes=False, extra=False, ranks=12))
    lines = [strip.text for strip in Painter(face, Look(), laid, palette({})).lines(marked=False, thumb=False)]
    assert laid.rows == 2
    assert "✓" in lines[1]
    assert "Start." in lines[1]
    assert "must" in lines[1]


@pytest.mark.parametrize("make", [BallotScreen, PeopleScreen, RevealScreen])
async def test_where_nothing_can_be_written_no_key_that_writes_is_offered(make: type[BallotScreen | PeopleScreen | RevealScreen]) -> None:
    live = revealed_room().live if make is RevealScreen else voting_room().live
    before = live.session.seq
    async with on_stage(make(live, read_only=True)) as pilot:
        keys = shown(pilot).splitlines()[-1]
        assert "esc back" in keys
        assert not any(word in keys for word in ("vote", "file", "reveal", "cancel", "here/away", "add", "take order", "keep board"))
        # enter on a reveal shows the discussion of the card, in which a window that can only read changes nothing either
        await pilot.press(*[] if make is RevealScreen else ["enter"], "f", "X", "space", "A", "g", "b", "d")
        assert len(pilot.app.screen_stack) == 2
    assert live.session.seq == before


@pytest.mark.parametrize("width", [38, 58, 78])
def test_a_narrow_line_keeps_its_arrow_and_a_part_of_what_comes_next(width: int) -> None:
    step = Step("talk", "This talk is over; esc ends the talks", "talk about “Supplier portal - onboarding & invoices”")
    line = plain(now_line(step, width, act=step.act))
    assert cell_len(line) <= width
    assert "  →  ] talk about" in line
    assert line.startswith("Now  This talk")


BACK, RANKED = "back from 2026-Q2: no [b]money", "ranked 3 in Q2, last quarter"
STALE = "Same rank and no start for 4 quarters: start it, change it, or let it go."


def face(room: Room, card: str = "P1", plan: Plan | None = None) -> CardFace:
    marks = MoveMarks(frozenset(), earlier=EarlierMarks().of(room.session))
    return card_face(room.session, card, 1, VoteSummary(), plan, marks=marks)


def told(room: Room) -> str:
    return detail(room.session, "P1", VoteSummary()).plain


def test_a_card_brings_along_its_rank_and_why_it_is_back_until_the_vote_and_until_it_is_decided() -> None:
    matched = (Matched(card="P1", was="P1", by="id", back="no [b]money", still=4), Matched(card="P2", was="X2", by="asked"))
    room = Room(small(), past=earlier().model_copy(update={"matched": matched, "unclear": ()})).everybody()
    assert face(room).line == BACK
    assert face(room).extra[:2] == (RANKED, STALE)
    assert face(room, "P2").line == "3% more orders"
    assert f"{RANKED}\nBack{BACK[4:]}\n" in told(room)
    assert STALE in told(room)

    room.do(StartPhase(phase="open"), StartPhase(phase="vote"))
    assert RANKED not in told(room)
    assert face(room).extra[:1] == (STALE,)
    room.do(OpenRound(), StartPhase(phase="talk"))
    assert RANKED not in told(room)
    assert BACK in face(room).line

    room.do(StartPhase(phase="sequence"))
    planned = face(room, plan=session_plan(room.session))
    assert planned.line.startswith("proposed: ")
    assert "back" in planned.flags

    room.do(Decide(card="P1", word="not_now", why="no people"))
    assert face(room).line.startswith("Not now.")
    assert BACK not in face(room).extra


def test_a_missed_deadline_stays_on_a_card_that_is_to_start() -> None:
    room = Room(small()).everybody()
    room.do(EditCard(card=room.session.cards["P1"].model_copy(update={"deadline_week": 1})), Decide(card="P1", word="start"))
    assert "too late" in face(room, plan=session_plan(room.session)).flags
    room.do(Decide(card="P1", word="not_now", why="no people"))
    assert "too late" not in face(room, plan=session_plan(room.session)).flags


def test_a_deadline_is_shown_once_and_as_the_day_in_the_file() -> None:
    dated = {"deadline_week": 6, "deadline": "2026-08-17", "fields": (("Due date", "2026-08-17"), ("Site", "Leeds"))}
    shown = told(Room(with_cards(small(), P1=dated)))
    assert "Deadline  17 August" in shown
    assert "Due date" not in shown
    assert "Site  Leeds" in shown


def test_a_card_that_was_pushed_across_the_line_is_marked_too_and_one_that_came_back_is_not() -> None:
    room, moved = Room(bare(" ".join(f"C{number}" for number in range(1, 21)))), MovedCards()

    def marked() -> dict[str, str]:
        marks = MoveMarks(moved.of(room.session), 8)
        words = {card: marks.words(room.session, card, rank) for rank, card in enumerate(room.session.order, 1)}
        return {card: text for card, text in words.items() if text}

    room.do(MoveCard(card="C15", to=2), MoveCard(card="C1", to=3), MoveCard(card="C1", to=1))
    assert marked() == {"C15": "▲ from 15", "C7": "▼ from 7"}
    room.do(Undo(), Undo(), Undo())
    assert marked() == {}
