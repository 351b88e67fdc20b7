"""Views over the board: they show fewer cards, groups or another order, and move nothing."""

from __future__ import annotations

import itertools
from pathlib import Path

from disk import DiskLibrary
from stage import on_board, press, running, said, screen_of, shown
from support import bare
from textual.pilot import Pilot

from sessions.commands.cards import MoveCard, WithdrawCard
from sessions.library.library import OpenSession
from sessions.portfolio.models import Benefit, Portfolio, Project
from sessions.record.events import CardMoved
from tui.board.screen import SessionScreen
from tui.board.view import View


def board_of(pilot: Pilot[None]) -> SessionScreen:
    return screen_of(pilot, SessionScreen)


def sponsored(opened: OpenSession, sponsor: str) -> list[str]:
    session = opened.live.session
    return [card for card in session.order if session.cards[card].sponsor == sponsor]


def keys(words: str) -> list[str]:
    return ["space" if letter == " " else letter for letter in words]


async def choose(pilot: Pilot[None], words: str) -> None:
    await press(pilot, "V", *keys(words), "enter")


async def test_a_search_can_stay_as_a_filter_until_escape(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "slash", *keys("tax"), "tab")
    screen = board_of(pilot)
    texts = screen.texts.of(opened.live.session)
    assert screen.shown.order == tuple(card for card in opened.live.session.order if "tax" in texts[card])
    assert f"{len(screen.shown.order)} of 24 shown · esc all" in shown(pilot)
    await press(pilot, "escape")
    assert screen.shown.order == opened.live.session.order
    assert "esc all" not in shown(pilot)
    assert len(opened.live.recordeds) == 1


async def test_a_card_found_outside_the_filter_ends_the_filter(pilot: Pilot[None], opened: OpenSession) -> None:
    await press(pilot, "slash", *keys("tax"), "tab", "slash", *keys("contractor crm"), "enter")
    screen = board_of(pilot)
    assert screen.view == View()
    assert screen.selected is not None
    assert screen.selected.title == "Contractor CRM replacement"


async def test_in_a_filter_a_move_goes_next_to_the_next_card_shown(pilot: Pilot[None], opened: OpenSession) -> None:
    first, second, *_ = sponsored(opened, "CFO")
    await choose(pilot, "only sponsor cfo")
    screen = board_of(pilot)

    def ranks(card: str) -> int:
        return opened.live.session.rank(card)

    assert screen.shown.order == tuple(sponsored(opened, "CFO"))
    target, before = ranks(first), ranks(second)
    await press(pilot, "j", "K")
    assert opened.live.recordeds[-1].event == CardMoved(card=second, old=before, new=target)
    assert ranks(second) == ranks(first) - 1
    assert f"{target} ▲ from {before}" in shown(pilot)
    await press(pilot, "2", "enter")  # digits are ranks of the whole board
    assert ranks(second) == 2
    await press(pilot, "u", "u")
    assert ranks(second) == before
    assert screen.shown.order == tuple(sponsored(opened, "CFO"))


async def test_carrying_in_a_filter_puts_the_card_beside_the_one_that_is_shown(pilot: Pilot[None], opened: OpenSession) -> None:
    cards = sponsored(opened, "CFO")
    await choose(pilot, "only sponsor cfo")
    await press(pilot, "space", "j", "j", "space")
    assert opened.live.session.rank(cards[0]) == opened.live.session.rank(cards[2]) + 1


async def test_news_from_elsewhere_keep_the_view_and_the_selection(pilot: Pilot[None], opened: OpenSession) -> None:
    cards = sponsored(opened, "CFO")
    await choose(pilot, "only sponsor cfo")
    await press(pilot, "j")
    opened.live.perform(MoveCard(card=cards[1], to=24))
    opened.live.perform(WithdrawCard(card=cards[0], reason="done elsewhere"))
    screen = board_of(pilot)
    assert screen.shown.order == tuple(sponsored(opened, "CFO"))
    assert screen.selected_id == screen.card_at(screen.board.cursor) == cards[1]


async def test_groups_have_headings_with_totals_and_keep_their_cards(pilot: Pilot[None], opened: OpenSession) -> None:
    await choose(pilot, "group by sponsor")
    screen = board_of(pilot)
    sponsors = [opened.live.session.cards[card].sponsor for card in screen.shown.order]
    assert len(dict.fromkeys(sponsors)) == len(screen.shown.groups) == 1 + sum(a != b for a, b in itertools.pairwise(sponsors))
    first = screen.shown.groups[0]
    assert f"{first.name}" in shown(pilot)
    assert f"{first.end} cards · $" in shown(pilot)
    await press(pilot, "K")
    assert "stays in its group" in said(pilot)
    assert len(opened.live.recordeds) == 1


async def test_worth_in_several_currencies_is_sorted_within_each(tmp_path: Path) -> None:
    worth = {"A": (5, "EUR"), "B": (10, "USD"), "C": (7, "EUR"), "D": (20, "")}
    cards = tuple(Project(id=card, title=card, benefit=Benefit(monthly=monthly, currency=money)) for card, (monthly, money) in worth.items())
    async with on_board(tmp_path, Portfolio(currency="USD", projects=(*cards, Project(id="E", title="E")))) as (pilot, _):
        await choose(pilot, "sort by worth")
        assert board_of(pilot).shown.order == ("D", "B", "C", "A", "E")
        assert "sorted by worth, within each currency" in shown(pilot)


async def test_a_sorted_view_moves_nothing_and_says_why(pilot: Pilot[None], opened: OpenSession) -> None:
    await choose(pilot, "sort by worth")
    screen = board_of(pilot)
    worths = [opened.live.session.cards[card].benefit.monthly or 0 for card in screen.shown.order]
    assert worths == sorted(worths, reverse=True)
    await press(pilot, "j", "K", "space", "5", "enter", "T")
    assert "Sorted by worth, so nothing moves here: esc shows the board's order." in said(pilot)
    assert len(opened.live.recordeds) == 1
    await press(pilot, "escape")
    assert screen.shown.order == opened.live.session.order


async def test_a_filter_that_nothing_is_left_for_shows_all(pilot: Pilot[None], opened: OpenSession) -> None:
    cards = sponsored(opened, "VP Marketing")
    await choose(pilot, "only sponsor vp marketing")
    for card in cards:
        opened.live.perform(WithdrawCard(card=card, reason="done elsewhere"))
    assert board_of(pilot).view == View()
    assert "esc all" not in shown(pilot)


async def test_a_view_survives_a_small_size(pilot: Pilot[None], opened: OpenSession) -> None:
    await choose(pilot, "group by objective")
    await pilot.resize_terminal(40, 10)
    await press(pilot, "G", "minus", "g", "equals_sign", "pagedown")
    screen = board_of(pilot)
    assert screen.selected_id == screen.card_at(screen.board.cursor)


async def test_a_column_of_the_file_can_be_searched_and_grouped_by(library: DiskLibrary) -> None:
    projects = tuple(Project(id=f"C{n}", title=f"Project {n}", fields=(("phase", ("build", "run")[n % 2]),)) for n in range(6))
    opened = library.create(bare().model_copy(update={"projects": projects}), title="Fields")
    async with running(library, SessionScreen(opened)) as pilot:
        await press(pilot, "slash", *"build", "tab")
        assert board_of(pilot).shown.order == ("C0", "C2", "C4")
        await press(pilot, "escape")
        await choose(pilot, "group by phase")
        assert board_of(pilot).shown.order == ("C0", "C2", "C4", "C1", "C3", "C5")
        assert "3 cards" in shown(pilot)
    opened.close()
