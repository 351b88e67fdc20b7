"""Several files as one portfolio: each card says from which it is, and nothing of one is lost in another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tables import cards, read, titles
from workbooks import Sheet, members_of, packed

from sessions.errors import PortfolioError
from sessions.imports.formats.how import How
from sessions.imports.formats.report import LoadReport
from sessions.imports.portfolio import Said
from sessions.imports.several import joined, load_portfolios

SALES = "id,title,cost (EUR),Depends on,Data (person-weeks)\nA,CRM,5,,3\nB,Quotes,7,A,\n"
IT = "id,title,cost (USD),Depends on,File,\"Data (person-weeks, 4 people)\"\nA,ERP,5,B,x,2\nB,Quotes,9,,,\n"


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
    report = together("id,title,Needs\nS1,CRM,I1\nS2,Quotes,S1; Zebra\n", "id,title,Needs\nI1,ERP,\nI2,Desk,\"Quotes, I1\"\nI3,Wi-Fi,I2\n")
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
    first, second = tmp_path / "a.csv", tmp_path / "b.json"
    first.write_text("title,objective\nCRM,Growth\n")
    brought = {"participants": [{"role": "CFO", "side": "business"}], "objectives": [{"id": "O1", "text": "Costs"}]}
    second.write_text(json.dumps({"quarter": "2026-Q4", "cards": [{"title": "ERP"}], **brought}))
    portfolio = load_portfolios([first, second]).portfolio
    assert (portfolio.quarter, [person.role for person in portfolio.participants]) == ("2026-Q4", ["CFO"])
    assert [(objective.id, objective.rank) for objective in portfolio.objectives] == [("Growth", 1), ("O1", 2)]
    with pytest.raises(PortfolioError, match=r"c\.csv: there is no such file"):
        load_portfolios([first, tmp_path / "c.csv"])
