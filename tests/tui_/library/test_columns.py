"""The columns of a file on the screen: what each is, what a person makes of it, and that this is remembered for the header."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from disk import DiskLibrary
from stage import beginning, disk_library, press, screen_of, settle, shown
from textual.pilot import Pilot
from textual.widgets import Input, Static
from workbooks import Sheet, members_of, packed

from sessions.imports.portfolio import Said
from tui.board.screen import SessionScreen
from tui.library.chosen import FILE, FileReading, read_as, read_file, remember
from tui.library.columns import ColumnsScreen

EXPORT = Path(__file__).parents[2] / "fixtures" / "exports" / "jira.csv"
ODD = "Portfolio as of November;;;;\n\nNo.;latestProjectName;Spend (£k);Dept;Empty\n7;Gateway;1200;Home;\n8;Case files;340;Justice;\n"


@pytest.fixture
def library(tmp_path: Path) -> DiskLibrary:
    return disk_library(tmp_path)


async def say(pilot: Pilot[None], field: str) -> None:
    """Choose what the selected column is."""
    await press(pilot, "enter", *field, "enter")
    await settle(pilot)


async def test_what_a_tool_leaves_out_comes_back_by_choosing_the_column_that_says_so(library: DiskLibrary) -> None:
    async with beginning(library, EXPORT) as pilot:
        assert "This looks like a Jira export" in shown(pilot)
        await press(pilot, "f3")
        assert "19 cards" in shown(pilot)
        await press(pilot, *["down"] * 10)
        assert "“Issue Type” is kept as a field: 3 sub-tasks left out by it; choose this to have them as cards." in shown(pilot)
        await press(pilot, "enter", "enter")
        await settle(pilot)
        assert "22 cards" in shown(pilot)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_column_of_any_name_becomes_the_title_and_the_next_file_with_that_header_needs_no_word(
    library: DiskLibrary, tmp_path: Path, size: tuple[int, int]
) -> None:
    first, second = tmp_path / "odd.csv", tmp_path / "next.csv"
    first.write_text(ODD)
    second.write_text(ODD.replace("Gateway", "Harbour"))
    async with beginning(library, first, size=size) as pilot:
        assert "F3" in shown(pilot)
        await press(pilot, "f3")
        assert "No column is the title yet" in shown(pilot)
        await say(pilot, "title")  # the column that could be it is chosen first
        await press(pilot, "down")
        await say(pilot, "budget")
        assert "Adds up to: budget £1,540,000 on 2 cards" in shown(pilot)
        await press(pilot, "down")
        await say(pilot, "sponsor")
        assert library.entries() == []
        await press(pilot, "escape")
        await settle(pilot)
        assert "2 projects read from odd.csv" in shown(pilot)
        assert "  1  Gateway  Home · budget £1,200,000" in shown(pilot)
        await press(pilot, "enter")
        assert [card.sponsor for card in screen_of(pilot, SessionScreen).session.cards.values()] == ["Home", "Justice"]
    async with beginning(library, second, size=size) as pilot:
        assert "2 projects read from next.csv" in shown(pilot)
        assert "The file is read as was chosen for this header before" in " ".join(shown(pilot).split())


async def test_what_a_column_cannot_be_is_told_and_it_stays_as_it_was(library: DiskLibrary, tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    file.write_text("title,cost,Empty\nCRM,5,\n")
    async with beginning(library, file) as pilot:
        pilot.app.screen.query_one("#new-title", Input).value = "Our own"
        await press(pilot, "f3", "down", "down")
        await say(pilot, "title")
        assert "no row has a title" in str(pilot.app.screen.query_one("#new-error", Static).render())
        assert [use.field for use in screen_of(pilot, ColumnsScreen)._reading.columns] == ["title", "budget", ""]
        await press(pilot, "up")
        await say(pilot, "ignore")
        assert "“cost” is ignored, as chosen" in shown(pilot)
        assert "Adds up" not in shown(pilot)
        await say(pilot, "as its name")
        assert "“cost” is the budget: its name" in shown(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        assert pilot.app.screen.query_one("#new-title", Input).value == "Our own"


async def test_sheet_encoding_and_the_way_the_table_lies_are_changed_in_the_same_list(library: DiskLibrary, tmp_path: Path) -> None:
    size = (80, 24)
    book = tmp_path / "book.xlsx"
    book.write_bytes(packed(members_of(Sheet("Cover", [["Plan", "of", "2026"]]), Sheet("Plan", [["Title"], ["ERP"]]))))
    async with beginning(library, book, size=size) as pilot:
        assert "F3 chooses another sheet" in " ".join(shown(pilot).split())
        await press(pilot, "f3")
        assert "also: Plan" in shown(pilot)
        await say(pilot, "plan")
        assert "  1  ERP" in shown(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        assert "1 project read from book.xlsx" in shown(pilot)
    file = tmp_path / "rows.csv"
    file.write_bytes("Project,Gateway,Harbour,Stra\xe4e\nOwner,Ana,Ben,Cem\nBudget,1k,2k,3k\n".encode("mac_roman"))
    async with beginning(library, file, size=size) as pilot:
        await press(pilot, "f3", "home")
        assert "Windows-1252" in shown(pilot)
        assert "turned round" in shown(pilot)
        await say(pilot, "mac")
        assert "Encoding: Mac Roman (as chosen)" in shown(pilot)
        assert "Straäe" in shown(pilot)
        await press(pilot, "down")
        await say(pilot, "each")
        assert "  1  Owner" in shown(pilot)


async def test_amounts_that_are_too_small_are_asked_about_once(library: DiskLibrary, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("title,cost,Effort\nCRM,1.2,10\nERP,0.25,\nHR,3.5,\n")
    async with beginning(library, file) as pilot:
        assert "cost: is 1.2 in thousands or millions?" in shown(pilot)
        await press(pilot, *"mill", "enter")
        await settle(pilot)
        assert "budget 4,950,000 on 3 cards" in shown(pilot)
        await press(pilot, "f3", "home", "down")
        assert "Amounts: millions (as chosen)" in shown(pilot)
        assert "Everyone 10 weeks" in shown(pilot)
        await press(pilot, "down")
        await say(pilot, "days")
        assert "Everyone 2 weeks" in shown(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        await press(pilot, "enter")
        screen_of(pilot, SessionScreen)
    async with beginning(library, file) as pilot:
        assert "thousands or millions" not in shown(pilot), "the answer is remembered"


async def test_several_files_begin_one_session_and_each_has_its_columns(library: DiskLibrary, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title\nERP\n")
    (tmp_path / "b; c.csv").write_text("latestName\nCRM\n")
    async with beginning(library, None) as pilot:
        pilot.app.screen.query_one("#new-file", Input).value = f"{tmp_path / 'a.csv'};{tmp_path / 'a.csv'}"
        await press(pilot, "enter")
        await settle(pilot)
        assert "2 projects read from a.csv and a.csv (2)" in shown(pilot)
    async with beginning(library, [tmp_path / "a.csv", tmp_path / "b; c.csv"]) as pilot:
        assert "b; c.csv: no column is recognised as the title" in shown(pilot)
        await press(pilot, "f3", "enter")  # the one without a title is the first
        await say(pilot, "title")
        await press(pilot, "escape")
        await settle(pilot)
        assert "2 projects read from a.csv and b; c.csv (2 files)" in shown(pilot)
        await press(pilot, "enter")
        session = screen_of(pilot, SessionScreen).session
    assert session.title == "a and b; c"
    assert [(card.title, dict(card.fields)["File"]) for card in session.cards.values()] == [("ERP", "a.csv"), ("CRM", "b; c.csv")]


DAMAGED = (
    "", "[]", "[" * 99_999, '{"KEY": {"columns": {"x": "title", "y": "title"}}}', '{"KEY": ["x"]}', '{"KEY": {"columns": {"x": []}}}',
    '{"KEY": {"columns": {"x": "evil"}}}', '{"KEY": {"columns": {"x": "title"}, "encoding": "evil"}}',
    '{"KEY": {"columns": {"x": "title"}, "sheet": 1}}', "pipe",
)  # fmt: skip


@pytest.mark.parametrize("stored", DAMAGED, ids=range(len(DAMAGED)))
def test_what_is_remembered_may_be_damaged(tmp_path: Path, stored: str) -> None:
    file = tmp_path / "cards.csv"
    file.write_text("x,y\n1,2\n")
    assert read_file(file, tmp_path).report is None
    remember(tmp_path, read_as(file, Said({"y": "title"})))
    key = next(iter(json.loads((tmp_path / FILE).read_text())))
    assert read_file(file, tmp_path).remembered
    (tmp_path / FILE).unlink()
    if stored == "pipe":
        os.mkfifo(tmp_path / FILE)
    else:
        (tmp_path / FILE).write_text(stored.replace("KEY", key))
    assert read_file(file, tmp_path).report is None


def titles(reading: FileReading) -> list[str]:
    return [card.title for card in reading.report.portfolio.projects] if reading.report else []


def test_what_is_remembered_gives_way_where_it_does_not_fit(tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    file.write_text("title,other\nCRM,x\n")
    remember(tmp_path, read_as(file, Said({"other": "title"})))
    assert titles(read_file(file, tmp_path)) == ["x"]
    file.write_text("title,other\nCRM,\n")
    reading = read_file(file, tmp_path)
    assert (titles(reading), reading.remembered) == (["CRM"], False)
    remember(tmp_path, reading)
    assert json.loads((tmp_path / FILE).read_text()) == {}
