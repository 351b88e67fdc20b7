"""Editing what the plan is made of: a card's work, needs, weeks and state, in the form and from the board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stage import answer_of, on_board, press, screen_of, words
from support import Room, sample, small
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sessions.commands.cards import EditCard, Undo
from sessions.portfolio.models import Project, Work
from sessions.record.events import CardEdited
from tui.board.screen import SessionScreen
from tui.dialogs.typed_figures import FigureError
from tui.plan.screen import PlanScreen
from tui.plan.team_form import exceptions_typed
from tui.plan.work_form import WorkForm, work_lines, work_typed


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
    late = small().projects[0].model_copy(update={"deadline_week": -2})
    room = Room(small().model_copy(update={"projects": (late, *small().projects[1:])}))
    await answered(room, "P1", lambda pilot: put(pilot, earliest="3"))
    assert (room.session.cards["P1"].earliest_week, room.session.cards["P1"].deadline_week) == (3, -2)
    await answered(room, "P1", lambda pilot: put(pilot, deadline=""))
    assert room.session.cards["P1"].deadline_week is None


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
