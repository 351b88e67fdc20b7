"""What screens show of votes that come in from devices: never more than that they are in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import CHOICES, PEOPLE, opening
from stage import on_board, press
from support import bare
from textual.pilot import Pilot

from sessions.commands.base import Actor
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import SealBallot
from sessions.record.events import METHODS, Method

pytestmark = pytest.mark.system

def _drawn(pilot: Pilot[None]) -> tuple[Any, ...]:
    """Return every piece of the screen with its style, and the titles of the window."""
    strips = str([[(each.text, str(each.style)) for each in strip] for strip in pilot.app.screen._compositor.render_strips()])
    return strips, pilot.app.title, pilot.app.sub_title


@pytest.mark.promise("room-R16")
@pytest.mark.parametrize("method", METHODS)
async def test_no_frame_depends_on_a_choice_before_the_reveal(tmp_path: Path, method: Method) -> None:
    commands = (MarkAttendance(presence="present"), StartPhase(phase="vote"), *opening(method))

    async def frames(which: int) -> list[Any]:
        async with on_board(tmp_path / str(which), bare("P01 P02 P03 P04", people=PEOPLE), *commands) as (pilot, opened):
            for voter, place in {"cfo": which, "cio": 1 - which}.items():
                opened.live.perform(SealBallot(round=1, voice=voter, **CHOICES[method][place]), Actor(voter, "device"))
            seen = []
            for keys in ((), ("asterisk",), ("escape", "v"), ("m",), ("escape", "escape", "H")):
                await press(pilot, *keys)
                seen.append(_drawn(pilot))
            assert not pilot.app._exception
            return seen

    first, second = await frames(0), await frames(1)
    assert first == second
    assert len({drawn for drawn, _, _ in first}) == 5
