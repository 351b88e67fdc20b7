"""`quarterdeck preread`: to the screen, or to a file whose name says its form; the earlier sessions come from the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import refused, told
from stage import disk_library, running, shown
from support import person, small

from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession
from sessions.library.earlier import earlier_sessions
from sessions.quarters.carry_over import carry_over
from tui.story.screen import StoryScreen


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """Make a library with three sessions of a series, the first two closed."""
    library, past, portfolio = disk_library(tmp_path), None, small()
    for quarter in ("2026-Q3", "2026-Q4", "2027-Q1"):
        with library.create(portfolio, title=f"Small {quarter}", quarter=quarter, past=past) as opened:
            opened.live.perform(MarkAttendance(presence="present"))
            if quarter != "2027-Q1":
                opened.live.perform(CloseSession(leave_undecided=True, override="short"))
            carried = carry_over(opened.live.session, None, quarter="2027-Q1" if quarter == "2026-Q4" else "2026-Q4", day="2026-09-29")
            people = (*carried.portfolio.participants, person(f"Head after {quarter}", "it"))
            past, portfolio = carried.past, carried.portfolio.model_copy(update={"participants": people})
    return library.folder


def test_the_page_has_the_form_that_its_name_says(series: Path, tmp_path: Path) -> None:
    html, markdown = tmp_path / "read.html", tmp_path / "read.md"
    for path in (html, markdown):
        told(series, "preread", "2027-Q1", "-o", path)
    printed = told(series, "preread", "2027-Q1")
    assert html.read_text().startswith("<!doctype html>")
    assert markdown.read_text() == printed
    assert printed.startswith("# Small 2027-Q1: please read this before we meet\n")
    assert "## Small 2026-Q4: what we decided" in printed
    markdown.write_text("mine")
    assert "(--force)" in refused(series, "preread", "2027-Q1", "-o", markdown)
    assert markdown.read_text() == "mine"


def test_what_cannot_be_read_is_left_out(series: Path) -> None:
    library = disk_library(series.parent)
    last = library.read(library.find("2027-Q1")).session
    assert [each.quarter for each in earlier_sessions(library, last)] == ["2026-Q3", "2026-Q4"]
    library.delete(library.find("2026-Q4"))
    assert [each.quarter for each in earlier_sessions(library, last)] == ["2026-Q3"]
    assert "that session cannot be read" in told(series, "preread", "2027-Q1")
    assert earlier_sessions(library, library.read(library.find("2026-Q3")).session) == []


async def test_a_story_reads_the_earlier_sessions(series: Path) -> None:
    library = disk_library(series.parent)
    with library.open(library.find("2027-Q1")) as opened:
        async with running(library, StoryScreen(opened.live, "P1")) as pilot:
            await pilot.app.workers.wait_for_complete()
            assert "3 quarters on the board: ranked 1, 1, now 1." in shown(pilot)
