"""Tables as people make them for people: lines around the header and among the rows are distinguished from projects, and reported.

The order of columns, the names that people give them and the direction of a table make no difference to the portfolio.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import cards, costs, read, titles, told, without_order
from workbooks import Error, workbook

from sessions.errors import PortfolioError
from sessions.imports.formats.how import How
from sessions.imports.formats.report import LoadReport, NoTitleError
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Budget

PLAIN = "Project Name;Owner;Total Budget;Colour\nERP;CFO;5m;blue\nTill;COO;2m;red\nCRM;CMO;1m;\n"
NO_NAMES = "“1000” is hardly the name of a column: put a line of names above the rows"


def turned(text: str) -> str:
    return "\n".join(map(";".join, zip(*(line.split(";") for line in text.splitlines()), strict=True)))


def said(report: LoadReport) -> list[tuple[object, ...]]:
    return [(card.title, card.sponsor, card.budget, card.fields[-1:]) for card in cards(report)]


def test_fields_in_rows_are_turned_round_and_it_is_told() -> None:
    for text in (turned(PLAIN), f"Portfolio;;;\n{turned(PLAIN)}", "\n".join(f"{n};{row}" for n, row in enumerate(turned(PLAIN).splitlines()))):
        assert said(read(text)) == said(read(PLAIN))
        assert told(read(text)) == ["its fields are in rows, so the table was turned round: the lines named here are its columns"]
    assert titles(read(turned(PLAIN), how=How(upright=True))) == ["Owner", "Colour"]
    report = read("Project Name;ERP;Till\nOwner;CFO;COO\nBudget;5;?!\n")
    assert told(report)[1] == "line 3, Budget: “?!” is not an amount of money; kept as a named field"
    sheet = read_portfolio(workbook(["Project", "ERP", "Till", "CRM"], ["Owner", "CFO", Error("#N/A"), "CMO"], ["Cost", 1.0, 2.0, 3.0]), "plan.xlsx")
    assert [card.sponsor for card in cards(sheet)] == ["CFO", "", "CMO"]
    assert [notice.sentence() for notice in sheet.changed] == ["line 2, column 3: the error “#N/A” became empty"]


def test_a_report_whose_fields_have_names_of_their_own_is_turned_round_too() -> None:
    """The names of the fields are those of the Government Major Projects Portfolio of the United Kingdom, which was published this way."""
    report = read(
        "Project name,Harbour crane,Cost model renewal\nDepartment,DfT,HMT\nMPA RAG rating,Amber,Green\nDescription / Aims,A new crane,A model\n"
        "Departmental commentary on actions planned or taken on the rating,none,none\nProject - Start Date,2014-04-01,2015-01-01\n"
        "2014/15 TOTAL Baseline £m (including Non-Government Costs),1.2,3\n2014/15 TOTAL Forecast £m,1.1,3\nVariance,8%,0%\n"
        "Whole Life Cost TOTAL Baseline £m (including Non-Government costs),12.5,7\nDepartmental narrative on budgeted whole life costs,x,y\n"
    )
    assert [(card.title, card.sponsor, card.description, card.budget) for card in cards(report)] == [
        ("Harbour crane", "DfT", "A new crane", Budget(amount=12_500_000, currency="GBP")),
        ("Cost model renewal", "HMT", "A model", Budget(amount=7_000_000, currency="GBP")),
    ]


@pytest.mark.parametrize("text", [
    "title;x\nBudget;5\n", "Project;Budget\nOwner;5\nTitle;6\n", "title;sponsor;budget\nERP;CFO;5\nBudget;COO;2\nOwner;COO;1\n",
    "title;stage;due date;risk\nBudget;1;2;3\nCost model;1;2;3\nStart page;1;2;3\nRisk register;1;2;3\n",
    "title;sponsor\nTotal Rewards;COO\nSum;COO\nSources;\nERP;\n",
    "Project;Owner;Budget\nERP;CFO;5\nTotal Rewards;;9\n", "Project;Owner;Budget\nIdea;;8\nERP;CFO;5\nPayroll;CFO;3\n",
    "Project;Owner;Budget\nIdea;;8\nERP;CFO;5\nPlan;;3\nTill;COO;3\n", "Project;Owner;Budget\nERP;CFO;5\nTill;;\nCRM;CMO;1\n",
    "Project;Owner;Budget\nERP;;\nTill;;\nCRM;CMO;1\n",
])  # fmt: skip
def test_projects_that_look_like_fields_sums_or_headings_are_projects(text: str) -> None:
    assert titles(read(text)) == [line.split(";")[0] for line in text.splitlines()[1:]]
    assert not read(text).noticed


@pytest.mark.parametrize("above", [
    "", "Portfolio 2026; Q3\n\n", "Project;ERP programme\nDate;2026-07-01\n\n", "Our, projects, all, of them\n", "Portfolio as of November;;;\n\n",
    "Stand: November;PMO;;\n",
])  # fmt: skip
def test_lines_above_the_header_are_left_out_and_a_title_with_a_name_of_its_own_can_be_chosen(above: str) -> None:
    report = read(above + PLAIN)
    assert cards(report) == cards(read(PLAIN))
    assert ["above the header: " in notice for notice in told(report)] == [True] * len(above.strip().splitlines())
    assert "separated by semicolons" in report.reader
    if above.startswith("Project;"):
        return
    for names in ("Vorhabenname;Wer;Kostet;Farbe", "Vorhabenname;Owner;Budget;Status"):
        text = above + PLAIN.replace("Project Name;Owner;Total Budget;Colour", names)
        with pytest.raises(NoTitleError, match="“Vorhabenname”") as refused:
            read(text)
        assert [use.column for use in refused.value.columns] == names.split(";")
        assert titles(read(text, "title=Vorhabenname")) == ["ERP", "Till", "CRM"]


@pytest.mark.parametrize(("first", "told"), [("New tills;CFO", True), ("Vorhabenname;Wer", False), ("New tills;Owner", False)])
def test_a_first_line_that_may_be_a_project_is_told_when_the_title_is_chosen_in_it(first: str, told: bool) -> None:
    report = read(f"{first}\nQueue;CIO\n", f"title={first.partition(';')[0]}")
    assert titles(report) == ["Queue"]
    assert ("the first line, “New tills”, is read as names of columns" in " ".join(each.text for each in report.noticed)) is told


def test_a_chosen_title_tells_the_header_from_what_is_above_it_and_the_fields_from_the_rows() -> None:
    table = PLAIN.replace("Project Name;Owner;Total Budget", "Vorhaben;Wer;Kosten")
    for text in (table, f"Stand; Juli\n{table}", turned(table)):
        assert said(read(text, "title=Vorhaben", "budget=kosten", "sponsor=Wer")) == said(read(PLAIN))
    for wrong, words in (("title=", "write FIELD"), ("x=y", "write FIELD"), ("id=Vorhaben", "chosen before"), ("title=Wer", "chosen before")):
        with pytest.raises(PortfolioError, match=words):
            read(table, "title=vorhaben", wrong)


def test_rows_without_a_header_are_no_header_in_silence() -> None:
    text = "Alpha;Kim;1000\nBeta;Lee;2000\nGamma;Mia;3000\n"
    with pytest.raises(NoTitleError, match=NO_NAMES) as refused:
        read(text)
    assert [use.column for use in refused.value.columns] == ["Alpha", "Kim", "1000"]
    assert NO_NAMES.partition(":")[0] in read(text, "title=Alpha").noticed[0].text
    with pytest.raises(NoTitleError, match="no column is recognised as the title; found “Hanke”, “Hinta”"):
        read("Hanke;Hinta\nERP;5\nSummary;6\n")


def test_the_header_again_sums_and_notes_below_are_no_projects() -> None:
    report = read(PLAIN.replace("Till;", "Project Name;Owner;Total Budget;Colour\nTill;") + "Total;;8m;\n\nSource: the ministry\nwithout VAT\n")
    assert cards(report) == cards(read(PLAIN))
    assert told(report) == [
        "line 3: the header again", "line 6: “Total” is a sum, not a project",
        "line 8: below the table: “Source: the ministry”", "line 9: below the table: “without VAT”",
    ]  # fmt: skip


@pytest.mark.parametrize(("header", "fields"), [
    ("Project;Cost;;Dates;\n;Planned;Actual;Start;End\n", ("Cost Actual", "Dates Start", "Dates End")),
    (";Cost;Cost;;\nProject;Planned;Actual;Start;End\n", ("Actual", "Start", "End")),
    (";FY26;;FY27;\nProject;Budget;Actual;Forecast;Actual\n", ("FY26 Actual", "Forecast", "FY27 Actual")),
    ("Project;Budget;Actual;Start;End\n;£m;;;\n", ("Actual", "Start", "End")),
    ("Project;Budget;Actual;Start;End\n(name);(£m);;;\n", ("Actual", "Start", "End")),
    ("Project;Budget;Spent;;Phase\n;;2026;2027;\n", ("Spent 2026", "Spent 2027", "Phase")),
    ("Project;;Spent;;\nName;Budget;2026;2027;End\n", ("Spent 2026", "Spent 2027", "End")),
    ("Portfolio;;;;\nInitiative;;Cost;;\nTitle;Budget;2026;2027;End\n", ("Cost 2026", "Cost 2027", "End")),
])  # fmt: skip
def test_two_lines_are_one_header(header: str, fields: tuple[str, ...]) -> None:
    report = read(f"{header}ERP;5;6;May;June\nTill;7;8;July;August\n")
    unit = 1_000_000 if "£m" in header else 1
    assert costs(report) == [("ERP", 5 * unit), ("Till", 7 * unit)]
    assert report.kept == fields
    assert "read as one header with line" in told(report)[0]


@pytest.mark.parametrize(("text", "skipped"), [
    ("Project;Owner;Budget\nFinance;;\nERP;CFO;5\nPayroll;CFO;3\nShops;;\nTill;COO;2\nCRM;CMO;1\n", []),
    ("Unit;Project;Budget\nFinance;;\n;ERP;5\n;Payroll;3\nShops;;\n;Till;2\n;CRM;1\n", []),
    ("Project;Owner;Budget\nFinance;;8\nERP;CFO;5\nPayroll;CFO;3\nShops;;3\nTill;COO;2\nCRM;CMO;1\n", []),
    ("Project;Owner;Budget\nERP;CFO;5\nPayroll;CFO;3\nSubtotal Finance;;8\nTill;COO;2\nCRM;CMO;1\nSubtotal shops;;3\nTotal of 4;;11\n", [4, 7, 8]),
    ("Project;Owner;Budget\nERP;CFO;5\nPayroll;CFO;3\nTill;COO;2\nCRM;CMO;1\nGesamt;;12\n", [6]),
])  # fmt: skip
def test_headings_of_groups_become_a_field_and_sums_are_no_projects(text: str, skipped: list[int]) -> None:
    report = read(text)
    assert costs(report) == [("ERP", 5), ("Payroll", 3), ("Till", 2), ("CRM", 1)]
    assert [notice.line for notice in report.skipped] == skipped
    if not skipped:
        assert [dict(card.fields)["group"] for card in cards(report)] == ["Finance", "Finance", "Shops", "Shops"]
        assert "group: 2 rows read as the heading of those below: “Finance” (line 2), “Shops” (line 5)" in told(report)


def test_a_title_alone_beside_full_rows_is_a_card_and_it_is_noticed() -> None:
    report = read("Project;Owner;Budget\nERP;;\nTill;COO;2\nCRM;;\nDesk;COO;2\n")
    assert titles(report) == ["ERP", "Till", "CRM", "Desk"]
    assert [notice.text for notice in report.noticed] == ["“ERP” has a title only; it is a card of its own, not a heading of those below"]


CELLS = st.sampled_from(["", "", "Total", "5", "ERP", "Till", "Source: x", "Project", "Owner"])


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4).filter(any), max_size=9))
def test_every_line_is_a_card_a_heading_or_told_as_skipped(rows: list[list[str]]) -> None:
    try:
        report = read("\n".join(map(";".join, [["Project", "Owner", "Budget", "Note"], ["First", "a", "1", "b"], *rows])))
    except PortfolioError:
        return
    if report.guessed and "turned round" in report.guessed[0].text:
        return
    headings = [int(match[1]) for notice in report.guessed if (match := re.match(r"(\d+) rows? read as the heading", notice.text))]
    assert len(cards(report)) + len(report.skipped) + sum(headings) == 1 + len(rows)


WHOLE = (
    "Title;Id;Sponsor;Budget (k EUR);Benefit monthly;Objective;Rank;State;Needs;Deadline;Note;Data team (days);Colour\n"
    "Gateway;P1;CFO;120;;Growth;2;new;;9;first;5;blue\n"
    "Harbour;P2;COO;0;900;Costs;1;in progress;P3;2026-11-30;;90;red\n"
    "Crane;P3;CIO;7;15;Growth;2;;P1;;last;1;grey\n"
)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(13)))
def test_shuffled_columns_a_table_on_its_side_and_a_workbook_give_the_same_portfolio(order: list[int]) -> None:
    rows = [line.split(";") for line in WHOLE.splitlines()]
    shuffled = "\n".join(";".join(row[place] for place in order) for row in rows)
    upright = read(WHOLE)
    assert len(upright.recognised) == 12
    for same in (read(shuffled), read(turned(WHOLE)), read_portfolio(workbook(*rows), "plan.xlsx")):
        assert same.portfolio.teams == upright.portfolio.teams
        assert list(map(without_order, cards(same))) == list(map(without_order, cards(upright)))
