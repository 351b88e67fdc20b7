"""The points ballot (METHOD 3.2, 3.6), against the reference results of the sample."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from larkfield_votes import CARDS, EXPECTED, LAST_RANK, POINTS
from larkfield_votes import SIDES as SAMPLE_SIDES

from sessions.voting.points import (
    DEFAULT_BUDGET,
    DEFAULT_CAP,
    PointsResult,
    check_points,
    order_depends_on_counting,
    side_orders,
    tally_points,
)
from sessions.voting.weights import Weighting

WEIGHTINGS: tuple[Weighting, ...] = ("sides", "person")
SIDES = {"b1": "business", "b2": "business", "b3": "business", "i1": "it", "i2": "it"}
MINI = {
    "b1": {"A": 25, "B": 25, "C": 25, "D": 25},
    "b2": {"A": 25, "B": 25, "C": 20},
    "b3": {"B": 25, "A": 15},
    "i1": {"C": 25, "D": 25, "A": 10},
    "i2": {"C": 25, "D": 20, "B": 5},
}


def tally(ballots: dict[str, dict[str, int]], cards: str = "ABCD", weighting: Weighting = "sides") -> PointsResult:
    result = tally_points(ballots, SIDES, tuple(cards), weighting, {})
    assert result is not None
    return result


def of_sample(weighting: Weighting) -> PointsResult:
    result = tally_points(POINTS, SAMPLE_SIDES, CARDS, weighting, LAST_RANK)
    assert result is not None
    return result


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_the_sample_gives_the_reference_result(weighting: Weighting) -> None:
    expected = EXPECTED["points_r1"][weighting]
    result = of_sample(weighting)

    assert result.weights == expected["weights"]
    assert result.totals == expected["total"]
    assert result.breadth == expected["breadth"]
    assert result.net == expected["net_from_points"]
    assert list(result.order) == expected["order"]


def test_the_sample_depends_on_counting_by_exactly_one_pair() -> None:
    orders = [of_sample(weighting).order for weighting in WEIGHTINGS]

    assert order_depends_on_counting(*orders, 7) == ({"P15"}, {"P06"})
    assert order_depends_on_counting(*orders, len(CARDS)) == (set(), set())


@pytest.mark.parametrize(
    ("weighting", "totals", "order"),
    [
        ("sides", {"A": 160, "B": 165, "C": 240, "D": 185}, "CDBA"),
        ("person", {"A": 75, "B": 80, "C": 95, "D": 70}, "CBAD"),
    ],
)
def test_the_worked_example(weighting: Weighting, totals: dict[str, int], order: str) -> None:
    result = tally(MINI, weighting=weighting)

    assert result.totals == totals
    assert "".join(result.order) == order


def test_breadth_breaks_a_tie_of_points() -> None:
    assert "".join(tally({"b1": {"A": 20, "B": 10}, "b2": {"B": 10}}, "AB").order) == "BA"


def test_duels_break_a_tie_of_points_and_breadth() -> None:
    ballots = {"b1": {"A": 20, "B": 5}, "b2": {"A": 5, "B": 10}, "b3": {"A": 5, "B": 15}}
    result = tally(ballots, "AB")

    assert result.totals == {"A": 30, "B": 30}
    assert result.breadth == {"A": 3, "B": 3}
    assert result.net == {"A": -1, "B": 1}
    assert "".join(result.order) == "BA"


def test_last_quarters_rank_breaks_the_next_tie_and_new_cards_come_after() -> None:
    result = tally_points({"b1": {}}, SIDES, ("A", "B", "C", "D"), "sides", {"A": None, "B": 7, "D": 2})

    assert result is not None
    assert result.order == ("D", "B", "A", "C")


def test_when_all_abstain_there_is_no_result() -> None:
    assert tally_points({}, SIDES, ("A", "B"), "sides", {}) is None
    assert side_orders({}, SIDES, ("A", "B"), {}) == {}


def test_points_for_a_withdrawn_card_are_void() -> None:
    result = tally({"b1": {"A": 20, "X": 25}, "i1": {"B": 10}}, "AB")

    assert result.totals == {"A": 20, "B": 10}
    assert result.net == {"A": 0, "B": 0}


@st.composite
def elections(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], dict[str, str], tuple[str, ...]]:
    cards = tuple(f"P{number:02}" for number in range(draw(st.integers(1, 7))))
    ballot = st.fixed_dictionaries({}, optional={card: st.integers(0, 4) for card in cards})
    ballots = draw(st.dictionaries(st.sampled_from("abcdefg"), ballot, min_size=1))
    sides = {voice: draw(st.sampled_from(["business", "it", "board"])) for voice in ballots}
    return ballots, sides, cards


@given(elections(), st.sampled_from(WEIGHTINGS))
def test_more_points_never_move_a_card_down(election, weighting: Weighting) -> None:
    ballots, sides, cards = election
    voice, card = sorted(ballots)[0], cards[-1]
    raised = ballots | {voice: ballots[voice] | {card: ballots[voice].get(card, 0) + 1}}
    before = tally_points(ballots, sides, cards, weighting, {})
    after = tally_points(raised, sides, cards, weighting, {})

    assert before is not None
    assert after is not None
    assert after.order.index(card) <= before.order.index(card)


def check(points: dict[str, object], cards: str = "P01 P02 P03 P04 P05 P24") -> tuple[str, ...]:
    return check_points(points, cards.split(), DEFAULT_BUDGET, DEFAULT_CAP)


def test_a_ballot_within_its_limits_has_no_fault() -> None:
    assert check({}) == ()
    assert check({"P01": 0}) == ()
    assert check({"P01": 25, "P02": 25, "P03": 25, "P04": 25}) == ()


@pytest.mark.parametrize(
    ("points", "faults"),
    [
        ({"P01": 26}, ["P01: 26 points, but no card may get more than 25"]),
        (dict.fromkeys(("P01", "P02", "P03", "P04"), 25) | {"P05": 1}, ["101 points given, the budget is 100"]),
        ({"P99": 10}, ["P99 is not a card of this ballot"]),
        ({"P01": -5}, ["P01: points cannot be negative"]),
        ({"P01": 2.0}, ["P01: points must be a whole number"]),
    ],
)
def test_a_fault_is_told_in_one_sentence(points: dict[str, object], faults: list[str]) -> None:
    assert list(check(points)) == faults
