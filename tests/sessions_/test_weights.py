"""How much each voice weighs (METHOD 3.1)."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.voting.weights import one_sided, voice_weights

ROOMS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.sampled_from(["business", "it", "board"]))


def test_equal_sides_weigh_each_voice_by_the_size_of_its_side() -> None:
    sides = {"b1": "business", "b2": "business", "b3": "business", "i1": "it", "i2": "it"}

    assert voice_weights(sides, "sides") == {"b1": 2, "b2": 2, "b3": 2, "i1": 3, "i2": 3}


def test_per_person_weighs_every_voice_one() -> None:
    assert voice_weights({"b1": "business", "b2": "business", "i1": "it"}, "person") == {"b1": 1, "b2": 1, "i1": 1}


def test_a_side_with_one_voice_has_the_whole_weight_of_its_side() -> None:
    sides = {"b1": "business", "b2": "business", "b3": "business", "i1": "it"}

    assert voice_weights(sides, "sides") == {"b1": 1, "b2": 1, "b3": 1, "i1": 3}


def test_three_sides_follow_the_same_formula() -> None:
    sides = {"b1": "business", "b2": "business", "i1": "it", "i2": "it", "i3": "it", "g1": "board"}

    assert voice_weights(sides, "sides") == {"b1": 3, "b2": 3, "i1": 2, "i2": 2, "i3": 2, "g1": 6}


def test_one_side_alone_counts_per_person() -> None:
    sides = {"b1": "business", "b2": "business", "b3": "business"}

    assert voice_weights(sides, "sides") == voice_weights(sides, "person")


@pytest.mark.parametrize("weighting", ["sides", "person"])
def test_nobody_weighs_nothing(weighting) -> None:
    assert voice_weights({}, weighting) == {}


@given(ROOMS)
def test_every_side_with_a_voice_has_the_same_weight(sides: dict[str, str]) -> None:
    by_side: Counter[str] = Counter()
    for voice, weight in voice_weights(sides, "sides").items():
        by_side[sides[voice]] += weight

    assert len(set(by_side.values())) <= 1


@pytest.mark.parametrize(
    ("sides", "alone"),
    [
        ({"b1": "business", "b2": "business"}, True),
        ({"i1": "it"}, True),
        ({"b1": "business", "i1": "it"}, False),
        ({}, False),
    ],
)
def test_one_sided_is_said_when_all_voices_come_from_one_side(sides: dict[str, str], alone: bool) -> None:
    assert one_sided(sides) is alone
