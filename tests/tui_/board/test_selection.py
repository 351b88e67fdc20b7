"""The selection follows a card, not a place: what someone else changes in the session never moves it."""

from __future__ import annotations

import pytest
from stage import screen_of
from textual.pilot import Pilot

from sessions.commands.base import Command
from sessions.commands.cards import AddCard, MoveCard, WithdrawCard
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.library.library import OpenSession
from sessions.portfolio.models import Project
from tui.board.screen import SessionScreen

NEW = AddCard(card=Project(id="", title="From elsewhere"), rank=1)
DOWN = MoveCard(card="P01", to=20)


def selected(pilot: Pilot[None]) -> tuple[str, str]:
    """Return the selected card, and the card at the cursor."""
    screen = screen_of(pilot, SessionScreen)
    return screen.selected_id, screen.card_at(screen.board.cursor)


@pytest.mark.parametrize("command", [NEW, DOWN, MoveCard(card="P03", to=1)])
async def test_a_change_from_elsewhere_leaves_the_selection(pilot: Pilot[None], opened: OpenSession, command: Command) -> None:
    await pilot.press("j", "j")
    opened.live.perform(command)
    assert selected(pilot) == ("P03", "P03")
    await pilot.press("T")
    assert opened.live.session.rank("P03") == 1
    opened.live.perform(WithdrawCard(card="P03", reason="done elsewhere"))
    assert selected(pilot) == (opened.live.session.order[0],) * 2, "the one in its place"


async def test_the_order_of_the_group_is_looked_at_from_its_top(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("G")
    votes = (SealBallot(round=1, voice=voice, points={"P20": 25}) for voice in ("cfo", "cio"))
    for command in (MarkAttendance(presence="present"), OpenRound(), *votes, RevealBallots(round=1), TakeGroupOrder()):
        opened.live.perform(command)
    await pilot.pause()
    assert selected(pilot) == ("P20", "P20")
    assert screen_of(pilot, SessionScreen).board.scroll_offset.y == 0


@pytest.mark.parametrize(
    ("command", "carried", "below"),
    [
        (NEW, "P03", "P06"),
        (DOWN, "P03", "P06"),
        (WithdrawCard(card="P03", reason="done elsewhere"), "", ""),
        (WithdrawCard(card="P06", reason="done elsewhere"), "P03", ""),
    ],
    ids=["new", "moved", "carried gone", "place gone"],
)
async def test_a_carried_card_is_dropped_before_the_card_it_was_carried_to(
    pilot: Pilot[None], opened: OpenSession, command: Command, carried: str, below: str
) -> None:
    await pilot.press("j", "j", "space", "j", "j")  # P03 before P06
    opened.live.perform(command)
    card, at_cursor = selected(pilot)
    assert card == at_cursor
    assert carried in ("", card)
    await pilot.press("space")
    assert selected(pilot) == (card, card)
    assert not below or opened.live.session.rank("P03") == opened.live.session.rank(below) - 1
