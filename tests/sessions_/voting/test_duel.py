"""A duel between neighbours (METHOD 3.5)."""

from __future__ import annotations

import pytest

from sessions.voting.duel import Hands, tally_duel


def test_counting_by_sides_and_per_person_may_differ() -> None:
    hands = {"business": Hands(lower=3, upper=2), "it": Hands(upper=2)}

    assert not tally_duel(hands, "sides").raised
    assert not tally_duel(hands, "person").raised
    assert tally_duel(hands | {"it": Hands(upper=1)}, "person").lower == 3
    assert not tally_duel({"business": Hands(lower=3), "it": Hands(upper=1)}, "sides").raised
    assert tally_duel({"business": Hands(lower=3), "it": Hands(upper=1)}, "person").raised


def test_shares_weigh_the_sides() -> None:
    hands = {"business": Hands(lower=3), "it": Hands(upper=1)}

    assert tally_duel(hands, "sides", {"business": 60, "it": 40}).raised
    with pytest.raises(ValueError, match="share"):
        tally_duel(hands, "sides", {"business": 60})


@pytest.mark.parametrize("hands", [{}, {"it": Hands(abstain=4)}, {"it": Hands(1, 1)}, {"it": Hands(lower=2), "business": Hands(upper=5)}])
def test_a_tie_keeps_the_order(hands: dict[str, Hands]) -> None:
    result = tally_duel(hands, "sides")

    assert result.lower == result.upper
    assert not result.raised
