"""A new session after an earlier one, on the screen: what is offered, what is asked, and how the library shows series."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from disk import DiskLibrary
from stage import disk_library, press, running, screen_of, shown, words
from support import bare
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sessions.commands.phases import CloseSession
from sessions.library.following import begin_after, follow, read_earlier
from sessions.library.library import SessionRef
from sessions.portfolio.models import Portfolio, Project
from tui.board.screen import SessionScreen
from tui.dialogs.choose import Choose
from tui.dialogs.confirm import Confirm
from tui.library.new_session import NewSessionScreen
from tui.library.screen import HomeScreen

TODAY = date(2026, 6, 30)


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


def made(library: DiskLibrary, portfolio: Portfolio, quarter: str = "2026-Q2", *, closed: bool = True) -> SessionRef:
    with library.create(portfolio, title=f"Plan {quarter}", quarter=quarter) as opened:
        if closed:
            opened.live.perform(CloseSession(leave_undecided=True, override="x"))
        return opened.ref


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(2):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete(worker for worker in pilot.app.workers if worker.name == "read")
    await pilot.pause()


async def begun(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete(worker for worker in pilot.app.workers if worker.name == "_ask_and_begin")
    await pilot.pause()


def cards(folder: Path, *titles: str) -> Path:
    path = folder / "cards.csv"
    path.write_text("\n".join(["title", *titles, ""]))
    return path


@pytest.mark.parametrize(("keys", "order"), [([], ("B", "C02")), (["down", "down", "down", "right"], ("C01", "C02"))], ids=["taken", "declined"])
async def test_the_earlier_session_is_offered_with_what_comes_along(
    library: DiskLibrary, tmp_path: Path, keys: list[str], order: tuple[str, ...]
) -> None:
    made(library, bare())
    async with running(library, NewSessionScreen(cards(tmp_path, "b", "Zeta"), today=TODAY)) as pilot:
        await settle(pilot)
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
        await begun(pilot)
        session = screen_of(pilot, SessionScreen).session
    assert (session.title, session.after) == (f"Plan {session.quarter}", "2026-q3-plan-2026-q3-" + session.after[-4:])
    assert session.past is not None
    assert session.past.provisional


@pytest.mark.parametrize(("keys", "was"), [(("down", "enter"), "C02"), (("down", "down", "enter"), ""), (("down", "down", "down", "enter"), None)])
async def test_which_card_an_unclear_one_is_is_asked(library: DiskLibrary, tmp_path: Path, keys: tuple[str, ...], was: str | None) -> None:
    twins = tuple(Project(id=f"C0{number}", title="Tills", made_id=True, sponsor=f"S{number}") for number in (1, 2))
    followed = read_earlier(library, made(library, Portfolio(projects=(*twins, Project(id="C03", title="CRM")))))
    async with running(library, NewSessionScreen(cards(tmp_path, "Tills", "CRM"), quarter="2026-Q3", after=followed, today=TODAY)) as pilot:
        await settle(pilot)
        assert "Several cards have the same title" in words(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Choose)
        assert "#2 · S2" in words(pilot)
        await press(pilot, *keys)
        await begun(pilot)
        past = screen_of(pilot, SessionScreen).session.past
    assert past is not None
    assert [each.was for each in past.matched] == ([was] if was else []) + ["C03"]
    assert len(past.unclear) == (was is None)


async def test_a_later_quarter_is_refused_and_what_was_typed_stays(library: DiskLibrary) -> None:
    followed = read_earlier(library, made(library, bare()))
    async with running(library, NewSessionScreen(None, after=followed, today=TODAY)) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one("#new-quarter", Input).value = "2026-Q1"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NewSessionScreen)
        assert "later quarter than 2026-Q1" in str(pilot.app.screen.query_one("#new-error", Static).render())
        assert pilot.app.screen.query_one("#new-quarter", Input).value == "2026-Q1"
    assert len(library.entries()) == 1


async def test_the_library_groups_by_series_if_there_are_several_and_says_which_one_is_missing(library: DiskLibrary) -> None:
    for titles in ("A B", "X Y"):
        ref = made(library, bare(titles))
        first = read_earlier(library, ref)
        begin_after(library, first, follow(first, None, quarter="2026-Q3", today=TODAY), title=f"Plan {titles[0]}").close()
    async with running(library, HomeScreen()) as pilot:
        text = words(pilot)
        assert "Plan A · 2 sessions" in text
        assert "Plan X · 2 sessions 2026-Q3 Plan X" in text
        assert "Not in a series" not in text
        assert "missing" not in text
        made(library, bare("Alone"), "2026-Q1")
        screen_of(pilot, HomeScreen).look_again()
        await pilot.pause()
        assert "Not in a series 2026-Q1 Plan" in words(pilot)
        library.delete(ref)
        screen_of(pilot, HomeScreen).look_again()
        await pilot.pause()
        assert "Plan X is open in the phase Prepare, the session before it is missing → enter resumes it" in words(pilot)
