"""What is typed, pasted, completed or picked may be hostile too: nothing of it reaches the terminal, and nothing of it is recorded as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hostile import BLENDS, CONTROLS, CORPUS, loud
from stage import on_stage, said, strips
from support import Room, small
from textual.events import Paste
from textual.screen import Screen
from textual.widgets import Input, TextArea

from sessions.commands.cards import EditCard
from sessions.sanitize import clean
from tui.board.card_form import card_fields, card_from
from tui.decide.dialog import DecideDialog
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.form import Field, Form
from tui.library.new_session import NewSessionScreen
from tui.people.screen import PeopleScreen
from tui.plan.work_form import WorkForm
from tui.text import plain, safe_input

pytestmark = pytest.mark.system

ALL = "".join(CORPUS)


def dialogs() -> dict[str, Callable[[], Screen[Any]]]:
    """Return every kind of dialog that takes a text."""
    room = Room(small()).everybody()
    card = room.session.cards["P1"]
    return {
        "ask": lambda: Ask(ALL, about=ALL, value=ALL, placeholder=ALL, limit=5000),
        "form": lambda: Form(ALL, [Field("a", ALL, ALL, ALL, (ALL,), limit=5000), Field("b", ALL, "", ALL)], about=ALL),
        "choose": lambda: Choose(ALL, [Choice(text, text, text) for text in CORPUS], placeholder=ALL),
        "decide": lambda: DecideDialog(room.session, "P1"),
        "work": lambda: WorkForm(room.session, card, lambda _: None),
        "new session": lambda: NewSessionScreen(None),
        "people": lambda: PeopleScreen(room.live),
    }


@pytest.mark.promise("text-H1", "terminal-T26")
@pytest.mark.parametrize("name", dialogs())
async def test_a_pasted_text_is_harmless_in_every_field(name: str) -> None:
    async with on_stage(dialogs()[name]()) as pilot:
        if name == "decide":
            await pilot.press("4")
        if name == "people":
            await pilot.press("plus")
        await pilot.pause()
        fields = [*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)]
        assert fields
        for field in fields:
            field.focus()
            await pilot.pause()
            for text in (*CONTROLS, *BLENDS, "line\n" * 200_000):
                pilot.app.post_message(Paste(f"x{text}"))
                await pilot.pause()
            assert "x" in (field.value if isinstance(field, Input) else field.text)
            assert loud("".join(strip.text for strip in strips(pilot.app))) == []


async def test_of_a_pasted_text_that_is_too_long_as_much_is_taken_as_fits_and_it_is_said() -> None:
    async with on_stage(Ask("Note", value="a z", limit=10)) as pilot:
        field = pilot.app.screen.query_one(Input)
        field.cursor_position = 2
        pilot.app.post_message(Paste("bcdefghijklm"))
        await pilot.pause()
        assert (field.value, field.cursor_position) == ("a bcdefghz", 9)
        assert said(pilot) == "It was cut: this line takes 10 characters."
        await pilot.press("x")
        assert field.value == "a bcdefghz"


def test_a_card_that_was_opened_in_its_form_and_left_alone_is_as_it_was() -> None:
    """A form shows several lines as one: a line that was not changed must not be cut or flattened silently."""
    room = Room(small()).everybody()
    texts = dict.fromkeys(("description", "note"), clean("one\n" + "two " * 900 + "\nthree", 4000, keep_lines=True))
    room.do(EditCard(card=room.session.cards["P1"].model_copy(update={**texts, "sponsor": "x" * 700})))
    card = room.session.cards["P1"]
    answer = {field.name: safe_input(plain(field.value)).strip() for field in card_fields(room.session, card)}
    assert card_from(card, answer) == card
    assert card_from(card, answer | {"note": "new"}) == card.model_copy(update={"note": "new"})
