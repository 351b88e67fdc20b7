"""The words of a reveal in whole people (METHOD 3.8)."""

from __future__ import annotations

import pytest
from larkfield_votes import CARDS, LAST_RANK, POINTS, SIDES

from sessions.voting.points import side_results, tally_points
from sessions.voting.ranking import points_as_ranking
from sessions.voting.wants import agreed_on, places_in, wanted_now, wants_words


def test_the_sides_of_the_sample_agree_on_three_of_the_first_seven() -> None:
    group = tally_points(POINTS, SIDES, CARDS, "sides", LAST_RANK)
    assert group
    own = side_results(POINTS, SIDES, CARDS, LAST_RANK).values()
    places = [places_in(each.order, [card for card, total in each.totals.items() if total], each.totals) for each in own]
    assert sorted(agreed_on(group.order[:7], places, 7)) == ["P01", "P02", "P10"]


def test_equal_totals_share_a_place_and_a_card_without_a_vote_has_none() -> None:
    assert places_in("CABDE", {"A", "B", "C", "D"}, {"C": 9, "A": 5, "B": 5, "D": 1, "E": 0}) == {"C": 1, "A": 2, "B": 2, "D": 4}
    assert places_in("AB", {"A", "B"}, {}) == {"A": 1, "B": 2}  # a ranking has no totals


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ({"A": 9, "B": 5, "C": 5, "D": 1}, "ABC"),  # B and C share the second place: only one card is above each
        ({"A": 5, "B": 5, "C": 5, "D": 1}, "ABC"),
        ({"A": 9, "B": 5, "C": 1}, "AB"),
        ({"A": 9}, "A"),
        ({"X": 9, "A": 5, "B": 3, "C": 1}, "AB"),  # X has left the board
        ({}, ""),
    ],
)
def test_a_voter_wants_a_card_that_has_points_and_fewer_than_k_cards_above(points: dict[str, int], wanted: str) -> None:
    assert "".join(sorted(wanted_now(points_as_ranking(points), "ABCD", 2))) == wanted


def test_every_tick_is_a_card_that_is_wanted_now() -> None:
    assert wanted_now((("A", "B", "C"),), "ABCD", 1) == {"A", "B", "C"}


@pytest.mark.parametrize(
    ("wants", "voters", "told"),
    [
        ((3, 0), (3, 2), "All 3 business want it now, neither of the 2 IT does."),
        ((1, 4), (6, 4), "All 4 IT want it now, 1 of the 6 business does."),
        ((2, 3), (4, 5), "3 of the 5 IT want it now, 2 of the 4 business do."),
        ((2, 0), (2, 3), "Both business want it now, none of the 3 IT does."),
        ((1, 1), (2, 5), "1 of the 2 business wants it now, 1 of the 5 IT does."),
        ((1, 0), (1, 1), "The business voter wants it now, the IT voter does not."),
        ((3, 2), (3, 2), "Everybody wants it now."),
        ((0, 0), (3, 2), "Nobody wants it now."),
    ],
)
def test_people_are_counted_whole(wants: tuple[int, int], voters: tuple[int, int], told: str) -> None:
    sides = ("business", "it")
    assert wants_words(dict(zip(sides, wants, strict=True)), dict(zip(sides, voters, strict=True))) == told


def test_three_sides_and_a_room_without_sides_have_a_sentence() -> None:
    three = wants_words({"business": 1, "it": 2, "board": 0}, {"business": 6, "it": 2, "board": 4})
    assert three == "Both IT want it now, 1 of the 6 business does, none of the 4 board does."
    assert wants_words({"": 4}, {"": 7}) == "4 of the 7 want it now."
