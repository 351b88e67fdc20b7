"""The words of a card, of the line at the top, and of a list to choose from: nothing twice, nothing cut that would then lie."""

from __future__ import annotations

import pytest
from stage import on_stage, revealed_room, shown, voting_room
from support import Room, sample

from sessions.commands.people import MarkAttendance
from sessions.portfolio.models import Participant
from sessions.state.session import Session
from tui.ballot.screen import BallotScreen
from tui.board.top_bar import phase_line, title_line
from tui.cards.detail import detail
from tui.cards.face import Voices, card_face
from tui.dialogs.choose import Choice, Choose
from tui.people.screen import PeopleScreen
from tui.reveal.screen import RevealScreen
from tui.themes import palette
from tui.widgets.board.card_lines import CardFace, Look, Painter
from tui.widgets.board.columns import columns


def test_the_large_card_says_nothing_twice() -> None:
    session = Room(sample(), title="Q3").session
    for rank, card in enumerate(session.order, 1):
        face = card_face(session, card, rank, Voices())
        said = [face.line, *face.extra]
        assert len(set(said)) == len(said)


def test_effort_is_told_in_whole_numbers_and_right_plurals() -> None:
    room = Room(sample(), title="Q3")
    text = detail(room.session, "P01", Voices()).plain
    assert "14 person-weeks, 2 people at once" in text
    assert "4 person-weeks, 1 person at once" in text
    assert "% of account managers who work from the weekly segment list reaches 80 (now 0) by" in text


def top(session_title: str, width: int, note: str) -> str:
    return "".join(text for text, _ in title_line(Room(sample(), title=session_title).session, 0, width, note))


def test_the_quarter_stands_once_in_the_line_at_the_top() -> None:
    assert top("Portfolio 2026-Q3", 120, "saved #1").count("2026-Q3") == 1
    assert "Larkfield · 2026-Q3" in top("Larkfield", 120, "saved #1")


@pytest.mark.parametrize("width", [70, 78, 98, 99, 100, 118, 200])
def test_what_is_saved_is_told_once_at_every_usual_width(width: int) -> None:
    session = Room(sample(), title="Larkfield Supply").session
    lines = ["".join(text for text, _ in line) for line in (title_line(session, 0, width, "saved #1"), phase_line(session, width, "saved #1"))]
    assert "".join(lines).count("saved #1") == 1
    assert max(map(len, lines)) <= width


def with_sides(*sides: str) -> Session:
    people = tuple(Participant(id=f"v{number}", role=f"Voice {number}", side=side) for number, side in enumerate(sides))
    return Room(sample().model_copy(update={"participants": people}), title="Q3").session


def test_every_side_is_told_by_its_own_name() -> None:
    told = "".join(text for text, _ in title_line(with_sides("business", "it", "legal"), 0, 158, "saved #1"))
    assert "business 0/1 no quorum · IT 0/1 no quorum · legal 0/1 no quorum" in told


def test_many_sides_are_told_together_where_they_leave_no_room() -> None:
    told = "".join(text for text, _ in title_line(with_sides("business", "it", "legal", "works-council", "board"), 0, 118, "saved #1"))
    assert "0/5 voices no quorum   saved #1" in told
    assert len(told) <= 118


@pytest.mark.parametrize("width", [40, 58, 78, 98, 118])
def test_a_window_that_can_only_read_says_so_at_every_width(width: int) -> None:
    assert "read-only" in top("Larkfield Supply", width, "read-only")


@pytest.mark.parametrize(("width", "density"), [(60, 1), (77, 1), (157, 1), (77, 3), (60, 3)])
def test_an_amount_is_never_cut(width: int, density: int) -> None:
    worth, voices = "budget $142,960,000", "business 14 · IT 14"
    face = CardFace(rank=18, title="A" * 60, who="Canada Revenue Agency", worth=worth, bar=500, bar_text="16.1", voices=voices)
    lines = Painter(face, Look(), columns(width, density, 3), palette({})).lines(marked=False, thumb=False)
    text = "\n".join(strip.text for strip in lines)
    assert "$142,960,000" in text or "$1" not in text


@pytest.mark.parametrize("width", [44, 57, 77, 120])
def test_all_moves_are_told_the_same_way(width: int) -> None:
    table = columns(width, 1, 2)
    texts = [
        Painter(CardFace(rank=9, title="A", moved=moved), Look(), table, palette({})).lines(marked=False, thumb=False)[0].text
        for moved in ("▲ from 4", "▼ from 15")
    ]
    assert len({"from" in text for text in texts}) == 1


async def test_a_list_keeps_ranks_below_each_other_and_each_choice_on_one_line() -> None:
    choices = [Choice("a", "  9  Nine", "x" * 200), Choice("b", " 10  Ten", "short")]
    async with on_stage(Choose("Find a card", choices)) as pilot:
        lines = [line for line in shown(pilot).splitlines() if "Nine" in line or "Ten" in line]
        assert [line.index("Nine" if "Nine" in line else "Ten") for line in lines] == [lines[0].index("Nine")] * 2
        assert sum("xxx" in line for line in shown(pilot).splitlines()) == 1


async def test_a_ballot_says_who_is_away() -> None:
    room = voting_room()
    room.do(MarkAttendance(people=("cfo",), presence="away"))
    async with on_stage(BallotScreen(room.live)) as pilot:
        assert next(line for line in shown(pilot).splitlines() if "CFO" in line).rstrip().endswith("away")
        assert "esc back" in shown(pilot)


@pytest.mark.parametrize("make", [BallotScreen, PeopleScreen, RevealScreen])
async def test_where_nothing_can_be_written_no_key_that_writes_is_offered(make: type[BallotScreen | PeopleScreen | RevealScreen]) -> None:
    live = revealed_room().live if make is RevealScreen else voting_room().live
    before = live.session.seq
    async with on_stage(make(live, read_only=True)) as pilot:
        keys = shown(pilot).splitlines()[-1]
        assert "esc back" in keys
        assert not any(word in keys for word in ("vote", "file", "reveal", "give up", "here/away", "add", "take order", "keep board"))
        # enter on a reveal shows the talk about the card, where a window that can only read changes nothing either
        await pilot.press(*[] if make is RevealScreen else ["enter"], "f", "X", "space", "A", "g", "b", "d")
        assert len(pilot.app.screen_stack) == 3
    assert live.session.seq == before
