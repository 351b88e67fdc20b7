"""What the facilitator's screen shows of votes that come in from devices: never more than that they are in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from stage import on_board, press
from support import sample
from textual.pilot import Pilot

from sessions.commands.base import Actor
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import OpenRound, SealBallot

VOTES = {"cfo": ({"P01": 25, "P02": 1}, {"P24": 5}), "cio": ({"P24": 5}, {"P01": 25, "P02": 1})}


def _drawn(pilot: Pilot[None]) -> str:
    """Return every piece of the screen with its style."""
    return "\n".join(str([(each.text, str(each.style)) for each in strip]) for strip in pilot.app.screen._compositor.render_strips())


@pytest.mark.system
@pytest.mark.promise("room-R16")
async def test_no_frame_depends_on_a_choice_before_the_reveal(tmp_path: Path) -> None:
    async def frames(which: int) -> list[Any]:
        folder = tmp_path / str(which)
        async with on_board(folder, sample(), MarkAttendance(presence="present"), StartPhase(phase="vote"), OpenRound()) as (pilot, opened):
            for voter, choices in VOTES.items():
                opened.live.perform(SealBallot(round=1, voice=voter, points=choices[which]), Actor(voter, "device"))
            seen = []
            for keys in ((), ("asterisk",), ("escape", "v"), ("m",), ("escape", "escape", "H")):
                await press(pilot, *keys)
                seen.append((_drawn(pilot), pilot.app.title, pilot.app.sub_title))
            assert not pilot.app._exception
            return seen

    first, second = await frames(0), await frames(1)
    assert first == second
    assert len({text for text, _, _ in first}) == 5
