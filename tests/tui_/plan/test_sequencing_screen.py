"""Sequencing on the board, driven by keys: the cut line, the reasons that follow every move, and why a card waits (METHOD 5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import stage
from stage import press, screen_of, shown
from support import sample
from textual.pilot import Pilot

from sessions.commands.base import Command
from sessions.commands.decisions import AcceptProposals
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import StartPhase
from sessions.library.library import OpenSession
from sessions.portfolio.models import Portfolio, Project, Team, Work
from sessions.record.events import WhatIfKept
from sessions.sequencing.plan import Plan
from sessions.sequencing.weeks import short_start
from tui.board.plan_follower import IN_THE_FRAME
from tui.board.screen import SessionScreen
from tui.plan.what_if.screen import WhatIfScreen
from tui.plan.why import WhyDialog
from tui.widgets.board.geometry import Rows


def played() -> list[Command]:
    """Return the commands of a played ballot, its order taken."""
    return [MarkAttendance(presence="present"), *stage.played_ballot(), TakeGroupOrder(), StartPhase(phase="sequence")]


@asynccontextmanager
async def on_board(
    path: Path, portfolio: Portfolio, *commands: Command, size: tuple[int, int] = (180, 50)
) -> AsyncIterator[tuple[Pilot[None], SessionScreen, OpenSession]]:
    async with stage.on_board(path, portfolio, *commands, size=size) as (pilot, opened):
        screen = screen_of(pilot, SessionScreen)
        yield pilot, screen, opened


async def settled(pilot: Pilot[None], screen: SessionScreen) -> None:
    """Wait until the plan has followed."""
    for _ in range(500):
        await pilot.pause(0.01)
        if not screen.follower.stale:
            break
    await pilot.pause()


def line_of(screen: SessionScreen, card: str) -> str:
    """Return the third row of a card, whole."""
    return screen._face(screen.session.rank(card) - 1).line


def plan_on(screen: SessionScreen) -> Plan:
    assert screen.follower.plan is not None
    return screen.follower.plan


def row_of(text: str, needle: str) -> int:
    return next(number for number, line in enumerate(text.split("\n")) if needle in line)


@pytest.mark.parametrize("keys", [[], ["minus"], ["equals_sign"]])
async def test_the_cut_line_stands_right_above_the_first_card_that_does_not_start(tmp_path: Path, keys: list[str]) -> None:
    async with on_board(tmp_path, sample(), *played()) as (pilot, screen, _):
        await press(pilot, *keys, "8", "backspace", *["j"] * 7)
        text = shown(pilot)
        cut = row_of(text, "2026-Q3 ends here")
        assert cut + 1 == row_of(text, "8   Promised delivery date at checkout")
        assert "━━ 2026-Q3 ends here ━━ Data & BI runs out at #10" in text.split("\n")[cut]
        assert screen.board.rule is not None
        assert screen.board.rule.position == 7


@pytest.mark.parametrize(("height", "gap"), [(1, 0), (1, 1), (3, 1)])
@pytest.mark.parametrize("inserted", [(), (0,), (4,), (0, 1, 9)])
def test_every_line_belongs_to_one_card_whatever_is_inserted(height: int, gap: int, inserted: tuple[int, ...]) -> None:
    rows = Rows(10, height, gap, inserted)
    places = [rows.position_at(line) for line in range(rows.height)]
    assert places == sorted(places)
    assert set(places) == set(range(10))
    for place in range(10):
        top, below = rows.lines(place, place)
        assert [rows.position_at(line) for line in range(top, below)] == [place] * height
    assert rows.lines(9, 9)[1] == rows.height
    assert rows.height == 10 * height + 9 * gap + len(inserted)


async def test_the_reasons_follow_a_move_in_the_frame_of_the_key_until_a_card_is_decided(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), *played()) as (pilot, screen, opened):
        faces = {card: screen._face(place) for place, card in enumerate(screen.session.order)}
        assert faces["P05"].line == "Not before someone is found for Mobile (contract ended): it has no people."
        assert [faces[card].tone for card in ("P02", "P04", "P05")] == ["start", "wait", "stop"]
        assert "with #8" in faces["P07"].flags
        gaps = {card for card, face in faces.items() if "fits in a gap" in face.flags}
        assert gaps == {card for card in screen.session.order if plan_on(screen).fits_in_gap(card)} != set()

        screen.board.cursor = 3
        await pilot.press("K")
        assert not screen.follower.stale
        assert "from 3 Aug" in line_of(screen, "P04")
        await pilot.pause()
        assert "from 14 Sep" in shown(pilot)
        await press(pilot, "J")
        assert "from 14 Sep" not in shown(pilot)
        opened.live.perform(AcceptProposals())
        promised = line_of(screen, "P04")
        assert promised.startswith("Yes, from")
        assert not any(flag.startswith("plan: ") for flag in screen._face(screen.board.cursor).flags)
        await press(pilot, "T")
        assert line_of(screen, "P04") == promised
        flags = {flag for place in range(24) for flag in screen._face(place).flags}
        assert f"plan: {short_start(screen.session.portfolio, plan_on(screen).at('P04').start)}" in flags


async def test_everything_that_the_screen_shows_is_the_plan_of_what_is_there(tmp_path: Path) -> None:
    """After every action, a fresh look at every card in view gives what is drawn: nothing stale is left on the screen."""
    async with on_board(tmp_path, sample(), *played(), size=(99, 60)) as (pilot, screen, _):
        for keys in ("J", "J J", "K", "1 enter", "u", "U", "B", "T", "space j space", "D enter", "u", "minus", "J"):
            await pilot.press(*keys.split())
            await settled(pilot, screen)
            drawn = shown(pilot)
            screen._arrange()
            screen.board.show(len(screen.session.order), screen._face)
            await pilot.pause()
            assert shown(pilot) == drawn, keys


def large(count: int) -> Portfolio:
    work = (Work(team="WEB", effort=10, crew=10),)
    cards = tuple(Project(id=f"C{number:05}", title=f"Card {number}", work=work) for number in range(count))
    return sample().model_copy(update={"projects": cards, "teams": (Team(id="WEB", name="Web", people=30),)})


async def test_a_larger_board_is_planned_when_the_keys_pause(tmp_path: Path) -> None:
    async with on_board(tmp_path, large(IN_THE_FRAME + 1)) as (pilot, screen, _):
        await settled(pilot, screen)
        plan = plan_on(screen)
        assert plan.order == screen.session.order
        for _ in range(8):
            screen.action_move_down()
        assert screen.follower.plan is plan
        assert screen.follower.stale
        assert screen._face(screen.board.cursor).tone == "plain"
        await settled(pilot, screen)
        assert plan_on(screen).order == screen.session.order
        assert "planning" not in shown(pilot)
        assert screen._face(3).tone == "wait"


async def test_the_chain_of_waiting_and_the_split_that_shortens_it(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample(), *played()) as (pilot, screen, opened):
        screen.board.cursor = screen.session.rank("P01") - 1
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, WhyDialog)
        text = shown(pilot)
        assert row_of(text, "The CRM team is on #1 Contractor CRM replacement") < row_of(text, "↳ #1 Contractor CRM replacement")
        assert "Goes on. Ends on 14 August." in text.split("\n")[row_of(text, "↳ #1 Contractor CRM replacement") + 1]
        lever = next(line for line in text.split("\n") if "the part for CRM as a card of its own" in line)
        assert "from 27 Jul instead of 17 Aug" in lever
        await press(pilot, lever.split("the part")[0].split()[-1])
        assert isinstance(pilot.app.screen, SessionScreen)
        split = plan_on(screen).at("P01")
        assert (split.start, split.finish) == (4, 10)
        assert isinstance(opened.live.recordeds[-1].event, WhatIfKept)
        assert len(screen.session.order) == 25
        assert "u undoes it" in shown(pilot)
        await pilot.press("u")
        whole = plan_on(screen).at("P01")
        assert (whole.start, whole.finish) == (7, 13)
        assert len(screen.session.order) == 24
        await press(pilot, "x")
        assert screen_of(pilot, WhatIfScreen).card == "P01"
