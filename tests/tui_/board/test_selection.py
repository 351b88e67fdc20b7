"""The selection follows a card, not a place: what somebody else changes in the session never moves it."""

from __future__ import annotations

import pytest
from stage import screen_of
from textual.pilot import Pilot

from sessions.commands.base import Command
from sessions.commands.cards import AddCard, MoveCard, WithdrawCard
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.library.library import OpenSession
from sessions.portfolio.models import Project
from sessions.record.events import ActionAgreed, CardMoved, QuestionParked
from tui.board.screen import SessionScreen

NEW = AddCard(card=Project(id="", title="From elsewhere"), rank=1)


def selected(pilot: Pilot[None]) -> tuple[str, str]:
    """Return the selected card, and the card at the cursor."""
    screen = screen_of(pilot, SessionScreen)
    assert screen.selected is not None
    return screen.selected.id, screen.card_at(screen.board.cursor)


@pytest.mark.parametrize("command", [NEW, MoveCard(card="P01", to=20), MoveCard(card="P03", to=1)])
async def test_a_change_from_elsewhere_leaves_the_selection(pilot: Pilot[None], opened: OpenSession, command: Command) -> None:
    await pilot.press("j", "j")
    opened.live.perform(command)
    assert selected(pilot) == ("P03", "P03")
    await pilot.press("T")
    assert opened.live.session.rank("P03") == 1


async def test_the_order_of_the_group_is_looked_at_from_its_top(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("G")
    votes = (SealBallot(round=1, voice=voice, points={"P20": 25}) for voice in ("cfo", "cio"))
    for command in (MarkAttendance(presence="present"), OpenRound(), *votes, RevealBallots(round=1), TakeGroupOrder()):
        opened.live.perform(command)
    await pilot.pause()
    assert selected(pilot) == ("P20", "P20")
    assert screen_of(pilot, SessionScreen).board.scroll_offset.y == 0


async def test_a_card_that_leaves_the_board_selects_the_one_in_its_place(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("j", "j")
    opened.live.perform(WithdrawCard(card="P03", reason="done elsewhere"))
    assert selected(pilot) == ("P04", "P04")


@pytest.mark.parametrize("command", [NEW, MoveCard(card="P01", to=20)])
async def test_a_carried_card_is_dropped_before_the_card_it_was_carried_to(pilot: Pilot[None], opened: OpenSession, command: Command) -> None:
    await pilot.press("j", "j", "space", "j", "j")  # P03 before P06
    opened.live.perform(command)
    assert selected(pilot) == ("P03", "P03")
    await pilot.press("space")
    assert isinstance(opened.live.recordeds[-1].event, CardMoved)
    assert opened.live.session.rank("P03") == opened.live.session.rank("P06") - 1
    assert selected(pilot) == ("P03", "P03")


@pytest.mark.parametrize("gone", ["P03", "P06"])
async def test_carrying_survives_a_card_that_leaves_the_board(pilot: Pilot[None], opened: OpenSession, gone: str) -> None:
    await pilot.press("j", "j", "space", "j", "j")
    opened.live.perform(WithdrawCard(card=gone, reason="done elsewhere"))
    card, at_cursor = selected(pilot)
    assert card == at_cursor
    await pilot.press("space")
    assert selected(pilot) == (card, card)


async def test_an_agreed_action_keeps_its_form_until_nothing_is_missing_and_goes_to_what_is(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("o", *"Call", "enter", *"JJ")
    assert len(pilot.app.screen_stack) == 2
    assert opened.live.session.rank("P01") == 1
    await pilot.press("tab", *["backspace"] * 10, *"soon", "enter", *["backspace"] * 4, *"2026-09-29", "enter")
    assert opened.live.recordeds[-1].event == ActionAgreed(what="Call", who="JJ", by_when="2026-09-29", card="P01")


async def test_where_a_stage_hides_the_cards_an_action_is_about_none(pilot: Pilot[None], opened: OpenSession) -> None:
    opened.live.perform(StartPhase(phase="close"))
    await pilot.pause()
    await pilot.press("o", *"Call", "tab", *"CIO", "tab", *["backspace"] * 10, *"2026-09-29", "enter", "tab", "p", *"Why?", "enter")
    agreed, parked = (each.event for each in opened.live.recordeds[-2:])
    assert isinstance(agreed, ActionAgreed)
    assert agreed.card == ""
    assert isinstance(parked, QuestionParked)
    assert parked.card == "P01", "tab shows the board"
