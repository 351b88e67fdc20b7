"""The same 24 projects in the exports of several tools: title, state, owner, parent, estimate and links are on the right cards."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import NamedTuple

import pytest
from workbooks import Sheet, members_of, packed, sheet_xml, workbook

from sessions.errors import PortfolioError
from sessions.imports.portfolio import LoadReport, read_portfolio
from sessions.portfolio.models import Project

EXPORTS = Path(__file__).parents[3] / "fixtures" / "exports"
PLAN = list(csv.DictReader((EXPORTS / "plan.csv").read_text().splitlines(keepends=True)))
PROJECT = '<Project xmlns="http://schemas.microsoft.com/project">'
NUMBER = {row["title"]: int(row["number"]) for row in PLAN}


class Export(NamedTuple):
    """What is special about an export: the column that keeps sub-tasks, the words around an estimate in days, what it cannot say."""

    file: str
    tool: str
    keep: str = ""
    hours: int = 0
    no_parent: bool = False
    no_needs: bool | frozenset[int] = False
    """The projects whose links the tool does not export, or exports as another kind of link."""
    gone: frozenset[int] = frozenset()
    state: tuple[tuple[int, str], ...] = ()
    owner: str = "Dev Patel, Emre Şahin"
    """Who owns the seventh: tools differ in how many may."""
    key: str = ""


SUB_ITEMS = frozenset(int(row["number"]) for row in PLAN if row["parent"])
AS_EXPORTED = [
    Export("trello.json", "Trello", no_needs=True, gone=frozenset({17}), key=" ({})"),
    Export("trello.csv", "Trello", no_parent=True, no_needs=True, gone=frozenset({17}), owner="Dev Patel"),
    Export("monday.csv", "Monday", keep="Kind of item", no_needs=SUB_ITEMS, state=((20, "in_flight"),), owner="Dev Patel", key=" (42000000{:02})"),
    Export("smartsheet.csv", "Smartsheet", keep="Outline", no_needs=frozenset({12}), owner="Dev Patel"),
    Export("servicenow.csv", "ServiceNow", owner="Dev Patel", key=" (PRJ00100{:02})"),
    Export("servicenow_names.csv", "ServiceNow", no_needs=True, owner="Dev Patel", key=" (DMND00010{:02})"),
    Export("notion.csv", "Notion"),
    Export("airtable.csv", "Airtable", hours=8),
    Export("microsoft_project.xml", "Microsoft Project", keep="Outline", no_needs=frozenset({12}), owner="Dev Patel", key=" (1{:02})"),
]


def content(file: str) -> bytes:
    """Return the file; the cells of a sheet as a workbook."""
    if file != "monday.csv":
        return (EXPORTS / file).read_bytes()
    rows = csv.reader((EXPORTS / file).read_text().splitlines(keepends=True))
    return workbook(*([float(cell) if cell.isdigit() else cell or None for cell in row] for row in rows))


def read(file: str, **chosen: str) -> LoadReport:
    return read_portfolio(content(file), file, {column.replace("_", " "): field for column, field in chosen.items()})


def named(card: Project, name: str) -> str:
    return dict(card.fields).get(name, "")


@pytest.mark.parametrize("export", AS_EXPORTED, ids=[export.file for export in AS_EXPORTED])
def test_everything_is_on_the_right_card(export: Export) -> None:
    report = read_portfolio(content(export.file), export.file, {export.keep: "keep"} if export.keep else {})
    assert f"{export.tool} export" in report.sentences()[1]
    cards = {card.title: card for card in report.portfolio.projects}
    assert list(cards) == [row["title"] for row in PLAN if int(row["number"]) not in export.gone]
    for title, card in cards.items():
        row = PLAN[NUMBER[title] - 1]
        number, days = NUMBER[title], int(row["days"])
        assert card.state == dict(export.state).get(number, row["state"])
        assert card.it_partner == (export.owner if number == 7 else row["owner"])
        assert named(card, "Estimate") == (f"{days * export.hours} hours" if export.hours else f"{days} days")
        if not export.no_parent:
            assert named(card, "Parent").removesuffix(_key(export, row["parent"])) == row["parent"]
        if export.no_needs is not True and number not in (export.no_needs or ()):
            assert _needs(report, card) == row["needs"].split("\n") * bool(row["needs"])


def _key(export: Export, title: str) -> str:
    key = export.key.replace("42", "41") if export.tool == "Monday" else export.key
    return key.format(NUMBER[title]) if title else ""


def _needs(report: LoadReport, card: Project) -> list[str]:
    """Return the titles of the cards that a card needs."""
    needs = {other.title for other in report.portfolio.projects if other.id in card.needs}
    return [row["title"] for row in PLAN if row["title"] in needs]


@pytest.mark.parametrize("file", ["monday.csv", "smartsheet.csv", "microsoft_project.xml"])
def test_sub_tasks_are_counted_on_the_card_above(file: str) -> None:
    report = read(file)
    assert [named(card, "Sub-tasks") for card in report.portfolio.projects] == ["5", "5", "5", "", "", "", "", "", ""]
    assert not any(named(card, column) for card in report.portfolio.projects for column in ("Outline", "Kind of item"))
    assert any("15 sub-" in line and "counted on the item above; keep the column" in line for line in report.sentences())


def test_what_has_no_place_on_a_card_is_a_named_field() -> None:
    cards = {card.title: card for card in read("trello.json").portfolio.projects}
    assert named(cards["Stock transfer over a weekend"], "Linked cards") == "New scanners; Wi-Fi for the hall"
    assert named(cards["Stock transfer over a weekend"], "Checklists") == "Before we start: Ask the carriers (done); Book the crane; Tell customers"
    assert (named(cards["Warehouse move"], "Risk"), named(cards["E-invoicing law"], "Required by law")) == ("High", "yes")
    assert named(cards["Replace the phone system"], "Earliest start") == "2026-05-04"
    assert "layout.png" in named(cards["Invoices as PDF"], "Attachment Links")
    cards = {card.title: card for card in read("smartsheet.csv", Outline="keep").portfolio.projects}
    assert named(cards["Stock transfer over a weekend"], "Predecessors") == "New scanners (8FS +2d); Wi-Fi for the hall (9)"
    assert named(cards["Train the night shift"], "Predecessors") == "New scanners (8SS)"
    cards = {card.title: card for card in read("microsoft_project.xml", Outline="keep").portfolio.projects}
    assert named(cards["Stock transfer over a weekend"], "Materials") == "Crane (per day)"
    assert "New scanners (finish to start, 2 days later)" in named(cards["Stock transfer over a weekend"], "Predecessors")
    assert {card.sponsor for card in cards.values()} == {row["sponsor"] for row in PLAN}
    assert named(next(card for card in read("monday.csv").portfolio.projects if card.title == "Replace the phone system"), "Monday status") == "Stuck"


@pytest.mark.parametrize("file", ["smartsheet.csv", "servicenow.csv", "servicenow_names.csv"])
def test_a_spreadsheet_says_the_same_and_its_groups_are_the_outline(file: str) -> None:
    header, *rows = csv.reader(io.StringIO(content(file).decode()))
    below: list[int] = []
    if "Level" in header:
        place = header.index("Level")
        below = [number for number, row in enumerate(rows, 2) if row[place] == "1"]
        header, *rows = ([*row[:place], *row[place + 1 :]] for row in [header, *rows])
    sheet = sheet_xml(enumerate([header, *rows], 1))
    for number in below:
        sheet = sheet.replace(f'<row r="{number}">', f'<row r="{number}" spans="1:9" outlineLevel="1">')
    report = read_portfolio(packed(members_of(Sheet("Plan", xml=sheet))), file)
    assert report.portfolio == read(file).portfolio


@pytest.mark.parametrize("file", ["trello.csv", "smartsheet.csv", "servicenow.csv", "notion.csv", "airtable.csv"])
def test_the_order_of_columns_makes_no_difference(file: str) -> None:
    rows = list(csv.reader(io.StringIO(content(file).decode("utf-8-sig"))))
    places = list(range(len(rows[0])))
    random.Random(7).shuffle(places)
    text = io.StringIO()
    csv.writer(text).writerows([row[place] for place in places] for row in rows)
    shuffled = read_portfolio(text.getvalue().encode(), file)
    assert list(map(_sorted_fields, shuffled.portfolio.projects)) == list(map(_sorted_fields, read(file).portfolio.projects))


def _sorted_fields(card: Project) -> Project:
    return card.model_copy(update={"fields": tuple(sorted(card.fields))})


@pytest.mark.parametrize("text", [
    "Number,Name,Short description,State\n1,Till,A till,Open\n2,Desk,A desk,Closed\n",
    "Title,Task Name,Duration,Assigned To\nTill,Build,5d,Ana\n",
    "Title,Card Name,List Name\nTill,Till,Doing\n",
    "Name,Link\nTill,https://www.notion.so/help\nDesk,see https://airtable.com\n",
    "Name,Notes\nTill,See the page (https://www.notion.so/Till-0123456789abcdef0123456789abcdef)\nDesk,None\n",
    "Number,Name,State\nPRJ00012,Till,Open\n",
    "Name,Reviewed\nTill,checked\nDesk,\n",
    "Our plan\n\nGroup A\nName,Status,Owner\nTill,Done,Ana\n\nGroup B\nName,Status,Owner\nDesk,Open,Ben\n",
])  # fmt: skip
def test_a_table_of_ones_own_is_no_export(text: str) -> None:
    assert not read_portfolio(text.encode(), "a.csv").tool


def test_a_form_of_the_export_that_lacks_something_says_so() -> None:
    flat = content("smartsheet.csv").replace(b",Level,", b",Row note,")
    for data, file, words in (
        (flat, "smartsheet.csv", "which row is below another is only in the spreadsheet"),
        (content("trello.csv"), "trello.csv", "checklists, and what is in them, are only in the JSON"),
    ):
        report = read_portfolio(data, file)
        assert any(words in notice.text for notice in report.noticed)
        assert len(report.portfolio.projects) >= 23


def test_a_board_as_monday_makes_it_is_known_by_its_first_columns() -> None:
    header = ["Name", "Person", "Status", "Date", "Approved"]
    rows = [["Board"], ["Group A"], header, ["Till", "Ana", "Stuck", None, "v"], ["Scanner"], [], ["Group B"], header, ["Desk", "Ben", "Done", None]]
    report = read_portfolio(workbook(*rows), "board.xlsx")
    assert [(card.title, card.it_partner, card.state, named(card, "Group")) for card in report.portfolio.projects] == [
        ("Till", "Ana", "in_flight", "Group A"), ("Scanner", "", "new", "Group A"), ("Desk", "Ben", "done", "Group B"),
    ]  # fmt: skip
    assert named(report.portfolio.projects[0], "Approved") == "yes"
    assert "the name of the board, “Board”" in report.noticed[0].text


@pytest.mark.promise("import-I15")
@pytest.mark.parametrize(("text", "words"), [
    (f'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "ha">]>{PROJECT}&a;</Project>', "entities of its own"),
    ("<!DOCTYPE html><html><table><tr><td>Name</td></tr></table></html>", "a web page (HTML), whatever its name says, which is not read; open"),
    ('<?xml version="1.0"?><feed/>', "XML without a task of Microsoft Project, which is not read"),
    (PROJECT + "<Tasks><Task>", "this is not XML"),
    (PROJECT + "<a>" * 30, "this is not XML (nested too deeply)"),
    (PROJECT + "<Tasks/></Project>", "XML without a task of Microsoft Project"),
])  # fmt: skip
def test_i15_markup_of_other_kinds_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(PortfolioError) as refused:
        read_portfolio(text.encode(), "a.xml")
    assert words in str(refused.value)
