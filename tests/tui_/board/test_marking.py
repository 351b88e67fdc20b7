"""Marked cards: they are moved, decided and merged together, and nothing happens before it was shown."""

from __future__ import annotations

from stage import press, said, screen_of, shown
from textual.pilot import Pilot

from sessions.commands.people import MarkAttendance
from sessions.library.library import OpenSession
from sessions.record.events import CardsMerged, CardsMoved, DecisionsMade, NoteAdded
from sessions.summary.markdown import summary
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
