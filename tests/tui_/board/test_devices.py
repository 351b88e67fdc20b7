"""What comes to the board from other people's devices: proposed moves to answer, and votes that never disturb the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import HOSTILE, on_board, press, screen_of, shown, words
from support import bare, small

from sessions.commands.base import Actor
from sessions.commands.cards import MoveCard
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.commands.proposed_moves import ProposeMove, SetFreeMode
from sessions.commands.rounds import OpenRound, SealBallot
from tui.board.screen import SessionScreen

SALES = Actor("vp-sales", "device")
EVERYBODY = MarkAttendance(presence="present")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_proposed_move_is_answered_by_one_key(tmp_path: Path, size: tuple[int, int]) -> None:
    async with on_board(tmp_path, small(), EVERYBODY, size=size) as (pilot, opened):
        await press(pilot, "b", "exclamation_mark")
        assert opened.live.session.order == ("P1", "P2", "P3", "P4"), "there is nothing to answer"
        opened.live.perform(ProposeMove(card="P4", rank=1, reason="it pays back first"), SALES)
        opened.live.perform(ProposeMove(card="P3", rank=1, reason=HOSTILE), SALES)
        await press(pilot, "j")
        assert "VP Sales: Returns 4 → 1, because it pays back" in words(pilot)
        assert "1 more ! accept b decline" in words(pilot)
        await press(pilot, "exclamation_mark")
        assert opened.live.session.order == ("P4", "P1", "P2", "P3")
        assert screen_of(pilot, SessionScreen).selected_id == "P4"
        assert "VP Sales: Close faster 4 → 1, " in words(pilot)
        await press(pilot, "b")
        assert opened.live.session.order == ("P4", "P1", "P2", "P3")
        await press(pilot, "u")
        assert "decline" not in shown(pilot)
        assert "Undone: VP Sales asked: Returns from 4 to 1" in words(pilot), "the room sees whose act is taken back"
        assert opened.live.session.order == ("P1", "P2", "P3", "P4")


async def test_a_key_acts_on_what_others_did_before_it(tmp_path: Path) -> None:
    async with on_board(tmp_path, small(), EVERYBODY, SetFreeMode(people=("vp-sales",))) as (pilot, opened):
        screen = screen_of(pilot, SessionScreen)
        assert screen.selected_id == "P1"
        for rank in (4, 2, 3):
            opened.live.perform(MoveCard(card="P1", to=rank), SALES)
        await press(pilot, "n", "escape")
        assert "VP Sales: Checkout 3 ▼ from 2" in words(pilot)
        await press(pilot, "J")
        assert opened.live.session.order == ("P2", "P3", "P4", "P1"), "the selected card moves, wherever it is"


async def test_votes_from_devices_are_drawn_a_few_times_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(SessionScreen, "show_saved", lambda self: (drawn.append(1), self.show_top(), self.follow_stage()))
    people = ("coo", "cfo", "vp-sales", "cio", "architect")
    async with on_board(tmp_path, bare(), EVERYBODY, StartPhase(phase="vote"), OpenRound()) as (pilot, opened):
        drawn.clear()
        for turn in range(4):
            for voice in people:
                opened.live.perform(SealBallot(round=1, voice=voice, points={"ABCD"[turn]: 25}), Actor(voice, "device"))
        assert len(drawn) == 1, "the first one is seen immediately, the others wait"
        screen_of(pilot, SessionScreen).catch_up()
        assert len(drawn) == 2
        assert "All 5 have voted" in words(pilot) or "All have voted" in words(pilot)
