"""Editing what the plan is made of: a card's work, needs, weeks and state, in the form and from the board."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disk import DiskLibrary
from stage import answer_of, words
from support import Room, sample, small
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sessions.commands.cards import EditCard, Undo
from sessions.library.library import OpenSession
from sessions.portfolio.models import Project, Work
from sessions.record.events import CardEdited
from sessions.sample.demo import ScriptClock
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen
from tui.dialogs.typed_figures import FigureError
from tui.environment import token
from tui.plan.screen import PlanScreen
from tui.plan.team_form import exceptions_typed
from tui.plan.work_form import WorkForm, work_lines, work_typed


@pytest.mark.parametrize("text", ["7", "7 1 1", "40 1", "0 1", "9-7 1", "7 1\n7 2", "7 x", "x 1"])
def test_exceptions_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(FigureError):
        exceptions_typed(text, 39)


def test_work_is_read_as_it_is_written() -> None:
    session = Room(sample()).session
    for card in session.cards.values():
        assert work_typed("\n".join(work_lines(card)), session) == card.work
    assert work_typed("web 18 3\nData & BI 2.5", session) == (Work(team="WEB", effort=180, crew=30), Work(team="DATA", effort=25))


@pytest.mark.parametrize("text", ["WEB", "18 3 WEB", "WEB many", "WEB 18 x"])
def test_lines_of_work_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(FigureError):
        work_typed(text, Room(sample()).session)


def put(pilot: Pilot[None], work: str | None = None, **fields: str) -> None:
    screen = pilot.app.screen
    if work is not None:
        screen.query_one(TextArea).text = work
    for name, value in fields.items():
        screen.query_one(f"#field-{name}", Input).value = value


def form(room: Room, card: str) -> WorkForm:
    def accept(new: Project) -> None:
        room.live.perform(EditCard(card=new))

    return WorkForm(room.session, room.session.cards[card], accept)


async def answered(room: Room, card: str, act: Callable[[Pilot[None]], object]) -> None:
    async def run(pilot: Pilot[None]) -> None:
        act(pilot)
        await pilot.press("ctrl+s")

    await answer_of(form(room, card), run, (80, 24))


async def test_everything_at_once_is_one_event() -> None:
    room = Room(small())
    before = len(room.live.recordeds)
    await answered(room, "P1", lambda pilot: put(pilot, "WEB 18 3", needs="P3 #2", earliest="3", deadline="week 12", state="in flight"))
    (recorded,) = room.live.recordeds[before:]
    event = recorded.event
    assert isinstance(event, CardEdited)
    card = room.session.cards["P1"]
    assert card.work == (Work(team="WEB", effort=180, crew=30),)
    assert (card.needs, card.earliest_week, card.deadline_week, card.state) == (("P3", "P2"), 3, 12, "in_flight")
    room.do(Undo())
    assert room.session.cards["P1"] == small().projects[0]


@pytest.mark.parametrize(
    ("work", "fields", "sentence"),
    [
        ("LAB 3", {}, "There is no team LAB: the teams are MOB, WEB."),
        ("WEB 3\nWEB 4", {}, "lists the same team twice"),
        ("WEB many", {}, "the person-weeks is a number such as 2 or 0.5"),
        (None, {"needs": "P99"}, "There is no card P99"),
        (None, {"needs": "P2"}, "in a cycle, so none could start: P"),
        (None, {"deadline": "77"}, "weeks go from 1 to 39"),
        (None, {"earliest": "soon"}, "is the number of a week such as 7"),
        (None, {"state": "maybe"}, "The state is one of new, in flight, delivered, done."),
    ],
)
async def test_a_refusal_is_said_in_the_form_and_nothing_typed_is_lost(work: str | None, fields: dict[str, str], sentence: str) -> None:
    room = Room(small())
    room.do(EditCard(card=room.session.cards["P2"].model_copy(update={"needs": ("P1",)})))
    before = len(room.live.recordeds)

    async def act(pilot: Pilot[None]) -> None:
        put(pilot, work, **fields)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert sentence in words(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, WorkForm)
        if work is not None:
            assert screen.query_one(TextArea).text == work
        for name, value in fields.items():
            assert screen.query_one(f"#field-{name}", Input).value == value

    assert await answer_of(form(room, "P1"), act, (80, 24)) == []
    assert len(room.live.recordeds) == before




# --- from the board


@pytest.fixture
async def board(tmp_path: Path) -> AsyncIterator[tuple[Pilot[None], OpenSession]]:
    library = DiskLibrary(tmp_path / "library", ScriptClock(datetime(2026, 6, 30, 9, 0, tzinfo=UTC)), token)
    opened = library.create(sample(), title="Q3")
    app = QuarterdeckApp(library, lambda _: SessionScreen(opened))
    app.animation_level = "none"
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        yield pilot, opened
    opened.close()


async def test_enter_on_a_bar_of_the_plan_chooses_its_card_on_the_board(board: tuple[Pilot[None], OpenSession]) -> None:
    pilot, opened = board
    await pilot.press("P")
    await pilot.pause()
    assert isinstance(pilot.app.screen, PlanScreen)
    await pilot.press("tab", "j", "j", "j", "enter")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, SessionScreen)
    assert screen.selected == opened.live.session.at_rank(4)


async def test_e_on_the_board_edits_the_work_of_the_chosen_card(board: tuple[Pilot[None], OpenSession]) -> None:
    pilot, opened = board
    await pilot.press("j", "E")
    await pilot.pause()
    put(pilot, "SEC 1 0.5")
    await pilot.press("ctrl+s")
    await pilot.pause()
    assert isinstance(pilot.app.screen, SessionScreen)
    assert opened.live.session.at_rank(2).work == (Work(team="SEC", effort=10, crew=5),)


async def test_a_cycle_in_a_record_made_elsewhere_does_not_stand_in_the_way(tmp_path: Path) -> None:
    cards = tuple(card.model_copy(update={"needs": (need,)}) for card, need in zip(small().projects[:2], ("P2", "P1"), strict=True))
    library = DiskLibrary(tmp_path / "library", ScriptClock(datetime(2026, 6, 30, 9, 0, tzinfo=UTC)), token)
    opened = library.create(small().model_copy(update={"projects": cards}), title="Q3")
    app = QuarterdeckApp(library, lambda _: SessionScreen(opened))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        for key in ("P", "x", "J", "enter"):
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(pilot.app.screen, PlanScreen)
        assert opened.live.session.cards == {card.id: card for card in cards}
    opened.close()
