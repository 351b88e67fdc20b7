"""How much each voice weighs (METHOD 3.1)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.voting.weights import Weighting, one_sided, voice_weights

ROOMS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.sampled_from(["business", "it", "board"]))


def test_one_side_alone_counts_per_person() -> None:
    sides = {"b1": "business", "b2": "business", "b3": "business"}

    assert voice_weights(sides, "sides") == voice_weights(sides, "person")


def test_one_sided_is_said_when_all_voices_come_from_one_side() -> None:
    assert one_sided(["business", "business"])
    assert not one_sided(["business", "it"])
    assert not one_sided([])


FIVE = {"b1": "business", "b2": "business", "b3": "business", "i1": "it", "i2": "it"}


@pytest.mark.parametrize(
    ("shares", "business", "it"),
    [
        ({"business": 60, "it": 40}, 1, 1),  # 2 * 60 and 3 * 40, reduced by 120
        ({"business": 1, "it": 3}, 2, 9),
        ({"business": 1, "it": 1, "board": 5}, 2, 3),  # nobody of the board voted
    ],
)
def test_shares_weigh_a_side_and_are_reduced(shares: dict[str, int], business: int, it: int) -> None:
    weights = voice_weights(FIVE, "sides", shares)

    assert weights == {"b1": business, "b2": business, "b3": business, "i1": it, "i2": it}
    assert voice_weights(FIVE, "person", shares) == dict.fromkeys(FIVE, 1)


@pytest.mark.parametrize("weighting", ["sides", "person"])
def test_a_wrong_share_is_refused_in_one_sentence(weighting: Weighting) -> None:
    for shares, words in (({"business": 60}, "^Side 'it' has no share: "), ({"business": 60, "it": 0}, "^The share of side 'it' is 0: ")):
        with pytest.raises(ValueError, match=words):
            voice_weights(FIVE, weighting, shares)


@given(ROOMS, st.fixed_dictionaries({side: st.integers(1, 9) for side in ("business", "it", "board")}))
def test_sides_stand_to_each_other_as_their_shares(sides: dict[str, str], shares: dict[str, int]) -> None:
    sums: Counter[str] = Counter()
    for voice, weight in voice_weights(sides, "sides", shares).items():
        sums[sides[voice]] += weight

    assert len({Fraction(total, shares[side]) for side, total in sums.items()}) <= 1
