"""Between two orders only those cards count as moved that somebody must have moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions.state.orders import moved_between


def test_one_card_that_jumps_over_many_is_the_only_one_that_moved() -> None:
    cards = [f"C{number}" for number in range(400)]
    assert moved_between(cards, [*cards[:11], cards[399], *cards[11:399]]) == ("C399",)


@given(st.permutations(list("ABCDEFGH")), st.sets(st.sampled_from("ABCDEFGH")))
def test_what_did_not_move_kept_its_order(new: list[str], gone: set[str]) -> None:
    order = [card for card in new if card not in gone]
    moved = moved_between("ABCDEFGH", order)
    still = [card for card in order if card not in moved]
    assert still == sorted(still)
    assert not moved or len(moved) < len(order)
    assert moved_between(order, order) == ()
