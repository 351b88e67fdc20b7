"""The rules of counting, one by one: shares, faults of a ballot, scores, consent, and the words for them (METHOD 2.4, 2.5, 3, 4)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from sessions.voting.agreement import agreement, agreement_word
from sessions.voting.attention import CardAttention, first_k, order_for_talk
from sessions.voting.biases import groupthink
from sessions.voting.consent import tally_consent
from sessions.voting.points import DEFAULT_BUDGET, DEFAULT_CAP, check_points, side_results, tally_points
from sessions.voting.ranking import tally_ranking
from sessions.voting.scores import Movement, Pull, check_score, least_movement, pull_check, tally_scores
from sessions.voting.wants import places_in, wants_words
from sessions.voting.weights import one_sided, voice_weights

SIDES = {"b1": "business", "b2": "business", "b3": "business", "i1": "it", "i2": "it"}
TWO = ("business", "it")


# --- weights


@pytest.mark.parametrize("weighting", ["sides", "person"])
@pytest.mark.parametrize(("share", "words"), [({}, "Side 'it' has no share: "), ({"it": 0}, "The share of side 'it' is 0: ")])
def test_a_wrong_share_is_refused_in_one_sentence(weighting: Any, share: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}"):
        voice_weights(SIDES, weighting, {"business": 60, **share})


def test_all_ballots_from_one_side_are_noticed() -> None:
    assert [one_sided(sides) for sides in (["business", "business"], ["business", "it"], [])] == [True, False, False]


# --- points and rankings


def test_where_all_abstain_there_is_no_result() -> None:
    assert tally_ranking({}, SIDES, ("A", "B"), "sides", {}) is None
    assert tally_points({}, SIDES, ("A", "B"), "sides", {}) is None
    assert side_results({}, SIDES, ("A", "B"), {}) == {}


@pytest.mark.parametrize(
    ("points", "faults"),
    [
        ({}, []),
        ({"P01": 0}, []),
        (dict.fromkeys(("P01", "P02", "P03", "P04"), 25), []),
        ({"P01": 26}, ["P01: 26 points, but no card may get more than 25"]),
        (dict.fromkeys(("P01", "P02", "P03", "P04"), 25) | {"P05": 1}, ["101 points given, the budget is 100"]),
        ({"P99": 10}, ["P99 is not a card of this ballot"]),
        ({"P01": -5}, ["P01: points cannot be negative"]),
        ({"P01": 2.0}, ["P01: points must be a whole number"]),
    ],
)
def test_a_fault_of_points_is_told_in_one_sentence(points: dict[str, object], faults: list[str]) -> None:
    assert list(check_points(points, ["P01", "P02", "P03", "P04", "P05", "P24"], DEFAULT_BUDGET, DEFAULT_CAP)) == faults


# --- scores


def test_the_means_of_the_sides_and_the_mean_of_them_are_told_and_no_opinion_is_not_nought() -> None:
    result = tally_scores({"business": (4, 4, 3, 5, 2, None), "it": (3, 3, 2)}, "sides")
    assert result.means == {"business": Fraction(18, 5), "it": Fraction(8, 3)}
    assert result.group == (Fraction(18, 5) + Fraction(8, 3)) / 2
    assert [result.gap(sides) for sides in (TWO, TWO[::-1])] == [Fraction(14, 15), Fraction(-14, 15)]
    assert (result.lowest, result.highest) == (2, 5)
    assert result.counts == {"business": (0, 0, 1, 1, 2, 1), "it": (0, 0, 1, 2, 0, 0)}
    assert result.no_opinion == {"business": 1, "it": 0}
    result = tally_scores({"business": (None,), "it": ()}, "sides")
    assert (result.means, result.group, result.gap(), result.lowest, result.highest) == ({}, None, None, None, None)


@pytest.mark.parametrize(
    ("first", "second", "moved"), [((1, 2, 3), (2, 3, 4), 1), ((0, 0), (5, 5), 2), ((1, 2), (5,), 1), ((1, None), (1, 4), 0)]
)
def test_of_hands_the_least_number_that_must_have_moved_is_told(first, second, moved: int) -> None:
    assert least_movement({"it": first}, {"it": second}) == Movement(moved)


@pytest.mark.parametrize(
    ("second", "pull"),
    [
        ({"coo": 5, "a": 4, "b": 4, "c": 3, "d": 3, "e": 1}, Pull(pulled=3, changed=4)),
        ({"a": 4, "b": 4, "c": 4}, None),  # only three changed
        ({"coo": 4, "a": 4, "b": 4, "c": 4}, None),  # the decider is not a voter who follows
        ({"a": 4, "b": 4, "c": 1, "d": 0}, None),  # half
        ({"a": None, "b": 4, "c": 4, "d": 4}, None),
    ],
)
def test_a_room_that_follows_its_decider_is_told(second: dict[str, int | None], pull: Pull | None) -> None:
    found = pull_check({"coo": 5, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1}, second, "coo")
    assert found == pull
    assert found is None or found.share == Fraction(3, 4)


@pytest.mark.parametrize("score", [-1, 6, 10**50, 2.0, "3", True, [1]])
def test_any_other_score_is_refused_in_one_sentence(score: object) -> None:
    assert check_score(score) == ("a score is a whole number from 0 to 5, or no opinion",)


# --- consent


@pytest.mark.parametrize(
    ("business", "it", "passed"),
    [
        ((3, 3), (3,), True),
        ((5, 4, 0), (5,), False),  # one objection
        ((5, 5, 5), (2, 3), False),  # IT's mean is below 3
        ((4,), (), True),  # a side without a fist is a matter of the quorum
        ((), (), False),
    ],
)
def test_consent_needs_no_objection_and_each_sides_mean(business, it, passed: bool) -> None:
    assert tally_consent({"business": business, "it": it}).passed is passed


# --- agreement and attention


@pytest.mark.parametrize(
    ("w", "word", "in_a_room_of_nine"),
    [
        (None, "–", False),
        (Fraction(299, 1000), "weak", False),
        (Fraction(3, 10), "some", False),
        (Fraction(5, 10), "fair", False),
        (Fraction(9, 10), "strong", False),
        (Fraction(901, 1000), "very strong", True),
    ],
)
def test_agreement_has_a_word_and_very_strong_agreement_may_be_groupthink(w: Fraction | None, word: str, in_a_room_of_nine: bool) -> None:
    assert agreement_word(w) == word
    assert [groupthink(w, voices) for voices in (2, 3, 9)] == [False, in_a_room_of_nine, in_a_room_of_nine]


def test_between_three_sides_the_mean_of_their_pairs_is_told() -> None:
    up, down = {"A": 1, "B": 2}, {"A": 2, "B": 1}
    found = agreement({}, {}, {"business": up, "it": up, "board": down, "works": {"A": 0, "B": 0}})
    assert found.tau_b == pytest.approx(-1 / 3)
    assert found.same_way == Fraction(1, 3)


@pytest.mark.parametrize(
    ("cut", "cards", "k"),
    [
        *[(8, 24, 7), (None, 24, 24), (1, 24, 3), (4, 24, 3), (5, 24, 4), (24, 24, 23), (25, 24, 23)],
        *[(1, 4, 3), (3, 3, 2), (1, 2, 1), (1, 1, 1), (None, 0, 0)],
    ],
)
def test_the_first_k_are_the_cards_above_the_cut_within_limits(cut: int | None, cards: int, k: int) -> None:
    assert first_k(cut, cards) == k


def alike(names: str, it: Fraction = Fraction(1, 2)) -> dict[str, CardAttention]:
    """Return cards that business would start, and IT with this share."""
    half, inside = dict.fromkeys(TWO, Fraction(1, 2)), {"business": Fraction(1), "it": it}
    return {name: CardAttention(name, half, Fraction(), Fraction(), Fraction(), inside, (1 + it) / 2) for name in names.split()}


def test_red_cards_that_would_start_come_first_and_ties_go_to_the_weeks_of_key_teams_then_to_the_rank_then_to_the_id() -> None:
    attention = alike("P10 P9 P3 P2 P1 P5") | alike("P4", it=Fraction())
    weeks, rank = {"P3": 5, "P1": 2, "P2": 2}, {"P2": 1, "P1": 2}
    assert order_for_talk(attention, red={"P5", "P1"}, inside={"P5", "P2"}, key_weeks=weeks, rank=rank) == ("P5", "P4", "P3", "P2", "P1", "P9", "P10")


# --- the words of a reveal


def test_equal_totals_share_a_place_and_a_card_without_a_vote_has_none() -> None:
    assert places_in("CABDE", {"A", "B", "C", "D"}, {"C": 9, "A": 5, "B": 5, "D": 1, "E": 0}) == {"C": 1, "A": 2, "B": 2, "D": 4}
    assert places_in("AB", {"A", "B"}, {}) == {"A": 1, "B": 2}  # a ranking has no totals


@pytest.mark.parametrize(
    ("wants", "voters", "told"),
    [
        ((3, 0), (3, 2), "All 3 business want it now, neither of the 2 IT does."),
        ((1, 4), (6, 4), "All 4 IT want it now, 1 of the 6 business does."),
        ((2, 3), (4, 5), "3 of the 5 IT want it now, 2 of the 4 business do."),
        ((2, 0), (2, 3), "Both business want it now, none of the 3 IT does."),
        ((1, 1), (2, 5), "1 of the 2 business wants it now, 1 of the 5 IT does."),
        ((1, 0), (1, 1), "The business voter wants it now, the IT voter does not."),
        ((3, 2), (3, 2), "Everyone who voted wants it now."),
        ((0, 0), (3, 2), "No one who voted wants it now."),
        ((1, 2, 0), (6, 2, 4), "Both IT want it now, 1 of the 6 business does, none of the 4 board does."),
    ],
)
def test_people_are_counted_whole(wants: tuple[int, ...], voters: tuple[int, ...], told: str) -> None:
    sides = (*TWO, "board")[: len(wants)]
    assert wants_words(dict(zip(sides, wants, strict=True)), dict(zip(sides, voters, strict=True))) == told
    assert wants_words({"": 4}, {"": 7}) == "4 of the 7 want it now."
