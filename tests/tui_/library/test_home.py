"""The library on the screen: what it lists, what its keys open, and how a session begins from a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from disk import DiskLibrary, path_of
from stage import disk_library, press, running, said, screen_of, shown
from support import bare, lock_folder
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sessions.commands.phases import CloseSession
from sessions.imports.portfolio import Said
from sessions.library.library import Entry
from sessions.portfolio.models import Portfolio, Project, coming_quarter
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.library.new_session import NewSessionScreen
from tui.library.screen import HomeScreen
from tui.replay.screen import ReplayScreen
from tui.summary.screen import SummaryScreen
from tui.widgets.file_picker import FilePicker


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def add(library: DiskLibrary, name: str = "Larkfield", quarter: str = "2026-Q3") -> Path:
    projects = (Project(id="P1", title="Card 1"), Project(id="P2", title="Card 2"))
    with library.create(Portfolio(name=name, quarter=quarter, projects=projects)) as opened:
        return path_of(opened)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete(worker for worker in pilot.app.workers if worker.name == "read")
    await pilot.pause()


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
    assert [part in line for part in ("2 cards", "0 decided", "30 Jun 2026", "next")] == [True, True, True, False]  # nobody named a day
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
                pilot.app._notifications.clear()
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
            pilot.app._notifications.clear()
            await press(pilot, key)
            assert isinstance(pilot.app.screen, HomeScreen)
            assert said(pilot)


# --- a new session


def field(pilot: Pilot[None], name: str) -> Input:
    return pilot.app.screen.query_one(f"#new-{name}", Input)


async def begin_from(pilot: Pilot[None], path: Path) -> None:
    field(pilot, "file").value = str(path)
    await pilot.press("enter")
    await settle(pilot)


def complaint(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#new-error", Static).render())


async def test_the_file_is_read_before_anything_is_created(library: DiskLibrary, tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    file.write_text("title,sponsor,colour\nCRM,VP Sales,red\n,CFO,\nERP,CFO,blue\n")
    async with running(library, NewSessionScreen(None, today=date(2026, 6, 30))) as pilot:
        await begin_from(pilot, file)
        text = shown(pilot)
        assert "2 projects read from cards.csv" in text
        assert "line 3" in text
        assert "  1  CRM" in text
        assert "  2  ERP" in text
        assert (field(pilot, "title").value, field(pilot, "quarter").value) == ("cards", "2026-Q3")
        assert library.entries() == []
        field(pilot, "title").value = "Our quarter"
        await press(pilot, "enter")
        screen = screen_of(pilot, SessionScreen)
        assert [screen.session.cards[card].title for card in screen.session.order] == ["CRM", "ERP"]
    (entry,) = library.entries()
    assert (entry.title, entry.quarter, entry.cards) == ("Our quarter", "2026-Q3", 2)


async def test_the_columns_chosen_on_the_command_line_hold_for_its_file_alone(
    library: DiskLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cards.csv").write_text("latestProjectName\nCRM\n")
    (tmp_path / "other.csv").write_text("title\nERP\n")
    async with running(library, NewSessionScreen(Path("cards.csv"), said=Said({"latestProjectName": "title"}))) as pilot:
        await settle(pilot)
        assert "1 project read from cards.csv" in shown(pilot)
        for name in ("other.csv", "cards.csv"):
            field(pilot, "file").focus()
            await begin_from(pilot, tmp_path / name)
            assert f"1 project read from {name}" in shown(pilot)


@pytest.mark.parametrize("name", ["file", "people"])
async def test_a_file_that_cannot_be_read_is_told_in_one_sentence_and_the_path_stays(
    library: DiskLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for file, text in (("cards.csv", "title\nCRM\n"), ("none.csv", "a,b\n1,2\n")):
        (tmp_path / file).write_text(text)
    locked = lock_folder(monkeypatch, tmp_path / "locked")
    async with running(library, NewSessionScreen(tmp_path / "cards.csv" if name == "people" else None)) as pilot:
        await settle(pilot)
        for path, reason in (
            (tmp_path / "missing.csv", "missing.csv"), (tmp_path / "none.csv", "none.csv"), (locked, "no permission"),
            (tmp_path / ("x" * 256), "File name too long"),
        ):  # fmt: skip
            field(pilot, name).value = str(path)
            await pilot.press("enter")
            await settle(pilot)
            assert reason in complaint(pilot)
            assert field(pilot, name).value == str(path)
    assert library.entries() == []


@pytest.mark.promise("text-H1")
@pytest.mark.parametrize("given", [True, False])
async def test_what_is_changed_in_people_is_seen_before_the_session_begins(library: DiskLibrary, tmp_path: Path, given: bool) -> None:
    (tmp_path / "cards.csv").write_text("title\nCRM\n")
    people = tmp_path / "people.csv"
    people.write_text(f"role,side\n{'R' * 99},business\n")
    async with running(library, NewSessionScreen(tmp_path / "cards.csv", people=people if given else None)) as pilot:
        await settle(pilot)
        if not given:
            assert "people.csv" not in shown(pilot)
            field(pilot, "people").value = "x" * 900  # no name of a file at all
            await settle(pilot)
            field(pilot, "people").value = str(people)
            await settle(pilot)
        assert "1 participant read from people.csv" in shown(pilot)
        assert "Changed line 2, role: cut from 99 to 60 characters" in shown(pilot)
        assert library.entries() == []


async def test_a_folder_is_browsed_and_a_hostile_file_picked(library: DiskLibrary, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "[@click=app.quit][red] cards.csv").write_text("title\nCRM\n")
    (folder / "picture.png").write_bytes(b"")
    async with running(library, NewSessionScreen(None)) as pilot:
        picker = pilot.app.screen.query_one(FilePicker)
        await begin_from(pilot, folder)
        await picker.reload()
        await pilot.pause()
        assert picker.has_focus
        assert "[@click=app.quit][red] cards.csv" in shown(pilot)
        assert "picture.png" not in shown(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        await settle(pilot)
        assert "1 project read from [@click=app.quit][red] cards.csv" in shown(pilot)


def test_in_the_last_five_weeks_of_a_quarter_the_next_one_is_proposed() -> None:
    for today, quarter in (("2026-06-30", "2026-Q3"), ("2026-07-10", "2026-Q3"), ("2026-11-26", "2026-Q4"), ("2026-11-29", "2027-Q1")):
        assert coming_quarter(date.fromisoformat(today)) == quarter


# --- keeping the library in order


def entry(library: DiskLibrary, title: str = "Larkfield") -> Entry:
    (found,) = [each for each in library.entries() if each.title == title]
    return found


async def test_the_latest_open_session_is_chosen_so_that_enter_resumes_it_and_leaving_lets_go_of_it(library: DiskLibrary) -> None:
    for name, quarter in (("Old", "2026-Q2"), ("Closed", "2026-Q4")):
        add(library, name, quarter)
    library.perform(library.ref(entry(library, "Closed")), CloseSession(leave_undecided=True))
    async with running(library, HomeScreen()) as pilot:
        assert "Old is open in the phase Prepare  → enter resumes it" in shown(pilot)
        await press(pilot, "enter")
        assert screen_of(pilot, SessionScreen).session.title == "Old"
    with library.open(library.ref(entry(library, "Old"))) as opened:
        assert not opened.read_only


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


async def test_a_long_reading_is_shown_beside_the_keys_and_stopped_by_escape(
    library: DiskLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("title\nTill\n")
    never = Event()

    def endless(*arguments: object) -> None:
        """Read rows until it is stopped."""
        while not never.wait(0.01):
            arguments[-1]()  # type: ignore[operator]

    with monkeypatch.context() as patch:
        patch.setattr("tui.library.chosen.load_portfolio", endless)
        async with running(library, NewSessionScreen(path), (80, 24)) as pilot:
            line = pilot.app.screen.query_one("#new-waiting")
            while not line.display:
                await pilot.pause(0.05)
            assert "Reading long.csv" in shown(pilot)
            assert "esc stops" in shown(pilot)
            await press(pilot, "escape")
            await settle(pilot)
            assert "The reading was stopped." in shown(pilot)
            assert not line.display
            patch.undo()
            await press(pilot, "enter")
            await settle(pilot)
            assert "1 project read from long.csv" in shown(pilot)
