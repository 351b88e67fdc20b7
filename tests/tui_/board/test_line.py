"""`L`: the room says how many can start, and the board draws the line there."""

from __future__ import annotations

from pathlib import Path

from stage import on_board, press, said, shown, words
from support import bare, sample

from sessions.portfolio.models import Budget, Portfolio, Project
from sessions.record.events import Line

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


async def test_where_there_is_a_plan_it_draws_the_line(tmp_path: Path) -> None:
    async with on_board(tmp_path, sample()) as (pilot, _):
        await press(pilot, "L")
        assert "The plan draws the line here" in said(pilot)
