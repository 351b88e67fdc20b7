"""Must cards: what they take is above the board, and none goes below the line without a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_board, press, screen_of, shown, words
from support import Room, bare, sample
from textual.widgets import Input

from sessions.commands.agreements import DrawLine
from sessions.commands.cards import EditCard
from sessions.commands.decisions import Decide
from sessions.deciding.must import must_sentence
from sessions.deciding.session_plan import session_plan
from sessions.portfolio.models import Portfolio
from sessions.summary.markdown import summary
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form


def with_a_must() -> Portfolio:
    """Return four cards, of which the first is a must."""
    first, *others = bare("A B C D").projects
    must = first.model_copy(update={"must": True, "sponsor": "CFO", "rule": "A fine from July."})
    return bare().model_copy(update={"projects": (must, *others)})


def test_what_the_must_cards_take_is_said_by_team() -> None:
    room = Room(sample()).everybody()
    assert must_sentence(room.session, session_plan(room.session)) == "Must: 1 project, 7 of 24 weeks of ERP"
    room.do(EditCard(card=room.session.cards["P15"].model_copy(update={"must": True})))
    said = must_sentence(room.session, session_plan(room.session))
    assert said == "Must: 2 projects, 4 of 6.5 weeks of Security, 7 of 24 weeks of ERP, 3 of 26 weeks of Infrastructure"
    room.do(Decide(card="P09", word="stop", why="The rule is gone."), Decide(card="P15", word="not_now"))
    assert must_sentence(room.session, session_plan(room.session)) == ""


async def test_the_form_makes_a_card_a_must_with_its_rule_day_and_owner(tmp_path: Path) -> None:
    async with on_board(tmp_path, bare("A B"), size=(80, 24)) as (pilot, opened):
        await press(pilot, "e")
        assert "tab or ↓ next field" in shown(pilot)
        form = screen_of(pilot, Form)
        for name, text in {"must": "perhaps", "rule": "The tax law", "rule_by": "2027-01-31", "rule_owner": "CFO"}.items():
            form.query_one(f"#field-{name}", Input).value = text
        await press(pilot, "enter")
        assert "Must is yes, or empty." in shown(pilot)
        form.query_one("#field-must", Input).value = "yes"
        await press(pilot, "enter")
        card = opened.live.session.cards["A"]
        assert (card.must, card.rule, card.rule_by, card.rule_owner) == (True, "The tax law", "2027-01-31", "CFO")
        assert "- #1 A. Rule: The tax law · By: 2027-01-31 · Owner: CFO" in summary(opened.live.session)
        await press(pilot, "u")
        assert not opened.live.session.cards["A"].must


async def test_the_sentence_stands_above_the_board(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample()) as (pilot, _):
        assert shown(pilot).index("Must: 1 project, 7 of 24 weeks of ERP") < shown(pilot).index("Customer segmentation and analysis")


async def test_cards_that_move_together_name_the_must_cards_that_would_be_below_the_line(tmp_path: Path) -> None:
    async with on_board(tmp_path, with_a_must(), DrawLine(projects=2)) as (pilot, _):
        await press(pilot, "M", "j", "M", "ampersand", "enter", "3", "enter")
        assert "4 cross the line. 1 must would be below it." in words(pilot)
        assert "Must below the line: #1 A. Rule: A fine from July. · By: not named yet" in words(pilot)


@pytest.mark.parametrize("move", [("B",), ("space", "G", "space"), ("4", "enter")])
async def test_a_must_goes_below_the_line_only_if_the_room_says_so(move: tuple[str, ...], tmp_path: Path) -> None:
    async with on_board(tmp_path, with_a_must(), DrawLine(projects=2)) as (pilot, opened):
        await press(pilot, *move)
        screen_of(pilot, Confirm)
        for told in ("Rule: A fine from July.", "Owner: CFO", "By: not named yet"):
            assert told in shown(pilot)
        await press(pilot, "escape")
        assert opened.live.session.order[0] == "A"
        await press(pilot, "2", "enter", "G", "K", "K")
        assert "A is a must: push it below the line?" in shown(pilot)
        await press(pilot, "escape", "u", "u", "g", *move, "enter")
        assert opened.live.session.order[-1] == "A"
        await press(pilot, "u", "2", "enter")
        assert opened.live.session.order[1] == "A", "above the line nothing is asked"
        screen_of(pilot, SessionScreen)
