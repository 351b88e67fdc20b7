"""The ranked list of a board: a move gives what moving in a plain list gives, and leaves every earlier version as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.state.board_order import Order

LONG = tuple(f"P{number}" for number in range(1_000))
"""Cut into several pieces."""


def plainly(cards: tuple[str, ...], card: str, to: int) -> tuple[str, ...]:
    rest = [each for each in cards if each != card]
    return (*rest[:to], card, *rest[to:])


@given(st.integers(1, 300), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=30))
def test_moves_come_to_the_same_as_in_a_list(count: int, moves: list[tuple[int, int]]) -> None:
    order, cards = Order(LONG[:count]), LONG[:count]
    versions = [(order, cards)]
    for which, to in moves:
        card = cards[which % count]
        order, cards = order.moved(card, to % count), plainly(cards, card, to % count)
        assert order.at(to % count) == card
        assert order.index(card) == to % count
        versions.append((order, cards))
    for kept, wanted in versions:
        assert [kept.at(place) for place in range(len(kept))] == list(wanted)
        assert [kept.index(card) for card in wanted] == list(range(count))
        assert kept.cards == tuple(kept) == wanted


@pytest.mark.parametrize("to", [0, 500, 999])
def test_a_piece_that_takes_all_cards_in_is_cut_again(to: int) -> None:
    order, cards = Order(LONG), LONG
    for card in LONG:
        order, cards = order.moved(card, to), plainly(cards, card, to)
        assert order.at(to) == card
    assert order.cards == cards


def test_a_move_shares_what_it_does_not_touch() -> None:
    before = Order(LONG)
    after = before.moved("P3", 4)
    shared = {id(piece) for piece in before._cut()} & {id(piece) for piece in after._cut()}
    assert len(shared) == len(before._cut()) - 1


@pytest.mark.parametrize(("card", "to"), [("P1", -1), ("P1", 1_000), ("X", 0)])
def test_what_is_not_on_the_board_is_refused(card: str, to: int) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Order(LONG).moved(card, to)
    with pytest.raises(ValueError, match="X"):
        Order(LONG).moved("P1", 1).index("X")


def test_a_place_that_is_not_there_is_refused() -> None:
    for order in (Order(LONG), Order(LONG).moved("P0", 999), Order(())):
        assert len(order) in (0, 1_000)
        with pytest.raises(IndexError):
            order.at(1_000)
