"""Every count against the worked figures of METHOD 3 and 4, and the reference results of the sample."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from larkfield_votes import CARDS, EXPECTED, LAST_RANK, POINTS, RANKINGS, SCORE_SIDES, SCORES_1, SCORES_2, SIDE_ORDER, SIDES

from sessions.voting.agreement import agreement
from sessions.voting.attention import attention_by_card
from sessions.voting.points import order_depends_on_counting, points_midranks, side_results, tally_points
from sessions.voting.ranking import Duels, Ranking, tally_ranking
from sessions.voting.scores import Movement, gaps, movement
from sessions.voting.wants import agreed_on, places_in
from sessions.voting.weights import Weighting, by_side

WEIGHTINGS: tuple[Weighting, ...] = ("sides", "person")
MINI_SIDES = {"b1": "business", "b2": "business", "b3": "business", "i1": "it", "i2": "it"}
MINI_POINTS = {
    "b1": {"A": 25, "B": 25, "C": 25, "D": 25},
    "b2": {"A": 25, "B": 25, "C": 20},
    "b3": {"B": 25, "A": 15},
    "i1": {"C": 25, "D": 25, "A": 10},
    "i2": {"C": 25, "D": 20, "B": 5},
}
MINI_RANKINGS = {voice: tuple((card,) for card in ballot) for voice, ballot in zip(MINI_SIDES, ("AB", "ABC", "BA", "CDA", "CDB"), strict=True)}
MINI_RANKS = {"b1": (2, 4, 6, 8), "b2": (2, 4, 6, 8), "b3": (4, 2, 7, 7), "i1": (6, 8, 2, 4), "i2": (8, 6, 2, 4)}
"""Where A, B, C and D are in the rankings, doubled."""


def points_of_sample(weighting: Weighting) -> Any:
    return tally_points(POINTS, SIDES, CARDS, weighting, LAST_RANK)


def ranking_of_sample(**bullets: Ranking) -> Any:
    return tally_ranking(RANKINGS | bullets, SIDES, CARDS, "sides", LAST_RANK)


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_the_points_of_the_sample(weighting: Weighting) -> None:
    expected, result = EXPECTED["points_r1"][weighting], points_of_sample(weighting)
    assert result.weights == expected["weights"]
    assert result.totals == expected["total"]
    assert result.breadth == expected["breadth"]
    assert result.net == expected["net_from_points"]
    assert list(result.order) == expected["order"]


def test_the_first_seven_of_the_sample_depend_on_counting_by_exactly_one_pair() -> None:
    assert order_depends_on_counting(*[points_of_sample(weighting).order for weighting in WEIGHTINGS], 7) == ({"P15"}, {"P06"})


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_the_rankings_of_the_sample(weighting: Weighting) -> None:
    expected, result = EXPECTED["rank_r1"][weighting], tally_ranking(RANKINGS, SIDES, CARDS, weighting, LAST_RANK)
    assert result is not None
    assert list(result.order) == expected["schulze"]
    assert result.net == expected["net"]
    assert result.defeats == expected["beatpath_wins"]
    assert {card: duels.won - duels.lost for card, duels in result.duels.items()} == expected["copeland"]


def test_a_card_of_the_sample_wins_every_duel_and_two_bullet_votes_leave_the_favourite_where_it_is() -> None:
    result = ranking_of_sample()
    assert result.duels["P02"] == Duels(won=23, lost=0, tied=0)
    for bullets in ({"coo": (("P24",),)}, {"coo": (("P24",),), "cfo": (("P24",),)}):
        result = ranking_of_sample(**bullets)
        assert result.order.index("P24") == 11


@pytest.mark.parametrize(
    ("weighting", "totals", "by_points", "by_ranking"),
    [
        ("sides", {"A": 160, "B": 165, "C": 240, "D": 185}, "CDBA", "CABD"),
        ("person", {"A": 75, "B": 80, "C": 95, "D": 70}, "CBAD", "ABCD"),
    ],
)
def test_the_small_example(weighting: Weighting, totals: dict[str, int], by_points: str, by_ranking: str) -> None:
    points = tally_points(MINI_POINTS, MINI_SIDES, "ABCD", weighting, {})
    ranking = tally_ranking(MINI_RANKINGS, MINI_SIDES, "ABCD", weighting, {})
    assert points is not None
    assert ranking is not None
    assert (points.totals, "".join(points.order), "".join(ranking.order)) == (totals, by_points, by_ranking)


def test_shares_of_the_sides_weigh_the_small_example_as_per_person() -> None:
    result = tally_ranking(MINI_RANKINGS, MINI_SIDES, "ABCD", "sides", {}, shares={"business": 3, "it": 2})
    assert result is not None
    assert (result.weights, "".join(result.order)) == (dict.fromkeys(MINI_SIDES, 1), "ABCD")


def test_the_cycle() -> None:
    ballots = {f"v{number}": tuple((card,) for card in ("ABC" if number < 2 else "BCA" if number < 5 else "CAB")) for number in range(9)}
    result = tally_ranking(ballots, dict.fromkeys(ballots, "business"), "ABC", "person", {})
    assert result is not None
    assert (result.margins["A"]["B"], result.margins["B"]["C"], result.margins["C"]["A"]) == (3, 1, 5)
    assert "".join(result.order) == "CAB"
    assert (result.net, result.defeats) == ({"A": -2, "B": -2, "C": 4}, {"A": 1, "B": 0, "C": 2})


def test_the_agreement_of_the_sample() -> None:
    ranks = {voice: points_midranks(ballot, CARDS) for voice, ballot in POINTS.items()}
    own = side_results(POINTS, SIDES, CARDS, LAST_RANK)
    expected, found = EXPECTED["agreement"], agreement(ranks, SIDES, {side: result.totals for side, result in own.items()})
    assert found.w_all == pytest.approx(expected["W_all"], abs=1e-12)
    assert found.w_by_side == pytest.approx({"business": expected["W_business"], "it": expected["W_it"]}, abs=1e-12)
    assert found.tau_b == pytest.approx(expected["tau_b_sides_totals"], abs=1e-12)
    assert found.same_way == Fraction(49, 79)

    places = [places_in(each.order, [card for card, total in each.totals.items() if total], each.totals) for each in own.values()]
    assert sorted(agreed_on(points_of_sample("sides").order[:7], places, 7)) == ["P01", "P02", "P10"]


def test_the_attention_of_the_small_example() -> None:
    a = attention_by_card("ABCD", MINI_RANKS, MINI_SIDES, 2, SIDE_ORDER)["A"]
    assert a.means == {"business": Fraction(8, 9), "it": Fraction(1, 6)}
    assert (a.gap, a.within, a.between, a.spread) == (Fraction(13, 18), Fraction(17, 162), Fraction(169, 324), Fraction(203, 324))
    assert (a.inside, a.contention, a.attention) == ({"business": 1, "it": 0}, 1, Fraction(31, 36))


def test_the_talk_of_the_sample_brought_the_sides_together() -> None:
    told = [gaps(by_side(SCORES_1[card], SCORE_SIDES), by_side(SCORES_2[card], SCORE_SIDES), SIDE_ORDER) for card in SCORES_1]
    apart = [[abs(gap) for gap in column if gap is not None] for column in zip(*told, strict=True)]
    assert [round(float(sum(each) / 6), 2) for each in apart] == [1.85, 0.60]


def test_who_moved_in_the_sample_is_told_as_counts() -> None:
    assert movement(SCORES_1["P15"], SCORES_2["P15"]) == Movement(moved=7, up=5, down=2, same=4)
    assert movement(SCORES_1["P11"], SCORES_2["P11"]) == Movement(moved=3, up=3, down=0, same=7)  # the Security Lead scored in round 2 only
