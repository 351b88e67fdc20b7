"""Views over the board: they show fewer cards, groups or another order, and move nothing; and the selection follows a card, not a place."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from stage import on_board, press, said, screen_of, shown
from support import bare
from textual.pilot import Pilot

from sessions.commands.base import Command
from sessions.commands.cards import AddCard, MoveCard, WithdrawCard
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.library.library import OpenSession
from sessions.portfolio.models import Benefit, Portfolio, Project
from sessions.record.events import CardMoved
from tui.board.screen import SessionScreen
from tui.board.view import View


@pytest.fixture
def screen(pilot: Pilot[None]) -> SessionScreen:
    return screen_of(pilot, SessionScreen)


def sponsored(opened: OpenSession, sponsor: str) -> tuple[str, ...]:
    session = opened.live.session
    return tuple(card for card in session.order if session.cards[card].sponsor == sponsor)


async def choose(pilot: Pilot[None], words: str) -> None:
    await press(pilot, "V", *words, "enter")


async def test_a_search_stays_as_a_filter_until_escape_or_a_card_outside(pilot: Pilot[None], opened: OpenSession, screen: SessionScreen) -> None:
    await press(pilot, "slash", *"tax", "tab")
    texts = screen.texts.of(opened.live.session)
    assert screen.shown.order == tuple(card for card in opened.live.session.order if "tax" in texts[card])
    assert f"{len(screen.shown.order)} of 24 shown · esc all" in shown(pilot)
    await press(pilot, "escape")
    assert screen.shown.order == opened.live.session.order
    assert "esc all" not in shown(pilot)
    await press(pilot, "slash", *"tax", "tab", "slash", *"ctrcrm", "enter")
    assert (screen.view, screen.selected_id) == (View(), "P02"), "finding is fuzzy"
    assert len(opened.live.recordeds) == 1


async def test_in_a_filter_a_card_goes_next_to_the_one_that_is_shown(pilot: Pilot[None], opened: OpenSession, screen: SessionScreen) -> None:
    first, second, third, *_ = sponsored(opened, "CFO")
    await choose(pilot, "only sponsor cfo")

    def ranks(card: str) -> int:
        return opened.live.session.rank(card)

    assert screen.shown.order == sponsored(opened, "CFO")
    target, before = ranks(first), ranks(second)
    await press(pilot, "j", "K")
    assert opened.live.recordeds[-1].event == CardMoved(card=second, old=before, new=target)
    assert ranks(second) == ranks(first) - 1
    assert f"{target} ▲ from {before}" in shown(pilot)
    await press(pilot, "2", "enter")  # digits are ranks of the whole board
    assert ranks(second) == 2
    await press(pilot, "u", "u")
    assert ranks(second) == before
    assert screen.shown.order == sponsored(opened, "CFO")
    await press(pilot, "g", "space", "j", "j", "space")
    assert ranks(first) == ranks(third) + 1


async def test_news_from_elsewhere_keep_the_view_and_the_selection(pilot: Pilot[None], opened: OpenSession, screen: SessionScreen) -> None:
    first, second, *others = sponsored(opened, "CFO")
    await choose(pilot, "only sponsor cfo")
    await press(pilot, "j")
    opened.live.perform(MoveCard(card=second, to=24))
    opened.live.perform(WithdrawCard(card=first, reason="done elsewhere"))
    assert screen.shown.order == sponsored(opened, "CFO")
    assert screen.selected_id == screen.card_at(screen.board.cursor) == second
    for card in (second, *others):
        opened.live.perform(WithdrawCard(card=card, reason="done elsewhere"))
    assert screen.view == View(), "a filter that nothing is left for shows all"
    assert "esc all" not in shown(pilot)


async def test_groups_have_headings_with_totals_and_keep_their_cards(pilot: Pilot[None], opened: OpenSession, screen: SessionScreen) -> None:
    await choose(pilot, "group by sponsor")
    sponsors = [opened.live.session.cards[card].sponsor for card in screen.shown.order]
    assert len(dict.fromkeys(sponsors)) == len(screen.shown.groups) == 1 + sum(a != b for a, b in itertools.pairwise(sponsors))
    first = screen.shown.groups[0]
    assert first.name in shown(pilot)
    assert f"{first.end} cards · $" in shown(pilot)
    await press(pilot, "K")
    assert "stays in its group" in said(pilot)
    assert len(opened.live.recordeds) == 1
    await pilot.resize_terminal(40, 10)
    await press(pilot, "G", "minus", "g", "equals_sign", "pagedown")
    assert screen.selected_id == screen.card_at(screen.board.cursor)


async def test_worth_in_several_currencies_is_sorted_within_each(tmp_path: Path) -> None:
    worth = {"A": (5, "EUR"), "B": (10, "USD"), "C": (7, "EUR"), "D": (20, "")}
    cards = tuple(Project(id=card, title=card, benefit=Benefit(monthly=monthly, currency=money)) for card, (monthly, money) in worth.items())
    async with on_board(tmp_path, Portfolio(currency="USD", projects=(*cards, Project(id="E", title="E")))) as (pilot, _):
        await choose(pilot, "sort by worth")
        assert screen_of(pilot, SessionScreen).shown.order == ("D", "B", "C", "A", "E")
        assert "sorted by worth, within each currency" in shown(pilot)


async def test_a_sorted_view_moves_nothing_and_says_why(pilot: Pilot[None], opened: OpenSession, screen: SessionScreen) -> None:
    await choose(pilot, "sort by worth")
    worths = [opened.live.session.cards[card].benefit.monthly or 0 for card in screen.shown.order]
    assert worths == sorted(worths, reverse=True)
    await press(pilot, "j", "K", "space", "5", "enter", "T")
    assert "Sorted by worth, so nothing moves here: esc shows the board's order." in said(pilot)
    assert len(opened.live.recordeds) == 1
    await press(pilot, "escape")
    assert screen.shown.order == opened.live.session.order


async def test_a_column_of_the_file_can_be_searched_and_grouped_by(tmp_path: Path) -> None:
    projects = tuple(Project(id=f"C{n}", title=f"Project {n}", fields=(("phase", ("build", "run")[n % 2]),)) for n in range(6))
    async with on_board(tmp_path, bare().model_copy(update={"projects": projects})) as (pilot, _):
        screen = screen_of(pilot, SessionScreen)
        await press(pilot, "slash", *"build", "tab")
        assert screen.shown.order == ("C0", "C2", "C4")
        await press(pilot, "escape")
        await choose(pilot, "group by phase")
        assert screen.shown.order == ("C0", "C2", "C4", "C1", "C3", "C5")
        assert "3 cards" in shown(pilot)


NEW = AddCard(card=Project(id="", title="From elsewhere"), rank=1)
DOWN = MoveCard(card="P01", to=20)


def selected(pilot: Pilot[None]) -> tuple[str, str]:
    """Return the selected card, and the card at the cursor."""
    screen = screen_of(pilot, SessionScreen)
    return screen.selected_id, screen.card_at(screen.board.cursor)


@pytest.mark.parametrize("command", [NEW, DOWN, MoveCard(card="P03", to=1)])
async def test_a_change_from_elsewhere_leaves_the_selection(pilot: Pilot[None], opened: OpenSession, command: Command) -> None:
    await pilot.press("j", "j")
    opened.live.perform(command)
    assert selected(pilot) == ("P03", "P03")
    await pilot.press("T")
    assert opened.live.session.rank("P03") == 1
    opened.live.perform(WithdrawCard(card="P03", reason="done elsewhere"))
    assert selected(pilot) == (opened.live.session.order[0],) * 2, "the one in its place"


async def test_the_order_of_the_group_is_looked_at_from_its_top(pilot: Pilot[None], opened: OpenSession) -> None:
    await pilot.press("G")
    votes = (SealBallot(round=1, voice=voice, points={"P20": 25}) for voice in ("cfo", "cio"))
    for command in (MarkAttendance(presence="present"), OpenRound(), *votes, RevealBallots(round=1), TakeGroupOrder()):
        opened.live.perform(command)
    await pilot.pause()
    assert selected(pilot) == ("P20", "P20")
    assert screen_of(pilot, SessionScreen).board.scroll_offset.y == 0


@pytest.mark.parametrize(
    ("command", "carried", "below"),
    [
        (NEW, "P03", "P06"),
        (DOWN, "P03", "P06"),
        (WithdrawCard(card="P03", reason="done elsewhere"), "", ""),
        (WithdrawCard(card="P06", reason="done elsewhere"), "P03", ""),
    ],
    ids=["new", "moved", "carried gone", "place gone"],
)
async def test_a_carried_card_is_dropped_before_the_card_it_was_carried_to(
    pilot: Pilot[None], opened: OpenSession, command: Command, carried: str, below: str
) -> None:
    await pilot.press("j", "j", "space", "j", "j")  # P03 before P06
    opened.live.perform(command)
    card, at_cursor = selected(pilot)
    assert card == at_cursor
    assert carried in ("", card)
    await pilot.press("space")
    assert selected(pilot) == (card, card)
    assert not below or opened.live.session.rank("P03") == opened.live.session.rank(below) - 1
