"""The history lists what was done; a line undoes everything down to it, in one step, after showing what that changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from stage import on_board, press, shown, words
from support import board_of, small

from sessions.commands.cards import MoveCard
from sessions.commands.decisions import Decide
from sessions.commands.people import ChooseAsker, MarkAttendance
from sessions.commands.phases import CloseSession, StartPhase
from tui.dialogs.confirm import Confirm
from tui.history.screen import HistoryScreen

DONE = (
    MarkAttendance(presence="present"),
    ChooseAsker(person="cfo"),
    MoveCard(card="P4", to=1, reason="the contract ends"),
    Decide(card="P4", word="start"),
    StartPhase(phase="talk"),
    MoveCard(card="P1", to=4),
)


async def test_enter_shows_what_changes_and_takes_all_of_it_back_in_one_step(tmp_path: Path) -> None:
    async with on_board(tmp_path, small(), *DONE) as (pilot, opened):
        before = opened.live.session
        await press(pilot, "H")
        assert isinstance(pilot.app.screen, HistoryScreen)
        text = shown(pilot)
        told = ("CFO asked: Checkout from 2 to 4.", "Decided: Returns", "CFO asked: Returns from 4 to 1, because the contract ends.")
        places = [text.index(each) for each in told]
        assert places == sorted(places), "the latest is on top"
        assert "3 actions" in text
        begun = f"{datetime.fromisoformat(before.at).astimezone():%H:%M}"
        asked = [line.split() for line in text.replace("▌", " ").splitlines() if "CFO asked" in line]
        assert [line[:3] for line in asked] == [[begun, "Talk", "CFO"], [begun, "Prepare", "CFO"]]
        await press(pilot, "j", "enter")
        assert isinstance(pilot.app.screen, Confirm)
        assert "Undo the last 2 actions?" in words(pilot)
        assert "1 card moves: Checkout 4 → 2. 1 decision is gone: Returns." in words(pilot)
        await press(pilot, "escape")
        assert opened.live.session is before
        heard = []
        opened.live.watch(lambda _, news: heard.append(len(news)))
        await press(pilot, "enter", "enter")
        assert heard == [2]
        assert opened.live.session.order == ("P4", "P1", "P2", "P3")
        assert not opened.live.session.decisions
        assert "undone: CFO asked: Checkout from 2 to 4." in shown(pilot)
        await press(pilot, "escape", "U", "U")
        assert board_of(opened.live.session) == board_of(before)
        opened.live.perform(CloseSession(leave_undecided=True))
        await press(pilot, "H", "enter", "enter")
        assert isinstance(pilot.app.screen, HistoryScreen)
        assert opened.live.session.closed, "a closed session only shows what was done"
        assert board_of(opened.live.session) == board_of(before)
