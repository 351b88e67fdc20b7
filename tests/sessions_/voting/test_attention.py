"""Which cards are worth talking about, and why (METHOD 4.3, 4.4)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from larkfield_votes import CARDS, EXPECTED, LAST_RANK, POINTS, SIDE_ORDER, SIDES

from sessions.voting.attention import CardAttention, attention_by_card, first_k, order_for_talk, reason_to_talk
from sessions.voting.points import points_midranks, side_orders

MINI_RANKS = {"b1": (2, 4, 6, 8), "b2": (2, 4, 6, 8), "b3": (4, 2, 7, 7), "i1": (6, 8, 2, 4), "i2": (8, 6, 2, 4)}
"""Where A, B, C and D are: the ranking ballots AB, ABC, BA, CDA and CDB of METHOD 3.3."""
MINI_SIDES = {"b1": "business", "b2": "business", "b3": "business", "i1": "it", "i2": "it"}
NAMES = {"business": "business", "it": "IT"}


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


def test_the_sample_says_why_the_room_talks() -> None:
    weighed = of_sample()
    orders = side_orders(POINTS, SIDES, CARDS, LAST_RANK)
    places = {card: {side: order.index(card) + 1 for side, order in orders.items()} for card in CARDS}
    lines = {card: reason_to_talk(weighed[card], places[card], NAMES) for card in ("P15", "P06", "P11", "P07", "P04", "P02")}

    assert lines == {
        "P15": "IT would start it (92%), business would not (2%)",
        "P06": "business would start it (85%), IT would not (0%)",
        "P11": "business is split (42% would start it), IT would not (0%)",
        "P07": "neither would start it (2% business, 25% IT), but business puts it 18th, IT 7th",
        "P04": "both would start it (100% business, 67% IT), but voters inside IT put it far apart",
        "P02": "both would start it (100% business, 100% IT), at about the same place",
    }


@pytest.mark.parametrize(
    ("business", "it", "line"),
    [
        ("1/2", "9/20", "both sides are split: 50% business and 45% IT would start it"),
        ("1/3", "1/2", "IT is split (50% would start it), business would not (33%)"),
        ("0", "1/40", "neither would start it (0% business, 3% IT), at about the same place"),
    ],
)
def test_a_line_for_every_case(business: str, it: str, line: str) -> None:
    assert reason_to_talk(card("A", Fraction(business), Fraction(it)), {"business": 3, "it": 19}, NAMES) == line


@pytest.mark.parametrize(("business", "it", "who"), [("1/8", "1/32", "business"), ("1/32", "1/8", "IT"), ("1/8", "1/9", "business and IT")])
def test_a_line_for_a_quarrel_inside_a_side(business: str, it: str, who: str) -> None:
    inside = card("A", Fraction(1), Fraction(1), within=Fraction(1, 3), inside_business=Fraction(business), inside_it=Fraction(it))

    assert reason_to_talk(inside, {"business": 3, "it": 3}, NAMES).endswith(f", but voters inside {who} put it far apart")


def test_a_line_for_any_number_of_sides() -> None:
    ranks = {"b1": (2, 4, 6), "i1": (4, 2, 6), "g1": (6, 4, 2), "g2": (2, 4, 6)}
    sides = {"b1": "business", "i1": "it", "g1": "board", "g2": "board"}
    three = attention_by_card("ABC", ranks, sides, 1, ("business", "it", "board"))

    assert reason_to_talk(three["A"], {}, NAMES) == "business would start it (100%), board is split (50%), IT would not (0%)"
    assert reason_to_talk(three["B"], {}, {}) == "it would start it (100%), business would not (0%), board would not (0%)"
    alone = attention_by_card("ABC", {"b1": (2, 4, 6), "b2": (4, 2, 6)}, {"b1": "business", "b2": "business"}, 1)
    assert reason_to_talk(alone["A"], {}, NAMES) == "business is split: 50% would start it"
    assert reason_to_talk(alone["C"], {}, NAMES) == "business would not start it (0%), at about the same place"
