"""Which cards are worth talking about (METHOD 4.3, 4.4)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from larkfield_votes import CARDS, EXPECTED, POINTS, SIDE_ORDER, SIDES

from sessions.voting.attention import CardAttention, attention_by_card, first_k, order_for_talk
from sessions.voting.points import points_midranks

MINI_RANKS = {"b1": (2, 4, 6, 8), "b2": (2, 4, 6, 8), "b3": (4, 2, 7, 7), "i1": (6, 8, 2, 4), "i2": (8, 6, 2, 4)}
"""Where A, B, C and D are: the ranking ballots AB, ABC, BA, CDA and CDB of METHOD 3.3."""
MINI_SIDES = {"b1": "business", "b2": "business", "b3": "business", "i1": "it", "i2": "it"}


def of_sample(k: int = 7, side_order: tuple[str, ...] = SIDE_ORDER) -> dict[str, CardAttention]:
    return attention_by_card(CARDS, {voice: points_midranks(ballot, CARDS) for voice, ballot in POINTS.items()}, SIDES, k, side_order)


def test_the_sample_is_weighed_as_the_reference_says() -> None:
    weighed = of_sample()

    assert set(weighed) == set(EXPECTED["attention_K7"])
    for card, expected in EXPECTED["attention_K7"].items():
        found = weighed[card]
        assert found.means == pytest.approx(expected["mean"], abs=1e-12)
        assert found.inside == pytest.approx(expected["q"], abs=1e-12)
        told = (found.gap, found.spread, found.within, found.between, found.inside_all, found.contention, found.attention)
        keys = ("gap", "spread", "within", "between", "q_all", "contention", "attention")
        assert told == pytest.approx(tuple(expected[key] for key in keys), abs=1e-12)


def test_the_worked_example() -> None:
    a = attention_by_card("ABCD", MINI_RANKS, MINI_SIDES, 2, SIDE_ORDER)["A"]

    assert a.means == {"business": Fraction(8, 9), "it": Fraction(1, 6)}
    assert a.gap == Fraction(13, 18)
    assert (a.within, a.between, a.spread) == (Fraction(17, 162), Fraction(169, 324), Fraction(203, 324))
    assert a.inside == {"business": 1, "it": 0}
    assert a.contention == 1
    assert a.attention == Fraction(31, 36)


def test_with_more_than_two_sides_the_gap_is_between_the_farthest() -> None:
    ranks = {"b1": (2, 4, 6), "i1": (4, 2, 6), "g1": (6, 4, 2)}
    found = attention_by_card("ABC", ranks, {"b1": "business", "i1": "it", "g1": "board"}, 1)

    assert [found[card].gap for card in "ABC"] == [1, Fraction(1, 2), 1]
    assert found["A"].within == 0
    assert found["A"].spread == 4 * Fraction(1, 6)


@pytest.mark.parametrize(
    ("cut", "cards", "k"),
    [
        *[(8, 24, 7), (None, 24, 24), (1, 24, 3), (4, 24, 3), (5, 24, 4), (24, 24, 23), (25, 24, 23)],
        *[(1, 4, 3), (3, 3, 2), (1, 2, 1), (1, 1, 1), (None, 0, 0)],
    ],
)
def test_the_first_k_are_the_cards_above_the_cut_within_limits(cut: int | None, cards: int, k: int) -> None:
    assert first_k(cut, cards) == k


def card(name: str, business: Fraction, it: Fraction, **other: Fraction) -> CardAttention:
    """Return a card that the sides would start with these shares."""
    within, between = other.get("within", Fraction()), other.get("between", Fraction())
    return CardAttention(
        card=name,
        means={"business": Fraction(1, 2), "it": Fraction(1, 2)},
        variances={"business": other.get("inside_business", within), "it": other.get("inside_it", within)},
        gap=other.get("gap", Fraction()),
        within=within,
        between=between,
        inside={"business": business, "it": it},
        inside_all=(business + it) / 2,
    )


def alike(*names: str) -> dict[str, CardAttention]:
    return {name: card(name, Fraction(1), Fraction(1, 2)) for name in names}


def test_red_cards_that_would_start_come_first() -> None:
    attention = alike("P01", "P02", "P03") | {"P04": card("P04", Fraction(1), Fraction(0))}
    order = order_for_talk(attention, red={"P02", "P03"}, inside={"P01", "P02"}, key_weeks={}, rank={"P01": 1, "P02": 2, "P03": 3, "P04": 4})

    assert order == ("P02", "P04", "P01", "P03")


def test_ties_go_to_the_weeks_of_key_teams_then_to_the_rank_then_to_the_id() -> None:
    attention = alike("P10", "P9", "P3", "P2", "P1")
    order = order_for_talk(attention, red=(), inside=(), key_weeks={"P3": 5, "P1": 2, "P2": 2}, rank={"P2": 1, "P1": 2})

    assert order == ("P3", "P2", "P1", "P9", "P10")
