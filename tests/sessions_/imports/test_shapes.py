"""Tables as people make them for people: what is around the header and among the rows is told from the projects, and reported."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import refused_portfolio
from workbooks import Error, Sheet, members_of, packed, workbook

from sessions.errors import PortfolioError
from sessions.imports.columns import chosen_columns
from sessions.imports.formats import limits
from sessions.imports.formats.report import NoTitleError
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Budget

PLAIN = "Project Name;Owner;Total Budget;Colour\nERP;CFO;5m;blue\nTill;COO;2m;red\nCRM;CMO;1m;\n"


def load(text):
    return read_portfolio(text.encode(), "cards.csv")


def cards(report):
    return report.portfolio.projects


def told(report):
    return [notice.sentence() for kind in (report.guessed, report.skipped) for notice in kind]


def turned(text):
    return "\n".join(map(";".join, zip(*(line.split(";") for line in text.splitlines()), strict=True)))


def test_fields_in_rows_are_turned_round_and_it_is_told():
    for text in (turned(PLAIN), f"Portfolio;;;\n{turned(PLAIN)}", "\n".join(f"{n};{row}" for n, row in enumerate(turned(PLAIN).splitlines()))):
        report = load(text)
        assert [(card.title, card.sponsor, card.budget, card.fields[-1:]) for card in cards(report)] == [
            (card.title, card.sponsor, card.budget, card.fields[-1:]) for card in cards(load(PLAIN))
        ]
        assert told(report) == ["its fields are in rows, so the table was turned round: the lines named here are its columns"]
    report = load("Project Name;ERP;Till\nOwner;CFO;COO\nBudget;5;?!\n")
    assert told(report)[1] == "line 3, Budget: “?!” is not an amount of money; kept as a named field"


def test_a_report_whose_fields_have_names_of_their_own_is_turned_round_too():
    """The names of the fields are those of the Government Major Projects Portfolio of the United Kingdom, which was published this way."""
    report = read_portfolio(
        "Project name,Harbour crane,Cost model renewal\nDepartment,DfT,HMT\nMPA RAG rating,Amber,Green\n"
        "Description / Aims,A new crane,A model\nDepartmental commentary on actions planned or taken on the rating,none,none\n"
        "Project - Start Date,2014-04-01,2015-01-01\nProject - End Date,2016-04-01,2017-01-01\nDepartmental narrative on schedule,x,y\n"
        "2014/15 TOTAL Baseline £m (including Non-Government Costs),1.2,3\n2014/15 TOTAL Forecast £m,1.1,3\nVariance,8%,0%\n"
        "Whole Life Cost TOTAL Baseline £m (including Non-Government costs),12.5,7\nDepartmental narrative on budgeted whole life costs,x,y\n".encode(
            "cp1252"
        ),
        "gmpp.csv",
    )
    assert [(card.title, card.sponsor, card.description, card.budget) for card in cards(report)] == [
        ("Harbour crane", "DfT", "A new crane", Budget(amount=12_500_000, currency="GBP")),
        ("Cost model renewal", "HMT", "A model", Budget(amount=7_000_000, currency="GBP")),
    ]


def test_a_spreadsheet_is_turned_round_too_and_names_its_lost_cells():
    report = read_portfolio(workbook(["Project", "ERP", "Till", "CRM"], ["Owner", "CFO", Error("#N/A"), "CMO"], ["Cost", 1.0, 2.0, 3.0]), "plan.xlsx")
    assert [card.sponsor for card in cards(report)] == ["CFO", "", "CMO"]
    assert [notice.sentence() for notice in report.changed] == ["line 2, column 3: the error “#N/A” became empty"]


@pytest.mark.parametrize(
    "text",
    [
        "title;x\nBudget;5\n", "Project;Budget\nOwner;5\nTitle;6\n", "title;sponsor;budget\nERP;CFO;5\nBudget;COO;2\nOwner;COO;1\n",
        "title;stage;due date;risk\nBudget;1;2;3\nCost model;1;2;3\nStart page;1;2;3\nRisk register;1;2;3\n",
    ],
)  # fmt: skip
def test_projects_that_are_called_like_fields_are_no_fields(text):
    assert [card.title for card in cards(load(text))] == [line.split(";")[0] for line in text.splitlines()[1:]]


@pytest.mark.parametrize("above", ["Portfolio 2026; Q3\n\n", "Project;ERP programme\nDate;2026-07-01\n\n", "Our, projects, all, of them\n"])
def test_lines_above_the_header_are_left_out(above):
    report = load(above + PLAIN)
    assert cards(report) == cards(load(PLAIN))
    assert all("above the header: " in notice for notice in told(report))
    assert len(told(report)) == len(above.split("\n\n")[0].strip().split("\n"))
    assert "separated by semicolons" in report.reader


@pytest.mark.parametrize("above", ["", "Portfolio as of November;;;\n\n", "Our projects\n\n", "Stand: November;PMO;;\n"])
@pytest.mark.parametrize("names", ["Vorhabenname;Wer;Kostet;Farbe", "Vorhabenname;Owner;Budget;Status"])
def test_a_header_whose_title_has_a_name_of_its_own_is_found_so_that_the_title_can_be_chosen(above, names):
    text = above + PLAIN.replace("Project Name;Owner;Total Budget;Colour", names)
    with pytest.raises(NoTitleError, match="“Vorhabenname”") as refused:
        load(text)
    assert [use.column for use in refused.value.columns] == names.split(";")
    report = read_portfolio(text.encode(), "cards.csv", {"Vorhabenname": "title"})
    assert [card.title for card in cards(report)] == ["ERP", "Till", "CRM"]


def test_rows_without_a_header_are_no_header():
    with pytest.raises(NoTitleError) as refused:
        load("ERP;CFO;5\nTill;COO;7\nCRM;CMO;3\n")
    assert [use.column for use in refused.value.columns] == ["ERP", "CFO", "5"]


def test_a_chosen_title_tells_the_header_from_what_is_above_it_and_the_fields_from_the_rows():
    chosen = {"Vorhaben": "title", "kosten": "budget", "Wer": "sponsor"}
    table = PLAIN.replace("Project Name;Owner;Total Budget", "Vorhaben;Wer;Kosten")
    for text in (table, f"Stand; Juli\n{table}", turned(table)):
        report = read_portfolio(text.encode(), "cards.csv", chosen)
        assert [(card.title, card.sponsor, card.budget) for card in cards(report)] == [
            (card.title, card.sponsor, card.budget) for card in cards(load(PLAIN))
        ]


@pytest.mark.parametrize(("choices", "words"), [
    (["title"], "“title” is no choice of a column"), (["title="], "is no choice of a column"), (["x=y"], "write FIELD=NAME"),
    (["title=a", "title=b"], "was chosen before"), (["title=a", "id=A"], "was chosen before"),
])  # fmt: skip
def test_a_choice_that_is_none_is_refused_in_one_sentence(choices, words):
    with pytest.raises(PortfolioError, match=words):
        chosen_columns(choices)


def test_a_project_in_the_first_line_is_no_header_in_silence():
    text = b"Alpha;Kim;1000\nBeta;Lee;2000\n"
    assert "“1000” is hardly the name of a column: put a line of names above the rows" in refused_portfolio(text, "cards.csv")
    report = read_portfolio(text, "cards.csv", chosen_columns(["title=Alpha"]))
    assert "“1000” is hardly the name of a column" in report.noticed[0].text


def test_a_title_like_a_header_makes_no_header_of_its_row():
    refusal = refused_portfolio(b"Hanke;Hinta\nERP;5\nSummary;6\n", "cards.csv")
    assert "no column is recognised as the title; found “Hanke”, “Hinta”" in refusal


def test_the_header_again_sums_and_notes_below_are_no_projects():
    report = load(PLAIN.replace("Till;", "Project Name;Owner;Total Budget;Colour\nTill;") + "Total;;8m;\n\nSource: the ministry\nwithout VAT\n")
    assert cards(report) == cards(load(PLAIN))
    assert told(report) == [
        "line 3: the header again", "line 6: “Total” is a sum, not a project",
        "line 8: below the table: “Source: the ministry”", "line 9: below the table: “without VAT”",
    ]  # fmt: skip
    report = load("title;sponsor\nTotal Rewards;COO\nSum;COO\nSources;\nERP;\n")
    assert [card.title for card in cards(report)] == ["Total Rewards", "Sum", "Sources", "ERP"]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Project;Cost;;Dates;\n;Planned;Actual;Start;End\n", ("Cost Actual", "Dates Start", "Dates End")),
        (";Cost;Cost;;\nProject;Planned;Actual;Start;End\n", ("Actual", "Start", "End")),
        (";FY26;;FY27;\nProject;Budget;Actual;Forecast;Actual\n", ("FY26 Actual", "Forecast", "FY27 Actual")),
        ("Project;Budget;Actual;Start;End\n;£m;;;\n", ("Actual", "Start", "End")),
        ("Project;Budget;Actual;Start;End\n(name);(£m);;;\n", ("Actual", "Start", "End")),
        ("Project;Budget;Spent;;Phase\n;;2026;2027;\n", ("Spent 2026", "Spent 2027", "Phase")),
        ("Project;;Spent;;\nName;Budget;2026;2027;End\n", ("Spent 2026", "Spent 2027", "End")),
        ("Portfolio;;;;\nInitiative;;Cost;;\nTitle;Budget;2026;2027;End\n", ("Cost 2026", "Cost 2027", "End")),
    ],
)
def test_two_lines_are_one_header(header, fields):
    report = load(f"{header}ERP;5;6;May;June\nTill;7;8;July;August\n")
    assert [(card.title, card.budget.amount) for card in cards(report)] == [
        ("ERP", 5_000_000 if "£m" in header else 5), ("Till", 7_000_000 if "£m" in header else 7),
    ]  # fmt: skip
    assert report.kept == fields
    assert "read as one header with line" in told(report)[0]


@pytest.mark.parametrize(("column", "rows"), [
    ("Project", "Finance;;\nERP;CFO;5\nPayroll;CFO;3\nShops;;\nTill;COO;2\nCRM;CMO;1\n"),
    ("Unit", "Finance;;\n;ERP;5\n;Payroll;3\nShops;;\n;Till;2\n;CRM;1\n"),
])  # fmt: skip
def test_headings_of_groups_become_a_field_of_the_cards_below_them(column, rows):
    report = load(f"{column};{'Owner' if column == 'Project' else 'Project'};Budget\n{rows}")
    assert [(card.title, dict(card.fields)) for card in cards(report)] == [
        ("ERP", {"group": "Finance"}), ("Payroll", {"group": "Finance"}), ("Till", {"group": "Shops"}), ("CRM", {"group": "Shops"}),
    ]  # fmt: skip
    assert "group: 2 rows read as the heading of those below: “Finance” (line 2), “Shops” (line 5)" in told(report)


def test_all_of_it_at_once():
    report = load(
        "Portfolio Q3;;;;\n\n;;Cost;;\nProject;Owner;Planned £m;Actual;Status\nFinance;;;;\nERP;CFO;1,5;0,2;Running\nPayroll;CFO;0,25;;\n"
        "Shops;;;;\nTill;COO;2;1;Running\nCRM;CMO;12,75;;Running\nTotal;;16,5;;\n\nSource: PMO\n"
    )
    assert [card.title for card in cards(report)] == ["ERP", "Payroll", "Till", "CRM"]
    assert "Adds up to: budget £16,500,000 on 4 cards" in report.sentences()
    assert [notice.line for notice in report.skipped] == [1, 11, 13]


@pytest.mark.parametrize(("rows", "groups", "skipped"), [
    ("Finance;;8\nERP;CFO;5\nPayroll;CFO;3\nShops;;2\nTill;COO;2\n", ["Finance", "Finance", "Shops"], []),
    ("ERP;CFO;5\nPayroll;CFO;3\nSubtotal Finance;;8\nTill;COO;2\nSubtotal shops;;2\nTotal of 3;;10\n", None, [4, 6, 7]),
    ("ERP;CFO;5\nPayroll;CFO;3\nTill;COO;2\nGesamt;;11\n", None, [5]),
])  # fmt: skip
def test_headings_with_sums_and_sums_by_another_name_are_no_projects(rows, groups, skipped):
    report = load(f"Project;Owner;Budget\n{rows}")
    assert [(card.title, card.budget.amount) for card in cards(report)] == [("ERP", 5), ("Payroll", 3), ("Till", 2)]
    assert [notice.line for notice in report.skipped] == skipped
    if groups:
        assert [dict(card.fields)["group"] for card in cards(report)] == groups


@pytest.mark.parametrize("rows", [
    "ERP;CFO;5\nTotal Rewards;;9\n", "Idea;;8\nERP;CFO;5\nPayroll;CFO;3\n", "Idea;;8\nERP;CFO;5\nPlan;;3\nTill;COO;3\n",
])  # fmt: skip
def test_a_project_with_little_more_than_a_budget_is_no_sum(rows):
    assert len(cards(load(f"Project;Owner;Budget\n{rows}"))) == rows.count("\n")


CELLS = st.sampled_from(["", "", "Total", "5", "ERP", "Till", "Source: x", "Project", "Owner"])


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=9))
def test_every_line_is_a_card_a_heading_or_told_as_skipped(rows):
    rows = [row for row in rows if any(row)]
    try:
        report = load("\n".join(map(";".join, [["Project", "Owner", "Budget", "Note"], ["First", "a", "1", "b"], *rows])))
    except PortfolioError:
        return
    if report.guessed and "turned round" in report.guessed[0].text:
        return
    headings = [int(match[1]) for notice in report.guessed if (match := re.match(r"(\d+) rows? read as the heading", notice.text))]
    assert len(cards(report)) + len(report.skipped) + sum(headings) == 1 + len(rows)


FIELDS = ("Project Name", "Owner", "Total Budget", "Issue Key", "Colour")
WORDS = st.text("abcxyz", min_size=3, max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=8, unique_by=lambda row: row[3]), st.permutations(FIELDS))
def test_the_order_of_columns_and_rows_for_columns_make_no_difference(rows, order):
    table = [dict(zip(FIELDS, (name, owner, str(number), key, colour), strict=True)) for number, (name, owner, colour, key) in enumerate(rows)]
    expected = load("\n".join(map(";".join, [FIELDS, *(row.values() for row in table)]))).portfolio
    shuffled = "\n".join(map(";".join, [order, *([row[field] for field in order] for row in table)]))
    for text in (shuffled, turned(shuffled)):
        assert load(text).portfolio == expected


@pytest.mark.parametrize("rows", ["ERP;CFO;5\nTill;;\nCRM;CMO;1\n", "ERP;;\nTill;;\nCRM;CMO;1\n", "ERP;;\nTill;COO;2\nCRM;;\nDesk;COO;2\n"])
def test_a_project_of_which_only_the_title_is_known_is_no_heading(rows):
    report = load(f"Project;Owner;Budget\n{rows}")
    assert len(cards(report)) == rows.count("\n")
    of_first = "“ERP” has a title only; it is kept as a card, not as the heading of those below"
    assert [notice.text for notice in report.noticed] == [of_first] * (rows.startswith("ERP;;\nTill;C"))


def test_a_spreadsheet_has_the_same_shapes():
    header = {1: ["Portfolio 2026"], 3: [None, "Cost", "Cost"], 4: ["Project", "Planned", "Actual"]}
    rows = header | {5: ["ERP", 5.0, 6.0], 6: ["Total", 5.0, 6.0], 8: ["Note: net"]}
    report = read_portfolio(packed(members_of(Sheet("Plan", rows))), "plan.xlsx")
    assert [(card.title, card.budget.amount) for card in cards(report)] == [("ERP", 5)]
    assert [notice.line for notice in report.skipped] == [1, 6, 8]


def test_too_many_columns_and_rows_are_still_refused(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 50)
    assert "more than 50 rows" in refused_portfolio(b"Portfolio\n\ntitle\n" + b"a\n" * 150, "cards.csv")
    assert "2,001 columns" in refused_portfolio(b"Portfolio\n" + b"title," * 2_000 + b"\na\n", "cards.csv")
