"""What people say about a file if its content leaves the choice: sheet, encoding, direction of its table, amounts, what distinguishes titles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tables import cards, costs, read, titles
from workbooks import Sheet, members_of, packed

from sessions.errors import PortfolioError
from sessions.imports.formats.encoding import encoding_named
from sessions.imports.formats.how import How
from sessions.imports.formats.report import LoadReport, NoTitleError
from sessions.imports.portfolio import Said, read_portfolio
from sessions.imports.several import joined, load_portfolios

OLD, PROJECTS = Sheet("Old", [["Title"], ["CRM"]], "hidden"), Sheet("Projects", [["Title"], ["ERP"]])


@pytest.mark.parametrize(("cover", "title"), [
    ([["Portfolio of 2026"], [], ["by", "the PMO"]], "ERP"), ([["Title"], ["Fax"]], "Fax"), ([["x"], *[["y"]] * 100], ""),
    ([["A", "B", "C"], ["x", "y", "z"]], ""),
])  # fmt: skip
def test_a_cover_makes_way_for_the_next_sheet_and_another_can_be_chosen(cover: list[list[str]], title: str) -> None:
    book = packed(members_of(Sheet("Cover", cover), OLD, PROJECTS))
    if title:
        report = read_portfolio(book, "a.xlsx")
        assert titles(report) == [title]
        assert "left out: " in report.noticed[0].text
    else:
        with pytest.raises(NoTitleError, match=r"; --sheet chooses another sheet, such as “Old”, “Projects”\.$") as refused:
            read_portfolio(book, "a.xlsx")
        assert refused.value.found.sheets == ("Cover", "Old", "Projects")
    for name, chosen in (("Projects", "ERP"), ("Old", "CRM")):
        report = read_portfolio(book, "a.xlsx", how=How(sheet=name))
        assert (titles(report), report.found.sheet) == ([chosen], name)
    for data, words in ((book, "no sheet is called “Plan”; the sheets are “Cover”"), (b"title\nx\n", "which this is not")):
        with pytest.raises(PortfolioError, match=words):
            read_portfolio(data, "a.xlsx", how=How(sheet="Plan"))


@pytest.mark.parametrize(("called", "encoding", "codec", "text"), [
    ("windows1251", "Windows-1251", "cp1251", "Портал"), ("Shift-JIS", "Shift JIS", "cp932", "検索"), ("UTF-16", "UTF-16", "utf-16-be", "Café"),
    ("UTF-16", "UTF-16", "utf-16", "Café"), ("cp850", "DOS 850", "cp850", "Café"), ("utf8", "UTF-8", "utf-8-sig", "Café"),
    ("mac roman", "Mac Roman", "mac_roman", "Café"),
])  # fmt: skip
def test_an_encoding_that_is_chosen_by_our_name_or_pythons_is_that_of_the_text(called: str, encoding: str, codec: str, text: str) -> None:
    report = read_portfolio(f"title\n{text}\n".encode(codec), "a.csv", how=How(encoding=encoding_named(called)))
    assert titles(report) == [text]
    assert f"read as {encoding}, as chosen" in report.reader
    for unknown in ("latin-1", ""):
        with pytest.raises(PortfolioError, match=r"no encoding is called .*; name one of UTF-8"):
            encoding_named(unknown)


@pytest.mark.parametrize(("unit", "tenths"), [("", 400), ("day", 80), ("hour", 10)])
def test_efforts_without_a_unit_are_in_the_one_that_was_chosen(unit: str, tenths: int) -> None:
    report = read("title,Effort,Web (person-days)\nA,40,\nB,,5\n", "effort=Effort", how=How(efforts=unit))
    assert report.found.efforts
    assert [sum(work.effort for work in card.work) for card in cards(report)] == [tenths, 10]
    assert any("--efforts-in days" in notice.sentence() for notice in report.guessed) == (not unit)


def test_what_an_amount_leaves_open_can_be_said() -> None:
    text = "title,cost\na,1.234\nb,2.500\n"
    report = read(text)
    assert report.found.doubtful == ("cost", "1.234")
    assert report.found.amounts
    for how, amounts in ((How(decimal=","), [1234, 2500]), (How(decimal=".", amounts="k"), [1234, 2500]),
                         (How(decimal=".", amounts="£m"), [1_234_000, 2_500_000])):  # fmt: skip
        assert costs(read(text, how=how)) == list(zip("ab", amounts, strict=True))
    assert read(text, how=How(decimal=".")).found.doubtful == ("", "")
    named = read("title,Cost (£m)\na,1.2\n", how=How(amounts="k"))
    assert costs(named) == [("a", 1_200_000)]
    assert not named.found.amounts


@pytest.mark.parametrize(("header", "cells", "small"), [
    ("cost", "12 5 120", "12"), ("cost", "1.5 0.25 12", "1.5"), ("cost", "12 5 1200", ""), ("cost", "12 5", ""), ("monthly benefit", "12 5 120", ""),
    ("cost (k)", "12 5 120", ""),
])  # fmt: skip
def test_costs_that_are_all_small_are_said_to_lack_a_unit(header: str, cells: str, small: str) -> None:
    text = "\n".join([f"title,{header}", *(f"t{number},{cell}" for number, cell in enumerate(cells.split()))])
    report = read(text)
    assert report.found.small[1] == small
    assert any("all amounts are below 1,000; if they are thousands or millions" in line for line in report.sentences()) is bool(small)
    assert not read(text, how=How(amounts="m")).found.small[1]


def test_another_column_tells_repeated_titles_and_ids_apart() -> None:
    text = "id,title,Year,Region\nA,Gateway,2024,North\nA,Gateway,2025,\nB,Harbour,2024,South\n"
    report = read(text, "apart=Year")
    named = [(card.id, card.title, dict(card.fields)["Year"]) for card in cards(report)]
    assert named == [("A-2024", "Gateway · 2024", "2024"), ("A-2025", "Gateway · 2025", "2025"), ("B", "Harbour", "2024")]
    assert report.noticed == ()
    by_region = cards(read(text, "apart=Region"))
    assert [(card.id, card.title) for card in by_region] == [("A-North", "Gateway · North"), ("A", "Gateway"), ("B", "Harbour")]
    long = titles(read(f"title,x\n{'t' * 300},{'y' * 300}\n{'t' * 300},z\n", "apart=x"))
    assert [len(title) <= 200 for title in long] == [True, True]
    assert len(set(long)) == 2


# --- several files as one portfolio: each card says from which it is, and nothing of one is lost in another


SALES = "id,title,cost (EUR),Depends on,Data (person-weeks)\nA,CRM,5,,3\nB,Quotes,7,A,\n"
IT = 'id,title,cost (USD),Depends on,File,"Data (person-weeks, 4 people)"\nA,ERP,5,B,x,2\nB,Quotes,9,,,\n'


def together(*texts: str) -> LoadReport:
    return joined([read(text, name=f"{name}.csv") for name, text in zip(("sales", "it", "it"), texts, strict=False)])


def test_cards_keep_their_file_their_needs_and_their_money() -> None:
    alone = read(SALES, name="sales.csv")
    assert joined([alone]) is alone
    report = together(SALES, IT)
    found = [(card.id, card.title, card.needs, dict(card.fields)["File (2)"], card.budget and card.budget.currency) for card in cards(report)]
    assert found == [
        ("A", "CRM", (), "sales.csv", "EUR"), ("B", "Quotes", ("A",), "sales.csv", "EUR"),
        ("A-2", "ERP", ("B-2",), "it.csv", "USD"), ("B-2", "Quotes", (), "it.csv", "USD"),
    ]  # fmt: skip
    assert report.totals() == "budget €12 and $14 on 4 cards"
    assert [(team.id, team.people) for team in report.portfolio.teams] == [("Data", 40)]
    assert report.sentences(99)[0] == "4 projects read from sales.csv and it.csv (2 files)"
    assert {
        "2 projects read from it.csv (CSV, separated by commas, UTF-8)",
        "Guessed it.csv: “A” is an id of sales.csv too; this card becomes A-2",
        "Guessed: the team “Data” differs between the files; it has 4 people",
        "Noticed: the title “Quotes” is in more than one file (sales.csv, it.csv)",
    } <= set(report.sentences(99))
    assert [part["source"] for part in report.as_json()["files"]] == ["sales.csv", "it.csv"]


def test_a_card_may_need_a_card_of_another_file() -> None:
    report = together("id,title,Needs\nS1,CRM,I1\nS2,Quotes,S1; Zebra\n", 'id,title,Needs\nI1,ERP,\nI2,Desk,"Quotes, I1"\nI3,Wi-Fi,I2\n')
    assert [card.needs for card in cards(report)] == [("I1",), ("S1",), (), ("I1", "S2"), ("I2",)]
    assert [[name for name, _ in card.fields] for card in cards(report)] == [["File"], ["Needs", "File"], ["File"], ["File"], ["File"]]
    told = [line for line in report.sentences() if "called" in line]
    assert told == ["Guessed line 3, Needs: no card, or more than one, is called “Zebra”; kept as a named field"]
    circle = together("title,Needs\nA,B\n", "title,Needs\nB,A\n")
    assert [card.needs for card in cards(circle)] == [("C02",), ()]
    assert "so “B” does not need “A” here" in " ".join(circle.sentences())


def test_what_is_said_is_about_the_file_that_has_the_column_or_the_sheet(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("latestName\nCRM\n")
    (tmp_path / "b.xlsx").write_bytes(packed(members_of(Sheet("Cover", [["x"], ["y"]]), Sheet("Plan", [["title"], ["ERP"]]))))
    (tmp_path / "c.json").write_text('[{"title": "HR"}]')
    paths = [tmp_path / name for name in ("a.csv", "b.xlsx", "c.json")]
    titled = {"latestName": "title"}
    assert titles(load_portfolios(paths, Said(titled, How(sheet="Plan")))) == ["CRM", "ERP", "HR"]
    for chosen, sheet, words in ((titled | {"x": "id"}, "Plan", "column is called “x”"), (titled, "P", "no column is recognised")):
        with pytest.raises(PortfolioError, match=words):
            load_portfolios(paths, Said(chosen, How(sheet=sheet)))


def test_ids_that_were_made_up_and_files_of_one_name_are_told_apart_in_silence() -> None:
    report = together("title,Needs\nA,B\nB,\n", "title,Needs\nC,D\nD,\n", "title,objective\nE,Growth\n")
    assert [(card.id, card.needs) for card in cards(report)] == [("C01", ("C02",)), ("C02", ()), ("C03", ("C04",)), ("C04", ()), ("C05", ())]
    assert all(card.made_id for card in cards(report))
    assert dict(cards(report)[-1].fields)["File"] == "it.csv (2)"
    assert report.guessed == ()
    assert [(objective.id, objective.rank) for objective in report.portfolio.objectives] == [("Growth", 1)]


def test_a_json_file_brings_its_quarter_people_and_objectives_along(tmp_path: Path) -> None:
    first, second = tmp_path / "a\x1b[2J.csv", tmp_path / "b.json"
    first.write_text("title,objective\nCRM,Growth\n")
    brought = {"participants": [{"role": "CFO", "side": "business"}], "objectives": [{"id": "O1", "text": "Costs"}]}
    second.write_text(json.dumps({"quarter": "2026-Q4", "cards": [{"title": "ERP"}], **brought}))
    report = load_portfolios([first, second])
    assert "\x1b" not in "".join(report.sentences())
    portfolio = report.portfolio
    assert (portfolio.quarter, [person.role for person in portfolio.participants]) == ("2026-Q4", ["CFO"])
    assert [(objective.id, objective.rank) for objective in portfolio.objectives] == [("Growth", 1), ("O1", 2)]
