"""Counters to the ways a vote goes wrong (METHOD 2.5)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from larkfield_votes import POINTS

from sessions.voting.biases import OwnShare, groupthink, sponsor_shares


@pytest.mark.parametrize(
    ("w", "voices", "told"),
    [(Fraction(91, 100), 3, True), (Fraction(9, 10), 30, False), (Fraction(1), 2, False), (Fraction(1, 2), 9, False), (None, 9, False)],
)
def test_groupthink_is_very_strong_agreement_of_three_or_more(w: Fraction | None, voices: int, told: bool) -> None:
    assert groupthink(w, voices) is told


def test_the_favourite_of_the_sample_got_most_of_its_points_from_its_sponsor() -> None:
    shares = sponsor_shares(POINTS, {"P24": "coo", "P02": "vp-sales", "P20": "coo", "P14": "nobody"})

    assert shares == {"P24": OwnShare(own=19, total=25), "P02": OwnShare(own=25, total=162)}
    assert shares["P24"].share == Fraction(19, 25)
