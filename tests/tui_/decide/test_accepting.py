"""Accepting the proposals: the dialog says what it will do, leaves lines out, and does nothing by escape."""

from __future__ import annotations

from typing import Any

import pytest
from stage import answer_of, on_stage, press, revealed_room, shown
from support import Room, bare, sample, small
from textual.app import ComposeResult
from textual.screen import Screen

from sessions.commands.agreements import DrawLine
from sessions.commands.decisions import AcceptProposals
from sessions.deciding.proposals import proposal_for
from sessions.rounds.undiscussed import undiscussed
from tui.decide.accept import AcceptDialog
from tui.decide.rows import Row, RowColumns, row_line
from tui.decide.stage import DecideStage
from tui.widgets.listing import Listing


async def answers(room: Room, *keys: str, cards: tuple[str, ...] = ()) -> list[Any]:
    return await answer_of(AcceptDialog(room.session, cards), lambda pilot: press(pilot, *keys))


async def test_enter_takes_all_space_leaves_a_line_out_and_escape_does_nothing() -> None:
    room = Room(small()).everybody()
    assert await answers(room, "enter") == [AcceptProposals(cards=("P1", "P2", "P3", "P4"))]
    assert await answers(room, "j", "space", "enter") == [AcceptProposals(cards=("P1", "P3", "P4"))]
    assert await answers(room, "escape") == [None]
    assert await answers(room, "enter", cards=("P2", "P3")) == [AcceptProposals(cards=("P2", "P3"))]


async def test_nothing_is_accepted_while_every_line_is_left_out() -> None:
    room = Room(small()).everybody()
    async with on_stage(AcceptDialog(room.session, ("P2",))) as pilot:
        await press(pilot, "space", "enter")
        assert "No line is left: space takes one in again." in shown(pilot)
        assert "left out, stays open" in shown(pilot)


async def test_what_the_room_differs_on_stands_apart() -> None:
    room = revealed_room()
    differing = undiscussed(room.session)
    async with on_stage(AcceptDialog(room.session), (80, 24)) as pilot:
        text = shown(pilot)
        assert f"{len(differing)} differ and stay open" in " ".join(text.split())
        assert "Differs · not discussed: these stay open" in text
    (command,) = await answers(room, "enter")
    assert not set(command.cards) & set(differing)


async def test_a_long_title_takes_what_a_short_sentence_leaves() -> None:
    title = "Modernization of the member account portal platform"
    portfolio = bare("A B")
    long = portfolio.projects[0].model_copy(update={"title": title})
    room = Room(portfolio.model_copy(update={"projects": (long, portfolio.projects[1])})).everybody()
    room.do(DrawLine(projects=1))
    async with on_stage(AcceptDialog(room.session), (80, 24)) as pilot:
        assert f"{title}  Start." in shown(pilot)
    differs = Row("A", proposal=proposal_for(room.session, "A"), differs=True)
    line = "".join(piece.text for piece in row_line(room.session, differs, RowColumns(3, 30, 46)))
    assert f"{title}  differs · not discussed" in line


async def test_without_a_quorum_every_line_says_so_and_enter_only_leaves() -> None:
    room = Room(sample())
    async with on_stage(AcceptDialog(room.session), (80, 24)) as pilot:
        assert "24 need a decision of yours" in shown(pilot)
        assert "There is no quorum of business and IT" in shown(pilot)
    assert await answers(room, "enter") == [None]


class Stage(Screen[None]):
    """The list over a session."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.stage = DecideStage()

    def compose(self) -> ComposeResult:
        yield self.stage

    def on_mount(self) -> None:
        session = self.room.session
        self.stage.show(session, session.order, selected=session.order[3])


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_list_counts_and_tells_decided_from_proposed_and_from_what_differs(size: tuple[int, int]) -> None:
    room = revealed_room()
    room.do(AcceptProposals(cards=room.session.order[:9]))
    differing = [card for card in undiscussed(room.session) if card in room.session.undecided]
    async with on_stage(Stage(room), size) as pilot:
        lines = shown(pilot).splitlines()
        rows = {card: next(line for line in lines if room.session.cards[card].title[:20] in line) for card in room.session.order[:15]}
        assert all(("✓" in row) == (card in room.session.decisions) for card, row in rows.items())
        assert all(("differs · not discussed" in row) == (card in differing) for card, row in rows.items())
        assert all("proposed: " in row for card, row in rows.items() if card in room.session.undecided and card not in differing)
        assert "decided" in shown(pilot)
        assert ("9 of 24" in shown(pilot)) == (size[0] < 90), "in block letters where there is room"
        assert pilot.app.screen.query_one(Listing).chosen == room.session.order[3]
