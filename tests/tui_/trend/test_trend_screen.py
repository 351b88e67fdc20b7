"""The trend on the screen: from the library, from a session, and as the last look before its end."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from held_series import series
from stage import disk_library, on_board, press, running, screen_of, shown
from support import small

from sessions.commands.phases import StartPhase
from tui.library.screen import HomeScreen
from tui.trend.screen import SessionTrendScreen, TrendScreen
from tui.trend.view import NOTHING, TrendView


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_library_shows_the_trend_of_a_series(tmp_path: Path, size: tuple[int, int]) -> None:
    library = disk_library(tmp_path)
    series(library, random.Random(1), 4)
    async with running(library, HomeScreen(), size) as pilot:
        await press(pilot, "t")
        view = screen_of(pilot, TrendScreen).query_one(TrendView)
        await pilot.app.workers.wait_for_complete()
        text = view.page.text
        for words in ("How we work together", "Decisions kept", "2027-Q1: ", "“not before” date", "27Q1"):
            assert words in text, words
        await press(pilot, "percent_sign")
        assert "Value ratio" in view.page.text
        assert "Value ratio" in shown(pilot)
        await press(pilot, "percent_sign", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_two_quarters_are_no_trend(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    held = series(library, random.Random(1), 4)
    (tmp_path / "library" / f"{held[1].id}.json").unlink()
    async with running(library, HomeScreen(), (200, 60)) as pilot:
        await press(pilot, "t")
        assert "2 quarters · 1 missing" in shown(pilot)
        page = screen_of(pilot, TrendScreen).query_one(TrendView).page.text
        assert "Three quarters make a trend." in page
        assert not any("⠀" <= character <= "⣿" for line in page.split("The order")[0] for character in line)


async def test_a_session_shows_the_trend_up_to_itself_and_home_that_of_closed_ones(tmp_path: Path) -> None:
    async with on_board(tmp_path, small()) as (pilot, _):
        await press(pilot, "ctrl+t")
        text = screen_of(pilot, SessionTrendScreen).query_one(TrendView).page.text
        assert "No one has said yet how business and IT work together." in text
        assert "Known when the next session looks back." in text
    async with running(disk_library(tmp_path), HomeScreen()) as pilot:
        await press(pilot, "t")
        assert NOTHING in shown(pilot)


async def test_at_close_the_guide_offers_it_once(tmp_path: Path) -> None:
    library = disk_library(tmp_path)
    series(library, random.Random(1), 3)
    async with running(library, HomeScreen()) as pilot:
        await press(pilot, "enter")
        live = pilot.app.screen.live  # type: ignore[attr-defined]
        live.perform(StartPhase(phase="close"))
        for _ in range(8):
            await press(pilot, "right_square_bracket")
            if isinstance(pilot.app.screen, SessionTrendScreen):
                break
            await press(pilot, "escape")
        view = screen_of(pilot, SessionTrendScreen).query_one(TrendView)
        assert "27Q1" in view.page.text
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "percent_sign")
        (value,) = (line for line in view.page.text.splitlines() if line.startswith("Value ratio"))
        assert len(value.split()) == 5  # of every quarter, also of those before, whose ratio no one has looked for yet
        assert "–" not in value
