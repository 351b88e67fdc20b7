"""Several files as one portfolio: each card says from which it is, and nothing of one is lost in another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from workbooks import Sheet, members_of, packed

from sessions.errors import PortfolioError
from sessions.imports.formats.how import How
from sessions.imports.formats.report import LoadReport
from sessions.imports.portfolio import Said, read_portfolio
from sessions.imports.several import joined, load_portfolios

SALES = "id,title,cost (EUR),Depends on,Data (person-weeks)\nA,CRM,5,,3\nB,Quotes,7,A,\n"
IT = "id,title,cost (USD),Depends on,File,\"Data (person-weeks, 4 people)\"\nA,ERP,5,B,x,2\nB,Quotes,9,,,\n"


def read(*texts: str) -> LoadReport:
    return joined([read_portfolio(text.encode(), f"{name}.csv") for name, text in zip(("sales", "it", "it"), texts, strict=False)])


def test_one_file_stays_as_it_is() -> None:
    report = read_portfolio(SALES.encode(), "sales.csv")
    assert joined([report]) is report


def test_cards_keep_their_file_their_needs_and_their_money() -> None:
    report = read(SALES, IT)
    cards = report.portfolio.projects
    assert [(card.id, card.title, card.needs) for card in cards] == [
        ("A", "CRM", ()), ("B", "Quotes", ("A",)), ("A-2", "ERP", ("B-2",)), ("B-2", "Quotes", ()),
    ]  # fmt: skip
    assert [dict(card.fields)["File (2)"] for card in cards] == ["sales.csv", "sales.csv", "it.csv", "it.csv"]
    assert [card.budget.currency for card in cards if card.budget] == ["EUR", "EUR", "USD", "USD"]
    assert report.totals() == "budget €12 and $14 on 4 cards"
    assert [(team.id, team.people) for team in report.portfolio.teams] == [("Data", 40)]
    told = report.sentences(99)
    assert told[0] == "4 projects read from sales.csv and it.csv (2 files)"
    assert "2 projects read from it.csv (CSV, separated by commas, UTF-8)" in told
    assert "Guessed it.csv: “A” is an id of sales.csv too; this card becomes A-2" in told
    assert "Guessed: the team “Data” differs between the files; it has 4 people" in told
    assert "Noticed: the title “Quotes” is in more than one file (sales.csv, it.csv)" in told
    assert [part["source"] for part in report.as_json()["files"]] == ["sales.csv", "it.csv"]


def test_a_card_may_need_a_card_of_another_file() -> None:
    sales, it = "id,title,Needs\nS1,CRM,I1\nS2,Quotes,S1; Zebra\n", "id,title,Needs\nI1,ERP,\nI2,Desk,\"Quotes, I1\"\nI3,Wi-Fi,I2\n"
    report = read(sales, it)
    assert [card.needs for card in report.portfolio.projects] == [("I1",), ("S1",), (), ("I1", "S2"), ("I2",)]
    assert [[name for name, _ in card.fields] for card in report.portfolio.projects] == [["File"], ["Needs", "File"], ["File"], ["File"], ["File"]]
    told = [line for line in report.sentences() if "called" in line]
    assert told == ["Guessed line 3, Needs: no card, or more than one, is called “Zebra”; kept as a named field"]
    circle = read("title,Needs\nA,B\n", "title,Needs\nB,A\n")
    assert [card.needs for card in circle.portfolio.projects] == [("C02",), ()]
    assert "so “B” does not need “A” here" in " ".join(circle.sentences())


def test_what_is_said_is_about_the_file_that_has_the_column_or_the_sheet(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("latestName\nCRM\n")
    (tmp_path / "b.xlsx").write_bytes(packed(members_of(Sheet("Cover", [["x"], ["y"]]), Sheet("Plan", [["title"], ["ERP"]]))))
    (tmp_path / "c.json").write_text('[{"title": "HR"}]')
    paths = [tmp_path / name for name in ("a.csv", "b.xlsx", "c.json")]
    said = Said({"latestName": "title"}, How(sheet="Plan"))
    assert [card.title for card in load_portfolios(paths, said).portfolio.projects] == ["CRM", "ERP", "HR"]
    titled, other = {"latestName": "title"}, {"latestName": "title", "x": "id"}
    for wrong, words in ((Said(other, How(sheet="Plan")), "column is called “x”"), (Said(titled, How(sheet="P")), "no column is recognised")):
        with pytest.raises(PortfolioError, match=words):
            load_portfolios(paths, wrong)


def test_ids_that_were_made_up_and_files_of_one_name_are_told_apart_in_silence() -> None:
    report = read("title,Needs\nA,B\nB,\n", "title,Needs\nC,D\nD,\n", "title,objective\nE,Growth\n")
    assert [(card.id, card.needs, card.made_id) for card in report.portfolio.projects] == [
        ("C01", ("C02",), True), ("C02", (), True), ("C03", ("C04",), True), ("C04", (), True), ("C05", (), True),
    ]  # fmt: skip
    assert [dict(card.fields)["File"] for card in report.portfolio.projects][-1] == "it.csv (2)"
    assert report.guessed == ()
    assert [(objective.id, objective.rank) for objective in report.portfolio.objectives] == [("Growth", 1)]


def test_a_json_file_brings_its_quarter_people_and_objectives_along(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.json"
    first.write_text("title,objective\nCRM,Growth\n")
    people = [{"role": "CFO", "side": "business"}]
    objectives = [{"id": "O1", "text": "Costs"}]
    second.write_text(json.dumps({"quarter": "2026-Q4", "participants": people, "objectives": objectives, "cards": [{"title": "ERP"}]}))
    portfolio = load_portfolios([first, second]).portfolio
    assert (portfolio.quarter, [person.role for person in portfolio.participants]) == ("2026-Q4", ["CFO"])
    assert [(objective.id, objective.rank) for objective in portfolio.objectives] == [("Growth", 1), ("O1", 2)]
    with pytest.raises(PortfolioError, match=r"c\.csv: there is no such file"):
        load_portfolios([first, tmp_path / "c.csv"])
