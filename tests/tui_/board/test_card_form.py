"""The form of a card: the benefit in the four parts of its chain, and what a change of direction asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_board, press, shown, words
from support import Room, small, with_cards
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sessions.portfolio.models import Benefit
from tui.board.card_form import card_fields, card_from


async def fill(pilot: Pilot[None], **fields: str) -> str:
    """Fill in fields, and return what the form says about the benefit."""
    for name, text in fields.items():
        pilot.app.screen.query_one(f"#field-{name}", Input).value = text
    await pilot.pause()
    return str(pilot.app.screen.query_one("#benefit-told", Static).content)


async def test_a_benefit_grows_as_a_sentence_and_the_first_wording_stays_beside_it(tmp_path: Path) -> None:
    async with on_board(tmp_path, with_cards(small(), P1={"benefit": Benefit(text="We need five hours")})) as (pilot, opened):
        await press(pilot, "e")
        assert await fill(pilot) == "We need five hours  ·  0 of 4 parts"
        assert await fill(pilot, change="a new system", effect="3 hours less") == "a new system → 3 hours less  ·  2 of 4 parts"
        told = await fill(pilot, business_effect="no orders lost", monthly="$15k")
        assert told.endswith("no orders lost → $15,000 a month  ·  in business terms")
        await press(pilot, "enter")
        card = opened.live.session.cards["P1"]
        assert card.benefit == Benefit(change="a new system", effect="3 hours less", business_effect="no orders lost", monthly=15000, currency="$")
        assert card.order_taker_version == "We need five hours"
        await press(pilot, "enter")
        assert "Asked as “We need five hours”" in words(pilot)


async def test_what_is_for_and_against_is_asked_of_a_change_of_direction(tmp_path: Path) -> None:
    async with on_board(tmp_path, small()) as (pilot, opened):
        await press(pilot, "e")
        assert "what is for it" not in shown(pilot)
        await fill(pilot, kind="sideways")
        await press(pilot, "enter")
        assert "The kind is grow, run, comply or direction." in words(pilot)
        await fill(pilot, kind="direction")
        await fill(pilot, arguments_for="one system", arguments_against="a costly move")
        await press(pilot, "enter", "enter")
        assert opened.live.session.cards["P1"].kind == "direction"
        assert "For one system" in words(pilot)
        assert "Against a costly move" in words(pilot)


@pytest.mark.parametrize(
    ("text", "typed", "made"),
    [
        ("better forms", {"change": "better forms, sooner"}, Benefit(text="better forms, sooner")),
        ("3 hours less", {"effect": "4 hours less"}, Benefit(text="4 hours less")),
        ("3 hours less", {"change": "a new system"}, Benefit(change="a new system", effect="3 hours less")),
        ("", {"change": "faster queue, worth 90000 a month"}, Benefit(change="faster queue, worth 90000 a month", monthly=90000)),
    ],
)
def test_a_sentence_that_nobody_parted_stays_one(text: str, typed: dict[str, str], made: Benefit) -> None:
    session = Room(with_cards(small(), P1={"benefit": Benefit(text=text)})).session
    answer = {field.name: field.value for field in card_fields(session, session.cards["P1"])} | typed
    assert card_from(session.cards["P1"], answer).benefit == made
