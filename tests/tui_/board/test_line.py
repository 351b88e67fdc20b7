"""The line that the room draws with `L`, and the must cards: what they take, and none goes below the line without a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from stage import on_board, press, said, screen_of, shown, words
from support import Room, bare, sample, with_cards
from textual.widgets import Input

from sessions.commands.agreements import DrawLine
from sessions.commands.cards import EditCard
from sessions.commands.decisions import Decide
from sessions.deciding.must import must_sentence
from sessions.deciding.session_plan import session_plan
from sessions.portfolio.models import Budget, Portfolio, Project
from sessions.record.events import Line
from sessions.summary.markdown import summary
from tui.board.screen import SessionScreen
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form

RULE = "Start above, not now below"


def paid(*more: Project) -> Portfolio:
    amounts = (5_000_000, 4_000_000, 2_600_000, 900_000)
    cards = tuple(Project(id=f"P{amount}", title=f"For {amount}", budget=Budget(amount=amount, currency="USD")) for amount in amounts)
    return Portfolio(projects=(*cards, *more))


def above(text: str, *titles: str) -> bool:
    """Return whether the line is below the first title and above the second; beside the board the detail of a card follows later."""
    rows = [row[:78] for row in text.split("\n")]
    found = [next(row for row, line in enumerate(rows) if words in line) for words in (titles[0], RULE, titles[1])]
    return found == sorted(found)


async def test_a_number_draws_the_line_and_u_takes_it_back(tmp_path: Path) -> None:
    async with on_board(tmp_path, bare("Alpha Beta Gamma Delta")) as (pilot, opened):
        await press(pilot, "L", "3")
        assert "→ 3 projects" in shown(pilot)
        await press(pilot, "enter")
        assert opened.live.session.line == Line(projects=3)
        assert above(shown(pilot), "Gamma", "Delta")
        await press(pilot, "L", "backspace", "2", "enter")
        assert above(shown(pilot), "Beta", "Gamma")
        await press(pilot, "u")
        assert above(shown(pilot), "Gamma", "Delta")
        await press(pilot, "L", "backspace")
        assert "no line: nothing is proposed" in shown(pilot)
        await press(pilot, "enter")
        assert opened.live.session.line is None
        assert RULE not in shown(pilot)


async def test_a_line_further_down_comes_into_view(tmp_path: Path) -> None:
    titles = " ".join(f"Card{number}" for number in range(1, 31))
    async with on_board(tmp_path, bare(titles), size=(80, 24)) as (pilot, _):
        assert "Card25" not in shown(pilot)
        await press(pilot, "L", *"25", "enter")
        assert above(shown(pilot), "Card25", "Card26")


async def test_an_amount_says_what_it_pays_for_and_what_is_none_keeps_the_text_and_says_why(tmp_path: Path) -> None:
    refused = {
        "13": "There are 4 projects on the board: give a number from 0 to 4.",
        "some": "That is neither a number of projects nor an amount: type 7, or 12M.",
        "12M EUR": "The budgets are in USD, not in EUR.",
        "": "Type a number, or leave with esc.",
    }
    async with on_board(tmp_path, paid()) as (pilot, opened):
        for typed, sentence in refused.items():
            await press(pilot, "L", *typed, "enter")
            assert sentence in words(pilot)
            assert typed in shown(pilot)
            assert opened.live.session.line is None
            await press(pilot, "escape")
        await press(pilot, "L", *"12M")
        assert "→ 3 projects, $11,600,000" in shown(pilot)
        await press(pilot, "enter")
        assert above(shown(pilot), "For 2600000", "For 900000")
        await press(pilot, "G", "T")
        assert "3 projects, $9,900,000" in shown(pilot)
        assert above(shown(pilot), "For 4000000", "For 2600000"), "the line follows the order"


async def test_an_amount_is_offered_only_where_budgets_can_be_added_up(tmp_path: Path) -> None:
    euros = Project(id="E", title="In euros", budget=Budget(amount=1_000_000, currency="EUR"))
    async with on_board(tmp_path, paid(euros)) as (pilot, _):
        await press(pilot, "L")
        assert "amount" not in shown(pilot)
        assert "for example 7" in shown(pilot)
        await press(pilot, *"some", "enter")
        assert "That is not a number of projects: type 7." in shown(pilot)


async def test_where_there_is_a_plan_it_draws_the_line_and_what_the_must_cards_take_stands_above_the_board(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample()) as (pilot, _):
        assert shown(pilot).index("Must: 1 project, 7 of 24 weeks of ERP") < shown(pilot).index("Customer segmentation and analysis")
        await press(pilot, "L")
        assert "The plan draws the line here" in said(pilot)


WITH_A_MUST = with_cards(bare("A B C D"), A={"must": True, "sponsor": "CFO", "rule": "A fine from July."})


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


async def test_cards_that_move_together_name_the_must_cards_that_would_be_below_the_line(tmp_path: Path) -> None:
    async with on_board(tmp_path, WITH_A_MUST, DrawLine(projects=2)) as (pilot, _):
        await press(pilot, "M", "j", "M", "ampersand", "enter", "3", "enter")
        assert "4 cross the line. 1 must would be below it." in words(pilot)
        assert "Must below the line: #1 A. Rule: A fine from July. · By: not named yet" in words(pilot)


@pytest.mark.parametrize("move", [("B",), ("space", "G", "space"), ("4", "enter")])
async def test_a_must_goes_below_the_line_only_if_the_room_says_so(move: tuple[str, ...], tmp_path: Path) -> None:
    async with on_board(tmp_path, WITH_A_MUST, DrawLine(projects=2)) as (pilot, opened):
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
