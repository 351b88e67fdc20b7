"""Marked cards: they are moved, decided, merged and voted on together, and nothing happens before it was shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from stage import on_stage, press, revealed_room, said, screen_of, shown
from textual.pilot import Pilot

from sessions.commands.people import MarkAttendance
from sessions.library.library import OpenSession
from sessions.record.events import CardsMerged, CardsMoved, DecisionsMade, NoteAdded, RoundOpened
from sessions.state.session import Session
from sessions.summary.markdown import summary
from tui.ballot.screen import BallotScreen
from tui.board.screen import SessionScreen

MARK_THREE = ("M", "j", "j", "M", "j", "M")  # P01, P03 and P04


def last(opened: OpenSession) -> object:
    return opened.live.recordeds[-1].event


async def test_marked_cards_move_together_after_a_preview_and_come_back_together(pilot: Pilot[None], opened: OpenSession) -> None:
    before = opened.live.session.order
    await press(pilot, *MARK_THREE)
    assert "3 marked · & together" in shown(pilot)
    assert " 1  »" in shown(pilot)
    await press(pilot, "ampersand", "enter", "9", "9", "enter")
    assert "The first of them can have rank 1 to 22." in shown(pilot)
    await press(pilot, "backspace", "backspace", "6", "enter")
    assert "3 cards to ranks 6 to 8?" in shown(pilot)
    assert "#4 → #8" in shown(pilot)
    assert opened.live.session.order == before
    await press(pilot, "enter")
    assert last(opened) == CardsMoved(cards=("P01", "P03", "P04"), old=(1, 3, 4), new=6)
    moved = opened.live.session.seq
    await press(pilot, "G", "n", *"one contract", "enter")
    assert last(opened) == NoteAdded(card="P01", text="one contract", about=moved)
    assert "one contract" in summary(opened.live.session)
    await press(pilot, "g", "n", *"a note", "enter")
    assert last(opened) == NoteAdded(card=opened.live.session.order[0], text="a note")
    await press(pilot, "u", "u", "u")
    assert opened.live.session.order == before


async def test_marked_cards_become_one_and_their_parts_are_listed(pilot: Pilot[None], opened: OpenSession) -> None:
    part = opened.live.session.cards["P03"].title
    await press(pilot, *MARK_THREE, "ampersand", *"merge", "enter", "enter")
    assert isinstance(last(opened), CardsMerged)
    assert len(opened.live.session.order) == 22
    await press(pilot, "enter")
    assert "Parts" in shown(pilot)
    assert part in shown(pilot)
    await press(pilot, "escape", "u")
    assert len(opened.live.session.order) == 24


async def test_only_the_marked_cards_are_decided(pilot: Pilot[None], opened: OpenSession) -> None:
    opened.live.perform(MarkAttendance(presence="present"))
    await press(pilot, *MARK_THREE, "ampersand", *"decide", "enter")
    assert not opened.live.session.decisions
    await press(pilot, "enter")
    event = last(opened)
    assert isinstance(event, DecisionsMade)
    assert {each.card for each in event.decisions} == {"P01", "P03", "P04"}


async def test_marks_can_be_shown_alone_and_escape_takes_them_away(pilot: Pilot[None]) -> None:
    screen = screen_of(pilot, SessionScreen)
    await press(pilot, *MARK_THREE, "ampersand", *"only", "enter")
    assert screen.shown.order == ("P01", "P03", "P04")
    await press(pilot, "escape")
    assert len(screen.shown.order) == 24
    await press(pilot, "escape")
    assert not screen.marks
    await press(pilot, "ampersand")
    assert "No card is marked: M marks the selected card." in said(pilot)
    await press(pilot, "slash", *"tax", "tab", "ampersand", *"all", "enter")
    assert screen.marked == set(screen.shown.order) != set()


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
