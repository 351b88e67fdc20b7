"""The plan screen: what it shows of the sample and how it is read by keys; and editing what the plan is made of, there and from the board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from plans import ranked_sample
from stage import answer_of, on_board, on_stage, press, screen_of, shown, words
from support import Room, sample, small, with_cards
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sessions.commands.cards import EditCard, Undo
from sessions.portfolio.models import Portfolio, Project, Team, Work
from sessions.record.events import CardEdited, TeamChanged
from tui.board.screen import SessionScreen
from tui.dialogs.typed_figures import FigureError
from tui.plan.screen import PlanScreen
from tui.plan.team_form import exceptions_typed
from tui.plan.work_form import WorkForm, work_lines, work_typed
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


@pytest.mark.parametrize("text", ["7", "7 1 1", "40 1", "9-7 1", "7 1\n7 2", "7 x"])
def test_exceptions_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(FigureError):
        exceptions_typed(text, 39)


def test_work_is_read_as_it_is_written() -> None:
    session = Room(sample()).session
    for card in session.cards.values():
        assert work_typed("\n".join(work_lines(card)), session) == card.work
    assert work_typed("web 18 3\nData & BI 2.5", session) == (Work(team="WEB", effort=180, crew=30), Work(team="DATA", effort=25))


def put(pilot: Pilot[None], work: str | None = None, **fields: str) -> None:
    screen = pilot.app.screen
    if work is not None:
        screen.query_one(TextArea).text = work
    for name, value in fields.items():
        screen.query_one(f"#field-{name}", Input).value = value


async def answered(room: Room, card: str, act: Callable[[Pilot[None]], Any]) -> list[Any]:
    """Act on the form of a card's work and send it, and return its answers."""

    async def run(pilot: Pilot[None]) -> None:
        act(pilot)
        await press(pilot, "ctrl+s")

    return await answer_of(form(room, card), run, (80, 24))


def form(room: Room, card: str) -> WorkForm:
    def accept(new: Project) -> None:
        room.do(EditCard(card=new))

    return WorkForm(room.session, room.session.cards[card], accept)


async def test_everything_at_once_is_one_event() -> None:
    room = Room(small())
    await answered(room, "P1", lambda pilot: put(pilot, "WEB 18 3", needs="P3 #2", earliest="3", deadline="week 12", state="in flight"))
    assert isinstance(room.last, CardEdited)
    assert room.session.seq == 2
    card = room.session.cards["P1"]
    assert card.work == (Work(team="WEB", effort=180, crew=30),)
    assert (card.needs, card.earliest_week, card.deadline_week, card.state) == (("P3", "P2"), 3, 12, "in_flight")
    room.do(Undo())
    assert room.session.cards["P1"] == small().projects[0]


async def test_a_deadline_that_has_passed_stays_until_another_one_is_typed() -> None:
    room = Room(with_cards(small(), P1={"deadline_week": -2, "deadline": "2026-06-15"}))
    await answered(room, "P1", lambda pilot: put(pilot, earliest="3"))
    assert (room.session.cards["P1"].earliest_week, room.session.cards["P1"].deadline_week) == (3, -2)
    await answered(room, "P1", lambda pilot: put(pilot, deadline=""))
    assert (room.session.cards["P1"].deadline_week, room.session.cards["P1"].deadline) == (None, "")


@pytest.mark.parametrize(
    ("work", "fields", "sentence"),
    [
        ("LAB 3", {}, "There is no team LAB: the teams are MOB, WEB."),
        ("WEB 3\nWEB 4", {}, "lists the same team twice"),
        (None, {"needs": "P2"}, "in a cycle, so none could start: P"),
        (None, {"deadline": "77"}, "weeks go from 1 to 39"),
        (None, {"state": "maybe"}, "The state is one of new, in flight, delivered, done."),
    ],
)
async def test_a_refusal_is_said_in_the_form_and_nothing_typed_is_lost(work: str | None, fields: dict[str, str], sentence: str) -> None:
    room = Room(small())
    room.do(EditCard(card=room.session.cards["P2"].model_copy(update={"needs": ("P1",)})))

    async def act(pilot: Pilot[None]) -> None:
        put(pilot, work, **fields)
        await press(pilot, "ctrl+s")
        assert sentence in words(pilot)
        screen = screen_of(pilot, WorkForm)
        if work is not None:
            assert screen.query_one(TextArea).text == work
        for name, value in fields.items():
            assert screen.query_one(f"#field-{name}", Input).value == value

    assert await answer_of(form(room, "P1"), act, (80, 24)) == []
    assert room.session.seq == 2


async def test_e_on_the_board_edits_the_work_of_the_card_that_was_chosen_in_the_plan(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample()) as (pilot, opened):
        await press(pilot, "P")
        assert isinstance(pilot.app.screen, PlanScreen)
        await press(pilot, "tab", "j", "j", "j", "enter", "E")
        put(pilot, "SEC 1 0.5")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, SessionScreen)
        assert opened.live.session.at_rank(4).work == (Work(team="SEC", effort=10, crew=5),)
