"""A shortlist for the ballot: marked cards, those that a filter shows, the first of the board or of the latest ballot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stage import on_stage, press, revealed_room, shown
from textual.pilot import Pilot

from sessions.commands.people import MarkAttendance
from sessions.library.library import OpenSession
from sessions.record.events import RoundOpened
from sessions.state.session import Session
from tui.ballot.screen import BallotScreen

DOWN_TO_THE_LIST = ["down"] * 5
RETYPE = ("down", "backspace", "backspace")


def of_the_cfo(session: Session) -> tuple[str, ...]:
    return tuple(card for card in session.order if session.cards[card].sponsor == "CFO")


@pytest.mark.parametrize(
    ("before", "chosen", "expected"),
    [
        (["M", "j", "j", "M"], ["right"], lambda _: ("P01", "P03")),
        (["V", *"only sponsor cfo", "enter"], ["right"], of_the_cfo),
        ([], ["right", *RETYPE, "7"], lambda session: session.order[:7]),
    ],
    ids=["marked", "filtered", "first"],
)
async def test_a_ballot_can_be_about_some_of_the_cards(
    pilot: Pilot[None], opened: OpenSession, before: list[str], chosen: list[str], expected: Callable[[Session], tuple[str, ...]]
) -> None:
    opened.live.perform(MarkAttendance(presence="present"))
    await press(pilot, *before, "v", "enter")
    assert "all 24" in shown(pilot)
    assert ("2 marked" in shown(pilot)) == ("M" in before)
    await press(pilot, *DOWN_TO_THE_LIST, *chosen, "enter")
    event = opened.live.recordeds[-1].event
    assert isinstance(event, RoundOpened)
    assert event.cards == expected(opened.live.session)
    assert event.numbers == tuple(opened.live.session.rank(card) for card in event.cards)


async def test_after_a_ballot_the_first_of_its_order_can_be_voted_on() -> None:
    live = revealed_room().live
    revealed = live.session.rounds[0].revealed
    assert revealed is not None
    order = next(tally.order for tally in revealed.tallies if tally.weighting == "sides")
    async with on_stage(BallotScreen(live)) as pilot:
        await press(pilot, "enter", *DOWN_TO_THE_LIST, "right", "right", *RETYPE, "5", "enter")
    event = live.recordeds[-1].event
    assert isinstance(event, RoundOpened)
    assert set(event.cards) == set(order[:5])


async def test_a_number_of_cards_that_cannot_be_is_refused_and_stays(pilot: Pilot[None], opened: OpenSession) -> None:
    opened.live.perform(MarkAttendance(presence="present"))
    await press(pilot, "v", "enter", *DOWN_TO_THE_LIST, "right", *RETYPE, "9", "9", "enter")
    assert "A ballot is about 2 to 24 cards: say how many." in shown(pilot)
    assert "99" in shown(pilot)
    assert not opened.live.session.rounds
