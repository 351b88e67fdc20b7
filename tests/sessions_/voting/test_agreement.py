"""How far voices agree (METHOD 4.1, 4.2, 4.5), against the worked figures of the method and of the sample."""

from __future__ import annotations

from fractions import Fraction

import pytest
from larkfield_votes import CARDS, EXPECTED, LAST_RANK, POINTS, SIDES

from sessions.voting.agreement import agreement, agreement_word, compare_pairs, same_way, tau_b
from sessions.voting.points import points_midranks, side_results


def test_the_sample_agrees_as_the_reference_says() -> None:
    ranks = {voice: points_midranks(ballot, CARDS) for voice, ballot in POINTS.items()}
    totals = {side: result.totals for side, result in side_results(POINTS, SIDES, CARDS, LAST_RANK).items()}
    expected = EXPECTED["agreement"]
    found = agreement(ranks, SIDES, totals)

    assert found.w_all == pytest.approx(expected["W_all"], abs=1e-12)
    assert found.w_by_side == pytest.approx({"business": expected["W_business"], "it": expected["W_it"]}, abs=1e-12)
    assert found.tau_b == pytest.approx(expected["tau_b_sides_totals"], abs=1e-12)
    assert found.same_way == Fraction(49, 79)


@pytest.mark.parametrize(
    ("w", "word"),
    [
        (None, "–"),
        (Fraction(299, 1000), "weak"),
        (Fraction(3, 10), "some"),
        (Fraction(5, 10), "fair"),
        (Fraction(7, 10), "strong"),
        (Fraction(901, 1000), "very strong"),
    ],
)
def test_agreement_has_a_word(w: Fraction | None, word: str) -> None:
    assert agreement_word(w) == word


def test_pairs_are_compared_on_the_cards_that_both_lists_have() -> None:
    first, second = {"A": 3, "B": 2, "C": 2, "D": 1, "X": 9}, {"D": 5, "C": 5, "B": 6, "A": 7, "Y": 1}
    pairs = compare_pairs(first, second)

    assert (pairs.same, pairs.opposite, pairs.tied_in_first, pairs.tied_in_second, pairs.pairs) == (4, 0, 1, 1, 6)
    assert tau_b(first, second) == pytest.approx(4 / 5)
    assert same_way(first, second) == 1


@pytest.mark.parametrize(("first", "second"), [({}, {}), ({"A": 1}, {"A": 2}), ({"A": 1, "B": 1}, {"A": 1, "B": 2}), ({"A": 1}, {"B": 1})])
def test_lists_without_an_ordered_pair_cannot_be_compared(first: dict[str, int], second: dict[str, int]) -> None:
    assert tau_b(first, second) is None
    assert same_way(first, second) is None


def test_between_three_sides_the_mean_of_their_pairs_is_told() -> None:
    up, down = {"A": 1, "B": 2}, {"A": 2, "B": 1}
    found = agreement({}, {}, {"business": up, "it": up, "board": down, "works": {"A": 0, "B": 0}})

    assert found.tau_b == pytest.approx(-1 / 3)
    assert found.same_way == Fraction(1, 3)
