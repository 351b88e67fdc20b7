"""The consent round (METHOD 2.4)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sessions.voting.consent import tally_consent


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


def test_fists_are_told_by_side() -> None:
    result = tally_consent({"business": (5, 2, 1), "it": (0,), "board": ()})

    assert result.means == {"business": Fraction(8, 3), "it": 0}
    assert result.counts == {"business": (0, 1, 1, 0, 0, 1), "it": (1, 0, 0, 0, 0, 0)}
    assert (result.objections, result.concerns) == (1, 2)
