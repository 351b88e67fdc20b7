"""The plan screen: what it shows of the sample, how it is read by keys, and what is edited there."""

from __future__ import annotations

import pytest
from plans import ranked_sample
from stage import on_stage, press, shown, words
from support import Room
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sessions.portfolio.models import Portfolio, Project, Team
from sessions.record.events import TeamChanged
from tui.plan.screen import PlanScreen
from tui.widgets.calendar.calendar import Weeks


def rows(pilot: Pilot[None]) -> list[str]:
    return shown(pilot).splitlines()


def row(pilot: Pilot[None], title: str) -> str:
    return next(line for line in rows(pilot) if title in line)


async def test_teams_have_their_load_by_week_and_cards_what_they_wait_for_and_the_cut_line() -> None:
    async with on_stage(PlanScreen(Room(ranked_sample()).live), (120, 40)) as pilot:
        assert "Data & BI runs out at #10" in shown(pilot)
        team = row(pilot, "ERP   ")
        assert "2 people" in team
        assert "█2" in team
        people = rows(pilot)[rows(pilot).index(team) + 1]
        assert people.split()[:4] == ["people", "in", "the", "week"]
        assert people.count("1") == 2
        await pilot.press("tab")
        assert "The plan by card" in shown(pilot)
        line = row(pilot, "Repeat-order checkout")
        assert line.index("Web & Commerce on #3") < line.index("4    4    3    3    3    3")
        cut = next(place for place, line in enumerate(rows(pilot)) if "cut line" in line)
        assert "#8 " in rows(pilot)[cut + 1]
        assert "it has" in row(pilot, "Warehouse pick-by-scan")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_whole_quarter_and_its_end_are_in_view(size: tuple[int, int]) -> None:
    async with on_stage(PlanScreen(Room(ranked_sample()).live), size) as pilot:
        weeks = row(pilot, " week ")
        assert weeks.replace("┃", " ").replace("█ full", "").split()[1:14] == [str(week) for week in range(1, 14)]
        end = weeks.index("┃")
        assert sum(line[end : end + 1] == "┃" for line in rows(pilot)) > 8


async def test_e_edits_the_people_of_a_team_and_its_weeks() -> None:
    room = Room(ranked_sample())
    async with on_stage(PlanScreen(room.live), (120, 40)) as pilot:
        pilot.app.screen.query_one(Weeks).choose("ERP")
        await press(pilot, "e")
        screen = pilot.app.screen
        assert screen.query_one(TextArea).text == "7-8 1"
        screen.query_one("#field-people", Input).value = "2.5"
        screen.query_one(TextArea).text = "7 1.0\n9-10 0"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PlanScreen)
        assert "2.5 people" in shown(pilot)
        assert pilot.app.screen.query_one(Weeks).chosen == "ERP"
    event = room.last
    assert isinstance(event, TeamChanged)
    assert (event.new.people, event.new.by_week) == (25, ((7, 10), (9, 0), (10, 0)))


async def test_a_plan_without_teams_says_what_to_add_and_plus_adds_one() -> None:
    room = Room(Portfolio(projects=(Project(id="A", title="A"),)))
    async with on_stage(PlanScreen(room.live), (80, 24)) as pilot:
        assert "add teams with their people" in words(pilot)
        await press(pilot, "plus")
        for name, value in (("id", "WEB"), ("name", "Web"), ("people", "3")):
            pilot.app.screen.query_one(f"#field-{name}", Input).value = value
        await press(pilot, "enter")
    assert room.session.teams == (Team(id="WEB", name="Web", people=30),)
