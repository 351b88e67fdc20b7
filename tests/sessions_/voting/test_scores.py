"""Score rounds, who moved, and who was pulled (METHOD 2.5, 3.4)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from larkfield_votes import SCORE_SIDES, SCORES_1, SCORES_2, SIDE_ORDER

from sessions.voting.scores import Movement, Pull, check_score, gaps, least_movement, movement, pull_check, tally_scores
from sessions.voting.weights import by_side

HANDS = {"business": (4, 4, 3, 5, 2), "it": (3, 3, 2)}


def test_both_means_and_the_mean_of_them_are_told() -> None:
    result = tally_scores(HANDS, "sides")

    assert result.means == {"business": Fraction(18, 5), "it": Fraction(8, 3)}
    assert result.group == (Fraction(18, 5) + Fraction(8, 3)) / 2
    assert (result.lowest, result.highest) == (2, 5)
    assert result.counts == {"business": (0, 0, 1, 1, 2, 1), "it": (0, 0, 1, 2, 0, 0)}
    assert result.no_opinion == {"business": 0, "it": 0}


def test_no_opinion_is_not_nought() -> None:
    result = tally_scores({"business": (4, None), "it": (None,)}, "sides")

    assert result.means == {"business": 4}
    assert result.group == 4
    assert result.no_opinion == {"business": 1, "it": 1}
    assert result.counts["it"] == (0,) * 6
    assert result.gap() is None


@pytest.mark.parametrize("scores", [{}, {"business": ()}, {"business": (None,), "it": (None, None)}])
def test_without_a_score_there_is_no_mean(scores) -> None:
    result = tally_scores(scores, "sides")

    assert (result.means, result.group, result.lowest, result.highest) == ({}, None, None, None)


def sample_gaps() -> list[tuple[Fraction, Fraction]]:
    told = [gaps(by_side(SCORES_1[card], SCORE_SIDES), by_side(SCORES_2[card], SCORE_SIDES), SIDE_ORDER) for card in SCORES_1]
    return [(before, after) for before, after in told if before is not None and after is not None]


def test_the_talk_of_the_sample_brought_the_sides_together() -> None:
    before, after = (sum(abs(gap) for gap in column) / 6 for column in zip(*sample_gaps(), strict=True))

    assert (round(float(before), 2), round(float(after), 2)) == (1.85, 0.60)


def test_who_moved_is_told_as_counts() -> None:
    assert movement(SCORES_1["P15"], SCORES_2["P15"]) == Movement(moved=7, up=5, down=2, same=4)
    assert movement(SCORES_1["P11"], SCORES_2["P11"]) == Movement(moved=3, up=3, down=0, same=7)  # the Security Lead scored in round 2 only
    assert movement({"a": 1, "b": None, "c": 2}, {"b": 3, "c": None}) == Movement(moved=0, up=0, down=0, same=0)


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [
        ((1, 2, 3), (2, 3, 4), 1),
        ((0, 0), (5, 5), 2),
        ((1, 2), (5,), 1),
        ((1, None), (1, 4), 0),
    ],
)
def test_of_hands_the_least_number_that_must_have_moved_is_told(first, second, moved: int) -> None:
    found = least_movement({"it": first}, {"it": second})

    assert found == Movement(moved)
    assert not found.exact


PULLED_1 = {"coo": 5, "a": 2, "b": 2, "c": 2, "d": 2, "e": 2}


def test_a_room_that_follows_its_decider_is_told() -> None:
    assert pull_check(PULLED_1, {"coo": 5, "a": 4, "b": 4, "c": 3, "d": 1, "e": 2}, "coo") == Pull(pulled=3, changed=4)
    assert Pull(pulled=3, changed=4).share == Fraction(3, 4)


@pytest.mark.parametrize(
    "second",
    [
        {"a": 4, "b": 4, "c": 4},  # only three changed
        {"coo": 4, "a": 4, "b": 4, "c": 4},  # the decider is no voice that follows
        {"a": 4, "b": 4, "c": 1, "d": 0},  # half
        {"a": None, "b": 4, "c": 4, "d": 4},
    ],
)
def test_fewer_voices_or_a_smaller_part_are_not_told(second: dict[str, int | None]) -> None:
    assert pull_check(PULLED_1, second, "coo") is None


@pytest.mark.parametrize("score", [-1, 6, 10**50, 2.0, "3", True, [1]])
def test_any_other_score_is_refused_in_one_sentence(score: object) -> None:
    assert check_score(score) == ("a score is a whole number from 0 to 5, or no opinion",)
