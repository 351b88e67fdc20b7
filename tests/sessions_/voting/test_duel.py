"""A duel between neighbours (METHOD 3.5)."""

from __future__ import annotations

import pytest

from sessions.voting.duel import DuelHands, tally_duel


def test_counting_by_sides_and_per_person_may_differ() -> None:
    hands = {"business": DuelHands(lower=3, upper=2), "it": DuelHands(upper=2)}

    assert not tally_duel(hands, "sides").raised
    assert not tally_duel(hands, "person").raised
    assert tally_duel(hands | {"it": DuelHands(upper=1)}, "person").lower == 3
    assert not tally_duel({"business": DuelHands(lower=3), "it": DuelHands(upper=1)}, "sides").raised
    assert tally_duel({"business": DuelHands(lower=3), "it": DuelHands(upper=1)}, "person").raised


def test_shares_weigh_the_sides() -> None:
    hands = {"business": DuelHands(lower=3), "it": DuelHands(upper=1)}

    assert tally_duel(hands, "sides", {"business": 60, "it": 40}).raised
    with pytest.raises(ValueError, match="share"):
        tally_duel(hands, "sides", {"business": 60})


@pytest.mark.parametrize(
    "hands", [{}, {"it": DuelHands(abstain=4)}, {"it": DuelHands(1, 1)}, {"it": DuelHands(lower=2), "business": DuelHands(upper=5)}]
)
def test_a_tie_keeps_the_order(hands: dict[str, DuelHands]) -> None:
    result = tally_duel(hands, "sides")

    assert result.lower == result.upper
    assert not result.raised
