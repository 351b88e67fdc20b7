"""The story of a card on the screen: `.` opens it for the selected card."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from record_release import earlier
from stage import disk_library, on_board, press, running, said, shown
from support import Room, small

from sessions.commands.cards import MoveCard
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.phases import StartPhase
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.record.events import CardOutcome
from tui.board.screen import SessionScreen
from tui.look_back.screen import LookBackScreen
from tui.plan.screen import PlanScreen
from tui.story.screen import StoryScreen


def room() -> Room:
    """Return a session whose card P1 was continued in the earlier one, and missed."""
    its = Room(small(), past=earlier()).everybody()
    its.do(
        ConfirmOutcomes(outcomes=(CardOutcome(card="P1", outcome="missed", cause="capacity", note="tills [b]late"),)),
        Decide(card="P1", word="not_now", why="no people"),
        RecordDissent(card="P1", who="CIO", stance="concern", text="it breaks", answer="in May"),
    )
    return its


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_a_story_tells_every_quarter(size: tuple[int, int], tmp_path: Path) -> None:
    async with running(disk_library(tmp_path), StoryScreen(room().live, "P1"), size) as pilot:
        seen = shown(pilot)
        await press(pilot, "home")
        seen += shown(pilot)
    head = ("2 quarters on the board: ranked 3,", "#3 of 4", "#1 of 4")
    for words in (*head, "→ missed: capacity.", "Tills [b]late.", "Not now. no people.", "in May"):
        assert words in seen, words


async def test_the_key_opens_the_story_of_the_selected_card(tmp_path: Path) -> None:
    async with on_board(tmp_path, small(), size=(80, 24)) as (pilot, opened):
        await press(pilot, "j", "full_stop")
        assert isinstance(pilot.app.screen, StoryScreen)
        assert "Price lists\n" in shown(pilot) or "Price lists " in shown(pilot)
        assert "Its story begins this quarter." in shown(pilot)
        await press(pilot, "right")
        assert "Close faster" in shown(pilot)
        await press(pilot, "]")
        assert isinstance(pilot.app.screen, SessionScreen)
        assert opened.live.session.phase == "open"


async def test_look_back_leads_to_the_story_of_a_card_that_is_gone(tmp_path: Path) -> None:
    async with running(disk_library(tmp_path), LookBackScreen(room().live)) as pilot:
        await press(pilot, "full_stop")
        assert isinstance(pilot.app.screen, StoryScreen)
        assert "1 quarter on the board: ranked 1. It is not on the board any more." in shown(pilot)


async def test_no_story_is_told_while_the_room_votes_and_nothing_is_drawn_on_one_that_is_left(tmp_path: Path) -> None:
    its = room()
    async with running(disk_library(tmp_path), PlanScreen(its.live, "P1")) as pilot:
        its.do(OpenRound(), SealBallot(round=1, voice="coo", points={"P1": 5}))
        await press(pilot, "full_stop")
        assert isinstance(pilot.app.screen, PlanScreen)
        its.do(RevealBallots(round=1, override="go"))
        await press(pilot, "tab", "full_stop")
        assert isinstance(pilot.app.screen, StoryScreen)
        left = pilot.app.pop_screen()
        for rank in (2, 1) * 20:
            its.do(MoveCard(card="P1", to=rank))
            await asyncio.sleep(0)
        await left
        assert isinstance(pilot.app.screen, PlanScreen)


@pytest.mark.parametrize(("key", "what"), [("full_stop", "story"), ("ctrl+t", "trend")])
async def test_what_tells_earlier_ranks_opens_after_the_vote(tmp_path: Path, key: str, what: str) -> None:
    library = disk_library(tmp_path)
    with library.create(small(), title="Q3", past=earlier()) as opened:
        for phase in ("open", "vote"):
            opened.live.perform(StartPhase.model_validate({"phase": phase}))
        async with running(library, SessionScreen(opened)) as pilot:
            await press(pilot, "tab", key)
            assert said(pilot).endswith(f"The {what} tells earlier ranks: it opens after the vote.")
            assert isinstance(pilot.app.screen, SessionScreen)
