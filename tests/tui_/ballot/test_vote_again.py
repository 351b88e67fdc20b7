"""After an earlier session the room chooses what it votes on again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from record_release import earlier
from stage import on_stage, press, shown
from support import Room, small

from sessions.record.events import Matched, RoundOpened
from tui.ballot.screen import BallotScreen


def its_first() -> Room:
    return Room(small(), past=earlier().model_copy(update={"unclear": ()}))


def its_third() -> Room:
    """Return a session with one card that is new, and one that is due."""
    matched = tuple(Matched(card=f"P{place}", was=f"P{place}", by="id", back="due" if place == 3 else "") for place in (1, 2, 3))
    cards = (*(card for card in small().projects if card.id != "P4"),)
    return Room(small(), past=earlier().model_copy(update={"cards": cards, "matched": matched, "unclear": ()}))


@pytest.mark.parametrize(
    ("make", "offered", "key", "cards"),
    [
        (its_first, "● all  ○ 3 new  ○ 1 changed", "right", ("P2", "P3", "P4")),
        (its_third, "● all  ○ 1 new  ○ 1 due  ○ 2 new or due", "left", ("P3", "P4")),
        (lambda: Room(small()), "", "right", ("P1", "P2", "P3", "P4")),
    ],
    ids=["new or changed", "all reasons together", "a first session"],
)
async def test_a_ballot_can_be_about_what_is_new_changed_or_due(make: Callable[[], Room], offered: str, key: str, cards: tuple[str, ...]) -> None:
    its = make().everybody()
    async with on_stage(BallotScreen(its.live), (80, 24)) as pilot:
        await press(pilot, "enter")
        assert offered in shown(pilot)
        assert ("Vote on" in shown(pilot)) is bool(offered)
        await press(pilot, *["down"] * 6, key, "enter")
    event = its.last
    assert isinstance(event, RoundOpened)
    assert event.cards == cards
