"""What a plan needs of a table: efforts by team in either form, dependencies and deadlines, each with what is said of it."""

from __future__ import annotations

from datetime import date

import pytest
from disk import DiskLibrary
from support import FakeClock, Room

from sessions.deciding.session_plan import session_plan
from sessions.export.csv_export import as_csv
from sessions.imports.columns import chosen_columns
from sessions.imports.formats.report import LoadReport
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Portfolio, Project
from sessions.sequencing.reasons import deadline_note


def read(*lines: str, columns: tuple[str, ...] = ()) -> LoadReport:
    return read_portfolio("\n".join(lines).encode(), "cards.csv", chosen_columns(columns))


def work_of(report: LoadReport) -> list[str]:
    return [" ".join(f"{work.team}={work.effort / 10:g}" for work in card.work) for card in report.portfolio.projects]


def told(report: LoadReport) -> str:
    return "\n".join(notice.sentence() for notice in report.guessed)


EFFORTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], list[str], str]] = {
    "a column of teams": (("Title,Team,Effort", "A,Data,3", "B,Web,2.5"), (), ["Data=3", "Web=2.5"], "without a unit are weeks"),
    "days": (("Title;Effort (person-days);Squad", "A;10;Data", "B;7,5;Web"), (), ["Data=2", "Web=1.5"], "in days: five are a week"),
    "days in German": (("Titel;Gesamtaufwand (PT);Team", "A;10;Data", "B;7,5;Web"), (), ["Data=2", "Web=1.5"], "in days: five are a week"),
    "a team's in German": (("Titel;Aufwand Data in Tagen;Restaufwand (PT)", "A;10;2"), (), ["Data=2"], "in days: five are a week"),
    "hours in the name": (("title,effort_hours,team", "A,80,Data", "B,1,Data"), (), ["Data=2", "Data=0.1"], "1 effort rounded to a tenth of a week"),
    "units in the cells": (("Title,Effort", "A,2w 4d", "B,40 hrs"), (), ["Everyone=2.8", "Everyone=1"], "one each is assumed"),
    "a column for each": (("Title,Effort Data team,Web (pw)", "A,3,", "B,,4"), (), ["Data team=3", "Web=4"], "not said of “Data team”, “Web”"),
    "their sum beside them": (("Title,Data effort,Web effort,Total effort", "A,1,2,3"), (), ["Data=1 Web=2"], ""),
    "people in the name": (('Title,"Data (person-weeks, 2.5 people)"', "A,3"), (), ["Data=3"], ""),
    "other names": (("Title,Size A,Size B", "A,3,2"), ("effort=Size A", "team effort=Size B"), ["Size A=3 Size B=2"], ""),
    "another name": (("Title,LOE,Crowd", "A,3,Data"), ("effort=LOE", "team=Crowd"), ["Data=3"], ""),
    "words": (("Title,Team,Effort", "A,Data,High", "B,Web,Low"), (), ["", ""], ""),
    "no duration": (("Title,Schedule (weeks),Effort level,Team", "A,3,2,Data"), (), [""], ""),
    "none": (("Title,Team,Effort", "A,Data,tbd", "B,,2", "C,Web,1"), (), ["", "", "Web=1"], "line 3, Effort: no team is named beside it; kept"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "columns", "work", "says"), EFFORTS.values(), ids=EFFORTS)
def test_efforts_are_read_in_either_form(lines: tuple[str, ...], columns: tuple[str, ...], work: list[str], says: str) -> None:
    report = read(*lines, columns=columns)
    assert work_of(report) == work
    assert says in told(report)
    used = {team for each in work for team in (part.partition("=")[0] for part in each.split(" ") if "=" in part)}
    assert len(report.portfolio.teams) >= bool(used)
    assert len(report.recognised) + len(report.kept) == len(report.columns)


def test_a_team_has_the_people_that_its_column_names_and_a_team_without_an_effort_stays_visible() -> None:
    report = read('Title,"Data (person-weeks, 2.5 people)",Squad,Effort', "A,3,Web,", "B,1,,")
    assert [(team.id, team.people) for team in report.portfolio.teams] == [("Data", 25)]
    assert "one each" not in told(report)
    assert report.portfolio.projects[0].fields == (("Squad", "Web"),)


NEEDS = {
    "ids": ("P3; P1", ["P3", "P1"], ""),
    "titles": ("Gateway, Case files, and more", ["P1", "P3"], ""),
    "lines": ("p1\nGATEWAY\n#P3", ["P1", "P3"], ""),
    "a planning tool": ("P1FS+2 days,P3", ["P1", "P3"], ""),
    "nothing": ("n/a", [], ""),
    "unknown": ("P1; Zebra", ["P1"], "line 3, Depends on: no card, or more than one, is called “Zebra”; kept as a named field"),
    "twins": ("Twin", [], "no card, or more than one, is called “Twin”"),
    "itself": ("P2", [], "line 3, Depends on: the card would wait for itself; kept as a named field"),
}


@pytest.mark.parametrize(("cell", "ids", "says"), NEEDS.values(), ids=NEEDS)
def test_dependencies_are_ids_or_titles(cell: str, ids: list[str], says: str) -> None:
    report = read("Id,Title,Depends on", "P1,Gateway,", f'P2,Harbour,"{cell}"', 'P3,"Case files, and more",', "P4,Twin,", "P5,Twin,")
    card = report.portfolio.projects[1]
    assert list(card.needs) == ids
    assert says in told(report)
    assert card.fields == ((("Depends on", cell),) if says else ())


def test_circles_lose_their_last_need_and_refuse_nothing() -> None:
    report = read("Title,Blocked by", "A,B", "B,C", "C,A; B", "D,A")
    assert [card.needs for card in report.portfolio.projects] == [("C02",), ("C03",), (), ("C01",)]
    assert "line 4, Blocked by: “A” -> “B” -> “C” -> “A” would wait for each other in a circle; so “C” does not need “A” here" in told(report)
    assert report.skipped == ()


DATES = {
    "2026-11-30": date(2026, 11, 30), "30.11.2026": date(2026, 11, 30), "30 Nov 2026": date(2026, 11, 30), "November 30, 2026": date(2026, 11, 30),
    "30-Nov-26": date(2026, 11, 30), "2026-11-30 00:00:00": date(2026, 11, 30), "30/11/26": date(2026, 11, 30), "31/11/2026": None, "soon": None,
}  # fmt: skip


@pytest.mark.parametrize(("cell", "day"), DATES.items(), ids=DATES)
def test_a_deadline_is_a_date_or_a_week(cell: str, day: date | None) -> None:
    report = read("Title,Due date", f'A,"{cell}"', "B,9")
    first, second = report.portfolio.projects
    assert (first.deadline, second.deadline_week) == (day.isoformat() if day else "", 9)
    assert first.fields == (("Due date", cell),)
    assert ("is neither a date nor a week" in told(report)) == (day is None)


def test_the_other_dates_of_a_column_say_whether_the_month_is_first() -> None:
    assert [card.deadline for card in read("Title,Deadline", "A,3/4/2027", "B,12/31/2026").portfolio.projects] == ["2027-03-04", "2026-12-31"]
    report = read("Title,Deadline", "A,3/4/2027")
    assert report.portfolio.projects[0].deadline == "2027-04-03"
    assert "read with the day first" in told(report)


def test_a_csv_alone_makes_a_plan_whose_deadlines_are_weeks_of_the_quarter(tmp_path: object) -> None:
    report = read('Title,"Data (person-weeks, 2 people)",Depends on,Deadline', "A,8,,2026-11-27", "B,4,A,2026-10-16")
    library = DiskLibrary(tmp_path, FakeClock(), lambda length: "0" * length)  # type: ignore[arg-type]
    with library.create(report.portfolio, quarter="2026-Q4") as opened:
        session = opened.live.session
        plan = session_plan(session)
        assert [(plan.at(card).start, plan.at(card).finish) for card in session.order] == [(1, 6), (7, 10)]
        assert [(card.deadline_week, card.deadline) for card in session.cards.values()] == [(8, ""), (2, "")]
        assert deadline_note(plan, "C02") == "ends on 11 December, after its deadline, 16 October"
        late = session_plan(library.create(read("Title,Effort,Deadline", "A,8,2026-09-01").portfolio, quarter="2026-Q4").live.session)
        assert deadline_note(late, "C01") == "its deadline, 28 August, is before the quarter"
        again = read_portfolio(as_csv(session).encode(), "export.csv").portfolio
        assert again.projects == tuple(card.model_copy(update={"made_id": False}) for card in session.cards.values())
        assert [(team.id, team.people) for team in again.teams] == [("Data", 20)]


def test_named_fields_that_are_called_like_efforts_stay_named_fields() -> None:
    fields = (("effort Web (person-weeks, 2 people)", "9"), ("crew Web (people at once)", "1"), ("Team", "Data"), ("Effort (days)", "4"))
    cards = (Project(id="P1", title="A", fields=fields),)
    assert read_portfolio(as_csv(Room(Portfolio(projects=cards)).session).encode(), "export.csv").portfolio.projects == cards
