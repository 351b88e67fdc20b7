"""A shortlist for the ballot: marked cards, those that a filter shows, the first of the board or of the latest ballot."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_board, on_stage, press, revealed_room, shown
from support import sample
from textual.pilot import Pilot

from sessions.commands.people import MarkAttendance
from sessions.library.library import OpenSession
from sessions.record.events import RoundOpened
from tui.ballot.screen import BallotScreen


async def open_on(pilot: Pilot[None], opened: OpenSession, steps: int, *typed: str) -> RoundOpened:
    """Open a ballot on the list so many steps to the right of all cards, its number typed if it asks for one."""
    await press(pilot, "v", "enter", *["down"] * 5, *["right"] * steps)
    if typed:
        await press(pilot, "down", "backspace", "backspace", *typed)
    await press(pilot, "enter")
    event = opened.live.recordeds[-1].event
    assert isinstance(event, RoundOpened), shown(pilot)
    return event


@pytest.fixture
def portfolio_folder(tmp_path: Path) -> Path:
    return tmp_path


async def test_a_ballot_can_be_about_the_marked_cards(portfolio_folder: Path) -> None:
    async with on_board(portfolio_folder, sample(), MarkAttendance(presence="present")) as (pilot, opened):
        await press(pilot, "M", "j", "j", "M", "v", "enter")
        assert "all 24" in shown(pilot)
        assert "2 marked" in shown(pilot)
        await press(pilot, "escape", "escape")
        round_ = await open_on(pilot, opened, 1)
        assert round_.cards == ("P01", "P03")
        assert round_.numbers == (1, 3)


async def test_a_ballot_can_be_about_what_a_filter_shows(portfolio_folder: Path) -> None:
    async with on_board(portfolio_folder, sample(), MarkAttendance(presence="present")) as (pilot, opened):
        await press(pilot, "V", *["space" if letter == " " else letter for letter in "only sponsor cfo"], "enter")
        session = opened.live.session
        round_ = await open_on(pilot, opened, 1)
        assert round_.cards == tuple(card for card in session.order if session.cards[card].sponsor == "CFO")


async def test_a_ballot_can_be_about_the_first_cards(portfolio_folder: Path) -> None:
    async with on_board(portfolio_folder, sample(), MarkAttendance(presence="present")) as (pilot, opened):
        round_ = await open_on(pilot, opened, 1, "7")
        assert round_.cards == opened.live.session.order[:7]


async def test_after_a_ballot_the_first_of_its_order_can_be_voted_on() -> None:
    live = revealed_room().live
    revealed = live.session.rounds[0].revealed
    assert revealed is not None
    order = next(tally.order for tally in revealed.tallies if tally.weighting == "sides")
    async with on_stage(BallotScreen(live)) as pilot:
        await press(pilot, "enter", *["down"] * 5, "right", "right", "down", "backspace", "backspace", "5", "enter")
        event = live.recordeds[-1].event
        assert isinstance(event, RoundOpened)
        assert set(event.cards) == set(order[:5])


async def test_a_number_of_cards_that_cannot_be_is_refused_and_stays(portfolio_folder: Path) -> None:
    async with on_board(portfolio_folder, sample(), MarkAttendance(presence="present")) as (pilot, opened):
        await press(pilot, "v", "enter", *["down"] * 5, "right", "down", "backspace", "backspace", "9", "9", "enter")
        assert "A ballot is about 2 to 24 cards: say how many." in shown(pilot)
        assert "99" in shown(pilot)
        assert not opened.live.session.rounds
