"""When the voters agree very much, the room looks for one reason against its first card."""

from __future__ import annotations

import pytest
from stage import on_stage, press, shown
from support import Room, bare

from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.guide.next_step import next_step
from tui.dialogs.ask import Ask
from tui.reveal.screen import RevealScreen


def agreeing(*, rounds: int = 1) -> Room:
    """Return a room in which all five vote alike, in each of some rounds."""
    its = Room(bare()).everybody()
    its.do(StartPhase(phase="open"))
    for number in range(1, rounds + 1):
        its.do(StartPhase(phase="vote"), OpenRound())
        its.do(*(SealBallot(round=number, voice=each.id, points={"B": 25, "A": 10, "D": 5}) for each in its.session.voters()))
        its.do(RevealBallots(round=number))
    return its


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_reason_is_asked_for_once_and_noted_on_the_card(size: tuple[int, int]) -> None:
    its = agreeing()
    async with on_stage(RevealScreen(its.live), size) as pilot:
        assert "look for a reason against it" in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert isinstance(pilot.app.screen, Ask)
        assert "One reason against “B”" in shown(pilot)
        await press(pilot, *"too dear", "enter")
        assert [(note.card, note.text) for note in its.session.notes] == [("B", "Against it: too dear")]
        assert "use the group's order" in shown(pilot)


async def test_the_step_can_be_skipped() -> None:
    async with on_stage(RevealScreen(agreeing().live)) as pilot:
        await press(pilot, "right_square_bracket", "escape")
        assert "use the group's order" in shown(pilot)


async def test_only_a_first_ballot_is_doubted() -> None:
    async with on_stage(RevealScreen(agreeing(rounds=2).live)) as pilot:
        assert "look for a reason against it" not in shown(pilot)
    assert next_step(agreeing().session).kind == "take_order"  # nothing is known of the result here
