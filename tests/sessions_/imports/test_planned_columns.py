"""What a plan needs from a table: efforts by team in either form, dependencies and deadlines, and the report on each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from disk import DiskLibrary
from support import FakeClock
from tables import cards, read, told

from sessions.deciding.session_plan import session_plan
from sessions.export.csv_export import as_csv
from sessions.sequencing.reasons import deadline_note

EFFORTS: dict[str, tuple[str, tuple[str, ...], list[str], str]] = {
    "a column of teams": ("Title,Team,Effort\nA,Data,3\nB,Web,2.5", (), ["Data=3", "Web=2.5"], "without a unit are weeks"),
    "days": ("Title;Effort (person-days);Squad\nA;10;Data\nB;7,5;Web", (), ["Data=2", "Web=1.5"], "in days: five are a week"),
    "days in German": ("Titel;Gesamtaufwand (PT);Team\nA;10;Data\nB;7,5;Web", (), ["Data=2", "Web=1.5"], "in days: five are a week"),
    "a team's in German": ("Titel;Aufwand Data in Tagen;Restaufwand (PT)\nA;10;2", (), ["Data=2"], "in days: five are a week"),
    "hours in the name": ("title,effort_hours,team\nA,80,Data\nB,1,Data", (), ["Data=2", "Data=0.1"], "1 effort rounded to a tenth of a week"),
    "units in the cells": ("Title,Effort\nA,2w 4d\nB,40 hrs", (), ["Everyone=2.8", "Everyone=1"], "one each is assumed"),
    "a column for each": ("Title,Effort Data team,Web (pw)\nA,3,\nB,,4", (), ["Data team=3", "Web=4"], "given for “Data team”, “Web”"),
    "their sum beside them": ("Title,Data effort,Web effort,Total effort\nA,1,2,3", (), ["Data=1 Web=2"], ""),
    "people in the name": ('Title,"Data (person-weeks, 2.5 people)"\nA,3', (), ["Data=3"], ""),
    "other names": ("Title,Size A,Size B\nA,3,2", ("effort=Size A", "team effort=Size B"), ["Size A=3 Size B=2"], ""),
    "another name": ("Title,LOE,Crowd\nA,3,Data", ("effort=LOE", "team=Crowd"), ["Data=3"], ""),
    "words": ("Title,Team,Effort\nA,Data,High\nB,Web,Low", (), ["", ""], ""),
    "no duration": ("Title,Schedule (weeks),Effort level,Team\nA,3,2,Data", (), [""], ""),
    "none": ("Title,Team,Effort\nA,Data,tbd\nB,,2\nC,Web,1", (), ["", "", "Web=1"], "line 3, Effort: no team is named beside it; kept"),
}


@pytest.mark.parametrize(("text", "columns", "work", "says"), EFFORTS.values(), ids=EFFORTS)
def test_efforts_are_read_in_either_form(text: str, columns: tuple[str, ...], work: list[str], says: str) -> None:
    report = read(text, *columns)
    assert [" ".join(f"{each.team}={each.effort / 10:g}" for each in card.work) for card in cards(report)] == work
    assert says in "\n".join(told(report))
    assert {each.team for card in cards(report) for each in card.work} <= {team.id for team in report.portfolio.teams}
    assert len(report.recognised) + len(report.kept) == len(report.columns)


def test_a_team_has_the_people_that_its_column_names_and_a_team_without_an_effort_stays_visible() -> None:
    report = read('Title,"Data (person-weeks, 2.5 people)",Squad,Effort\nA,3,Web,\nB,1,,')
    assert [(team.id, team.people) for team in report.portfolio.teams] == [("Data", 25)]
    assert "one each" not in "\n".join(told(report))
    assert cards(report)[0].fields == (("Squad", "Web"),)


@pytest.mark.parametrize(("cell", "ids", "says"), [
    ("P3; P1", ("P3", "P1"), ""), ("Gateway, Case files, and more", ("P1", "P3"), ""), ("p1\nGATEWAY\n#P3", ("P1", "P3"), ""),
    ("P1FS+2 days,P3", ("P1", "P3"), ""), ("n/a", (), ""),
    ("P1; Zebra", ("P1",), "line 3, Depends on: no card, or more than one, is called “Zebra”; kept as a named field"),
    ("Twin", (), "no card, or more than one, is called “Twin”"),
    ("P2", (), "line 3, Depends on: the card would wait for itself; kept as a named field"),
], ids=["ids", "titles", "lines", "a planning tool", "nothing", "unknown", "twins", "itself"])  # fmt: skip
def test_dependencies_are_ids_or_titles(cell: str, ids: tuple[str, ...], says: str) -> None:
    report = read(f'Id,Title,Depends on\nP1,Gateway,\nP2,Harbour,"{cell}"\nP3,"Case files, and more",\nP4,Twin,\nP5,Twin,')
    card = cards(report)[1]
    assert card.needs == ids
    assert says in "\n".join(told(report))
    assert card.fields == ((("Depends on", cell),) if says else ())


def test_circles_lose_their_last_need_and_refuse_nothing() -> None:
    report = read("Title,Blocked by\nA,B\nB,C\nC,A; B\nD,A")
    assert [card.needs for card in cards(report)] == [("C02",), ("C03",), (), ("C01",)]
    assert "line 4, Blocked by: “A” -> “B” -> “C” -> “A” would wait for each other in a cycle; so “C” does not need “A” here" in told(report)
    assert report.skipped == ()


ONE_DAY = ("2026-11-30", "30.11.2026", "30 Nov 2026", "November 30, 2026", "30-Nov-26", "2026-11-30 00:00:00", "30/11/26")


@pytest.mark.parametrize(("cells", "deadlines", "says"), [
    *(([cell], ["2026-11-30"], "") for cell in ONE_DAY),
    (["31/11/2026"], [""], "is neither a date nor a week"), (["soon"], [""], "is neither a date nor a week"),
    (["3/4/2027", "12/31/2026"], ["2027-03-04", "2026-12-31"], ""), (["3/4/2027"], ["2027-04-03"], "read with the day first"),
])  # fmt: skip
def test_a_deadline_is_a_date_or_a_week(cells: Sequence[str], deadlines: list[str], says: str) -> None:
    report = read("\n".join(["Title,Due date", *(f't{number},"{cell}"' for number, cell in enumerate(cells)), "last,9"]))
    *dated, last = cards(report)
    assert [card.deadline for card in dated] == deadlines
    assert [card.fields for card in dated] == [(("Due date", cell),) for cell in cells]
    assert last.deadline_week == 9
    assert [says in line for line in told(report) if "date" in line or "day" in line] == [True] * bool(says)


def test_a_csv_alone_makes_a_plan_whose_deadlines_are_weeks_of_the_quarter(tmp_path: Path) -> None:
    report = read('Title,"Data (person-weeks, 2 people)",Depends on,Deadline\nA,8,,2026-11-27\nB,4,A,2026-10-16')
    library = DiskLibrary(tmp_path, FakeClock(), lambda length: "0" * length)
    with library.create(report.portfolio, quarter="2026-Q4") as opened:
        session = opened.live.session
        plan = session_plan(session)
        assert [(plan.at(card).start, plan.at(card).finish) for card in session.order] == [(1, 6), (7, 10)]
        assert [(card.deadline_week, card.deadline) for card in session.cards.values()] == [(8, "2026-11-27"), (2, "2026-10-16")]
        assert deadline_note(plan, "C02") == "ends on 11 December, after its deadline, 16 October"
        late = session_plan(library.create(read("Title,Effort,Deadline\nA,8,2026-09-01").portfolio, quarter="2026-Q4").live.session)
        assert deadline_note(late, "C01") == "its deadline, 1 September, is before the quarter"
        again = read(as_csv(session)).portfolio
        assert again.projects == tuple(card.model_copy(update={"made_id": False, "deadline": ""}) for card in session.cards.values())
        assert [(team.id, team.people) for team in again.teams] == [("Data", 20)]
