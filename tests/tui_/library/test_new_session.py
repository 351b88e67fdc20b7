"""A new session on the screen: begun from a file, or after an earlier one; what is read, offered, asked and refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from disk import DiskLibrary
from stage import beginning, disk_library, press, running, screen_of, settle, shown, words
from support import bare, lock_folder
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sessions.commands.phases import CloseSession
from sessions.imports.portfolio import Said
from sessions.library.following import read_earlier
from sessions.library.library import SessionRef
from sessions.portfolio.models import Portfolio, Project, coming_quarter
from tui.board.screen import SessionScreen
from tui.dialogs.choose import Choose
from tui.dialogs.confirm import Confirm
from tui.library.new_session import NewSessionScreen
from tui.library.screen import HomeScreen
from tui.widgets.file_picker import FilePicker

TODAY = date(2026, 6, 30)


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def made(library: DiskLibrary, portfolio: Portfolio, quarter: str = "2026-Q2", *, closed: bool = True) -> SessionRef:
    with library.create(portfolio, title=f"Plan {quarter}", quarter=quarter) as opened:
        if closed:
            opened.live.perform(CloseSession(leave_undecided=True, override="x"))
        return opened.ref


def cards(folder: Path, *titles: str, header: str = "title", name: str = "cards.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *titles, ""]))
    return path


# --- from a file


def field(pilot: Pilot[None], name: str) -> Input:
    return pilot.app.screen.query_one(f"#new-{name}", Input)


async def begin_from(pilot: Pilot[None], path: Path) -> None:
    field(pilot, "file").value = str(path)
    await pilot.press("enter")
    await settle(pilot)


async def test_the_file_is_read_before_anything_is_created(library: DiskLibrary, tmp_path: Path) -> None:
    file = cards(tmp_path, "CRM,VP Sales,red", ",CFO,", "ERP,CFO,blue", header="title,sponsor,colour")
    async with beginning(library, None, today=date(2026, 6, 30)) as pilot:
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
    cards(tmp_path, "CRM", header="latestProjectName")
    cards(tmp_path, "ERP", name="other.csv")
    async with beginning(library, Path("cards.csv"), said=Said({"latestProjectName": "title"})) as pilot:
        assert "1 project read from cards.csv" in shown(pilot)
        for name in ("other.csv", "cards.csv"):
            field(pilot, "file").focus()
            await begin_from(pilot, tmp_path / name)
            assert f"1 project read from {name}" in shown(pilot)


@pytest.mark.parametrize("name", ["file", "people"])
async def test_a_file_that_cannot_be_read_is_told_in_one_sentence_and_the_path_stays(
    library: DiskLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file, none = cards(tmp_path, "CRM"), cards(tmp_path, "1,2", header="a,b", name="none.csv")
    locked = lock_folder(monkeypatch, tmp_path / "locked")
    async with beginning(library, file if name == "people" else None) as pilot:
        for path, reason in (
            (tmp_path / "missing.csv", "missing.csv"), (none, "none.csv"), (locked, "no permission"), (tmp_path / ("x" * 256), "File name too long"),
        ):  # fmt: skip
            field(pilot, name).value = str(path)
            await pilot.press("enter")
            await settle(pilot)
            assert reason in str(pilot.app.screen.query_one("#new-error", Static).render())
            assert field(pilot, name).value == str(path)
    assert library.entries() == []


async def test_a_folder_is_browsed_and_a_hostile_file_picked(library: DiskLibrary, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    cards(folder, "CRM", name="[@click=app.quit][red] cards.csv")
    (folder / "picture.png").write_bytes(b"")
    async with beginning(library, None) as pilot:
        picker = pilot.app.screen.query_one(FilePicker)
        await begin_from(pilot, folder)
        await picker.reload()
        await pilot.pause()
        assert picker.has_focus
        assert "[@click=app.quit][red] cards.csv" in shown(pilot)
        assert "picture.png" not in shown(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "1 project read from [@click=app.quit][red] cards.csv" in shown(pilot)


def test_in_the_last_five_weeks_of_a_quarter_the_next_one_is_proposed() -> None:
    for today, quarter in (("2026-06-30", "2026-Q3"), ("2026-07-10", "2026-Q3"), ("2026-11-26", "2026-Q4"), ("2026-11-29", "2027-Q1")):
        assert coming_quarter(date.fromisoformat(today)) == quarter


async def test_a_long_reading_is_shown_beside_the_keys_and_stopped_by_escape(
    library: DiskLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, never = cards(tmp_path, "Till", name="long.csv"), Event()

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
            assert "reads the file" not in shown(pilot)
            await press(pilot, "escape")
            await settle(pilot)
            assert "The reading was stopped." in shown(pilot)
            assert not line.display
            patch.undo()
            await press(pilot, "enter")
            await settle(pilot)
            assert "1 project read from long.csv" in shown(pilot)


# --- after an earlier session


@pytest.mark.parametrize(("keys", "order"), [([], ("B", "C02")), (["down", "down", "down", "right"], ("C01", "C02"))], ids=["taken", "declined"])
async def test_the_earlier_session_is_offered_with_what_comes_along(
    library: DiskLibrary, tmp_path: Path, keys: list[str], order: tuple[str, ...]
) -> None:
    made(library, bare())
    async with beginning(library, cards(tmp_path, "b", "Zeta"), today=TODAY) as pilot:
        text = words(pilot)
        assert "Follows ● Plan 2026-Q2 ○ no session" in text
        assert "After Plan 2026-Q2: 1 carried over, 1 new and 3 gone" in text
        assert "1 b was #2" in text
        assert pilot.app.screen.query_one("#new-title", Input).value == "Plan 2026-Q3"
        await press(pilot, *keys)
        assert ("carried over" in shown(pilot)) is not bool(keys)
        await press(pilot, "enter")
        session = screen_of(pilot, SessionScreen).session
    assert (session.order, session.quarter, session.past is None) == (order, "2026-Q3", bool(keys))


async def test_the_library_carries_a_session_over_and_asks_if_it_is_still_open(library: DiskLibrary) -> None:
    made(library, bare(), "2026-Q3", closed=False)
    async with running(library, HomeScreen()) as pilot:
        await press(pilot, "c")
        await settle(pilot)
        text = words(pilot)
        assert "After Plan 2026-Q3: 4 carried over" in text
        assert "Follows" not in text
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, NewSessionScreen)
        await press(pilot, "enter", "enter")
        await settle(pilot)
        session = screen_of(pilot, SessionScreen).session
    assert (session.title, session.after) == (f"Plan {session.quarter}", "2026-q3-plan-2026-q3-" + session.after[-4:])
    assert session.past is not None
    assert session.past.provisional


@pytest.mark.parametrize(("keys", "was"), [(("down", "enter"), "C02"), (("down", "down", "down", "enter"), None)])
async def test_which_card_an_unclear_one_is_is_asked(library: DiskLibrary, tmp_path: Path, keys: tuple[str, ...], was: str | None) -> None:
    twins = tuple(Project(id=f"C0{number}", title="Tills", made_id=True, sponsor=f"S{number}") for number in (1, 2))
    followed = read_earlier(library, made(library, Portfolio(projects=(*twins, Project(id="C03", title="CRM")))))
    async with beginning(library, cards(tmp_path, "Tills", "CRM"), quarter="2026-Q3", after=followed, today=TODAY) as pilot:
        assert "Several cards have the same title" in words(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Choose)
        assert "#2 · S2" in words(pilot)
        await press(pilot, *keys)
        await settle(pilot)
        past = screen_of(pilot, SessionScreen).session.past
    assert past is not None
    assert [each.was for each in past.matched] == ([was] if was else []) + ["C03"]
    assert len(past.unclear) == (was is None)


@pytest.mark.parametrize(
    ("follows", "typed", "refused"),
    [(True, "2026-Q1", "later quarter than 2026-Q1"), (True, "2026-Q4 and on", "is not a quarter"), (False, "2026-Q4 and on", "is not a quarter")],
)
async def test_a_quarter_that_cannot_be_is_refused_and_stays(library: DiskLibrary, tmp_path: Path, follows: bool, typed: str, refused: str) -> None:
    followed = read_earlier(library, made(library, bare())) if follows else None
    async with beginning(library, None if follows else cards(tmp_path, "Tills"), after=followed, today=TODAY) as pilot:
        pilot.app.screen.query_one("#new-quarter", Input).value = typed
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NewSessionScreen)
        assert refused in str(pilot.app.screen.query_one("#new-error", Static).render())
        assert pilot.app.screen.query_one("#new-quarter", Input).value == typed
    assert len(library.entries()) == follows
