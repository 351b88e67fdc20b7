"""The clock of a phase on the screen: its minutes can be changed, it rings, it shows its last minute everywhere, and it never moves on."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_board, press, screen_of, shown, words
from support import bare

from sessions.commands.phases import StartPhase
from sessions.state.timer import Timer
from tui.board.screen import SessionScreen


async def test_the_length_of_the_meeting_is_chosen_from_a_list_or_phase_by_phase(tmp_path: Path) -> None:
    async with on_board(tmp_path, bare(), StartPhase(phase="open")) as (pilot, opened):
        session = opened.live
        await press(pilot, ":", *"60", "enter")
        assert sum(session.session.planned(phase) for phase in session.session.phases) == 60 * 60
        await press(pilot, ":", *"each", "enter", "backspace", "backspace", *"x", "enter")
        assert "whole numbers" in shown(pilot)
        await press(pilot, "backspace", *"12", "enter")
        assert session.session.timer.planned == 12 * 60


async def test_it_rings_when_the_last_minute_begins_and_at_the_end_and_shows_a_bar_over_dialogs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_board(tmp_path, bare(), StartPhase(phase="open")) as (pilot, opened):
        rung: list[int] = []
        screen = screen_of(pilot, SessionScreen)
        monkeypatch.setattr(pilot.app, "bell", lambda: rung.append(1))
        live = opened.live
        since = live.session.timer.since
        assert since is not None

        def at(left: int) -> None:
            """Set the clock to `left` seconds before its end."""
            live.session = live.session._replace(timer=Timer(300, 300 - left - (live.elapsed - since), since))
            screen.tick()

        for left, rings in ((90, 0), (61, 0), (60, 1), (30, 1), (1, 1), (0, 2), (-5, 2)):
            at(left)
            assert len(rung) == rings
        at(42)
        await pilot.pause()
        assert "0:42 left" in shown(pilot)
        await press(pilot, "p")
        assert "Park a question" in words(pilot)
        assert "0:42 left" in shown(pilot)
        await press(pilot, "escape")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        top = shown(pilot).splitlines()[0]
        assert "→  ] " in top, "a low screen keeps the next step"
        assert top.endswith("0:42 left")
        at(-1)
        assert live.session.phase == "open"
