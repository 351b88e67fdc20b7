"""Counts against the worked figures of METHOD 3 and 4; the command `tally` is tested against the reference results of the sample."""

from __future__ import annotations

from fractions import Fraction

import pytest
from larkfield_votes import CARDS, LAST_RANK, RANKINGS, SCORE_SIDES, SCORES_1, SCORES_2, SIDE_ORDER, SIDES

from sessions.voting.attention import attention_by_card
from sessions.voting.points import tally_points
from sessions.voting.ranking import tally_ranking
from sessions.voting.scores import Movement, movement, tally_scores
from sessions.voting.weights import Weighting, by_side

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


def test_two_bullet_votes_leave_the_favourite_of_the_sample_where_it_is() -> None:
    bullet = (("P24",),)
    for bullets in ({"coo": bullet}, {"coo": bullet, "cfo": bullet}):
        result = tally_ranking(RANKINGS | bullets, SIDES, CARDS, "sides", LAST_RANK)
        assert result is not None
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


def test_the_attention_of_the_small_example() -> None:
    a = attention_by_card("ABCD", MINI_RANKS, MINI_SIDES, 2, SIDE_ORDER)["A"]
    assert a.means == {"business": Fraction(8, 9), "it": Fraction(1, 6)}
    assert (a.gap, a.within, a.between, a.spread) == (Fraction(13, 18), Fraction(17, 162), Fraction(169, 324), Fraction(203, 324))
    assert (a.inside, a.contention, a.attention) == ({"business": 1, "it": 0}, 1, Fraction(31, 36))


def test_the_talk_of_the_sample_brought_the_sides_together() -> None:
    rounds = (SCORES_1, SCORES_2)
    told = [tuple(tally_scores(by_side(scores[card], SCORE_SIDES), "person").gap(SIDE_ORDER) for scores in rounds) for card in SCORES_1]
    apart = [[abs(gap) for gap in column if gap is not None] for column in zip(*told, strict=True)]
    assert [round(float(sum(each) / 6), 2) for each in apart] == [1.85, 0.60]


def test_who_moved_in_the_sample_is_told_as_counts() -> None:
    assert movement(SCORES_1["P15"], SCORES_2["P15"]) == Movement(moved=7, up=5, down=2, same=4)
    assert movement(SCORES_1["P11"], SCORES_2["P11"]) == Movement(moved=3, up=3, down=0, same=7)  # the Security Lead scored in round 2 only
