"""After an earlier session the room chooses what it votes on again."""

from __future__ import annotations

from record_release import earlier
from stage import on_stage, press, shown
from support import Room, small

from sessions.record.events import Matched, RoundOpened
from tui.ballot.screen import BallotScreen


async def test_a_ballot_can_be_about_what_is_new_changed_or_due() -> None:
    its = Room(small(), past=earlier().model_copy(update={"unclear": ()})).everybody()

    async with on_stage(BallotScreen(its.live)) as pilot:
        await press(pilot, "enter")
        assert "● all  ○ 3 new  ○ 1 changed" in shown(pilot)
        assert "ranked" not in shown(pilot)
        await press(pilot, *["down"] * 6, "right", "enter")

    event = its.last
    assert isinstance(event, RoundOpened)
    assert event.cards == ("P2", "P3", "P4")


async def test_a_first_session_does_not_ask() -> None:
    async with on_stage(BallotScreen(Room(small()).everybody().live)) as pilot:
        await press(pilot, "enter")
        assert "Vote on" not in shown(pilot)


async def test_all_reasons_together_are_one_step_to_the_left() -> None:
    matched = tuple(Matched(card=f"P{place}", was=f"P{place}", by="id", back="due" if place == 3 else "") for place in (1, 2, 3))
    cards = (*(card for card in small().projects if card.id != "P4"),)
    its = Room(small(), past=earlier().model_copy(update={"cards": cards, "matched": matched, "unclear": ()})).everybody()

    async with on_stage(BallotScreen(its.live), (80, 24)) as pilot:
        await press(pilot, "enter")
        assert "● all  ○ 1 new  ○ 1 due  ○ 2 new or due" in shown(pilot)
        await press(pilot, *["down"] * 6, "left", "enter")

    event = its.last
    assert isinstance(event, RoundOpened)
    assert event.cards == ("P3", "P4")
