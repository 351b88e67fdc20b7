"""The library on the screen: what it lists, what its keys open, and how they keep it in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from disk import DiskLibrary, path_of
from stage import disk_library, press, running, said, screen_of, shown, words
from support import bare
from textual.widgets import Input

from sessions.commands.phases import CloseSession
from sessions.library.following import begin, follow, read_earlier
from sessions.library.library import Entry
from sessions.portfolio.models import Portfolio, Project
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.library.new_session import NewSessionScreen
from tui.library.screen import HomeScreen
from tui.replay.screen import ReplayScreen
from tui.summary.screen import SummaryScreen


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def add(library: DiskLibrary, name: str = "Larkfield", quarter: str = "2026-Q3") -> Path:
    projects = (Project(id="P1", title="Card 1"), Project(id="P2", title="Card 2"))
    with library.create(Portfolio(name=name, quarter=quarter, projects=projects)) as opened:
        return path_of(opened)


# --- what is listed, and what the keys open


async def test_an_empty_library_says_what_to_do_first(library: DiskLibrary) -> None:
    async with running(library, HomeScreen()) as pilot:
        text = shown(pilot)
        assert "Nothing here yet" in text
        assert "demo" in text
        assert "open" not in text.splitlines()[-1]
        await pilot.press("enter", "r", "s")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_session_is_one_row_and_j_and_k_choose_and_pass_over_the_headings(library: DiskLibrary) -> None:
    for name, quarter in (("A", "2026-Q3"), ("B", "2026-Q2"), ("C", "2026-Q1")):
        add(library, name, quarter)
    async with running(library, HomeScreen()) as pilot:
        lines = shown(pilot).splitlines()
        screen = screen_of(pilot, HomeScreen)
        await press(pilot, "g")
        titles = []
        for key in ("j", "down", "k", "up"):
            await pilot.press(key)
            titles.append(screen.chosen.title if screen.chosen else "")
    assert titles == ["B", "C", "B", "A"]
    line = next(line for line in lines if "Prepare" in line and "→" not in line)
    assert [part in line for part in ("2 cards", "0 decided", "30 Jun 2026", "next")] == [True, True, True, False]  # no one named a day
    assert "3 sessions" in lines[0]


async def test_a_key_opens_its_screen_and_escape_comes_back(library: DiskLibrary) -> None:
    add(library)
    async with running(library, HomeScreen()) as pilot:
        for key, kind in (("r", ReplayScreen), ("s", SummaryScreen), ("n", NewSessionScreen)):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, kind)
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_session_of_another_window_is_offered_for_reading_and_neither_renamed_nor_deleted(library: DiskLibrary) -> None:
    with library.create(bare(), title="Larkfield"):
        async with running(library, HomeScreen()) as pilot:
            for keys in (("a",), ("X", "X")):
                pilot.app.clear_notifications()
                await press(pilot, *keys)
                assert "is open in" in said(pilot)
                assert isinstance(pilot.app.screen, HomeScreen)
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, Confirm)
            await press(pilot, "enter")
            assert screen_of(pilot, SessionScreen).opened.read_only
    assert not entry(library).archived


async def test_a_session_without_a_single_sound_record_is_refused_with_a_sentence(library: DiskLibrary) -> None:
    path = add(library)
    path.write_bytes(b"nonsense")
    async with running(library, HomeScreen()) as pilot:
        for key in ("enter", "r", "s"):
            pilot.app.clear_notifications()
            await press(pilot, key)
            assert isinstance(pilot.app.screen, HomeScreen)
            assert said(pilot)


# --- keeping the library in order


def entry(library: DiskLibrary, title: str = "Larkfield") -> Entry:
    (found,) = [each for each in library.entries() if each.title == title]
    return found


async def test_an_archived_session_is_hidden_until_asked_for(library: DiskLibrary) -> None:
    add(library)
    add(library, "Another")
    async with running(library, HomeScreen()) as pilot:
        screen = screen_of(pilot, HomeScreen)
        await press(pilot, "a")
        assert "1 session · 1 archived (A shows)" in shown(pilot)
        assert len([each for each in library.entries() if each.archived]) == 1
        await press(pilot, "A")
        assert " archived " in shown(pilot)
        while screen.chosen is not None and not screen.chosen.archived:
            await press(pilot, "k")
        await press(pilot, "a")
        assert [each.archived for each in library.entries()] == [False, False]


async def test_a_session_is_renamed_and_reopened(library: DiskLibrary) -> None:
    add(library)
    async with running(library, HomeScreen()) as pilot:
        await press(pilot, "e", "ctrl+u")
        pilot.app.screen.query_one(Input).value = "Larkfield [/] North"
        await press(pilot, "enter", "o")
        assert "Larkfield [/] North" in shown(pilot)
        library.perform(library.ref(entry(library, "Larkfield [/] North")), CloseSession(leave_undecided=True))
        screen_of(pilot, HomeScreen).look_again()
        await press(pilot, "o", "enter")
        assert not screen_of(pilot, SessionScreen).session.closed
    with library.open(library.ref(entry(library, "Larkfield [/] North"))) as opened:
        assert not opened.read_only, "leaving lets go of it"


@pytest.mark.parametrize(("keys", "left"), [(["X"], 0), (["escape"], 1), (["enter", "escape"], 1)])
async def test_deleting_asks_and_moves_the_file_to_the_trash(library: DiskLibrary, keys: list[str], left: int) -> None:
    path = add(library)
    async with running(library, HomeScreen()) as pilot:
        await press(pilot, "X")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, *keys)
        assert screen_of(pilot, HomeScreen).chosen is None or left
    assert len(library.entries()) == left
    assert (path.parent / "trash" / path.name).exists() is not bool(left)


async def test_the_library_groups_by_series_if_there_are_several_and_says_which_one_is_missing(library: DiskLibrary) -> None:
    for titles in ("A B", "X Y"):
        with library.create(bare(titles), title="Plan 2026-Q2", quarter="2026-Q2") as opened:
            ref = opened.ref
        first = read_earlier(library, ref)
        begin(library, None, (first, follow(first, None, quarter="2026-Q3", today=date(2026, 6, 30))), title=f"Plan {titles[0]}").close()
    async with running(library, HomeScreen()) as pilot:
        text = words(pilot)
        assert "Plan A · 2 sessions" in text
        assert "Plan X · 2 sessions 2026-Q3 Plan X" in text
        assert "Not in a series" not in text
        assert "missing" not in text
        add(library, "Plan", "2026-Q1")
        screen_of(pilot, HomeScreen).look_again()
        await pilot.pause()
        assert "Not in a series 2026-Q1 Plan" in words(pilot)
        library.delete(ref)
        screen_of(pilot, HomeScreen).look_again()
        await pilot.pause()
        assert "Plan X is open in the phase Prepare, the session before it is missing → enter resumes it" in words(pilot)
