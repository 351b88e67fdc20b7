"""Hands typed as tallies by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.errors import PortfolioError
from sessions.rounds.methods.card import parse_scores
from sessions.rounds.methods.duel import parse_duel
from sessions.rounds.methods.hands import SideSize

ROOM = (SideSize("business", 6), SideSize("it", 5))


@pytest.mark.parametrize(
    "text", ["b 4 4 3 5 2 / i 3 3 2", "it 2 3 3/business 2,5,3,4,4", "I: 332 / Business: 44352", "  b  4 4 3 5 2 / / i 3 3 2 / "]
)
def test_hands_by_side_in_any_order(text):
    assert parse_scores(text, ROOM) == {"business": (5, 4, 4, 3, 2), "it": (3, 3, 2)}


def test_the_order_inside_a_side_tells_nobodys_hand():
    assert parse_scores("b 1 - 5 0", ROOM) == parse_scores("b 0 5 1 -", ROOM) == {"business": (5, 1, 0, None)}


def test_a_room_of_one_side_needs_no_name():
    assert parse_scores("5 4", [SideSize("it", 2)]) == {"it": (5, 4)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("b 4 4 4 4 4 4 4", "Business: 7 hands for 6 voters; count again."),
        ("b 4 6", "Business: “6” is not a hand from 0 to 5"),
        ("b 4 / b 3", "Business appears twice"),
        ("b", "Business: no hands are typed after it"),
        ("x 4", "“x” is not a side of this room; begin with one of business, IT."),
        ("", "No hands are typed; type them by side: business … / it …."),
        ("b 1" * 2000, "That is more than any room's hands"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(text, words):
    with pytest.raises(PortfolioError) as caught:
        parse_scores(text, ROOM)
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)


def test_a_duel_is_counted():
    assert parse_duel("b 3:2 / i 1 : 4", ROOM, "P06", "P15") == {
        "business": ("P06", "P06", "P06", "P15", "P15"),
        "it": ("P06", "P15", "P15", "P15", "P15"),
    }
    assert parse_duel("i: 0:1", ROOM, "P06", "P15") == {"it": ("P15",)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("b 3:4", "Business: 7 hands for 6 voters; count again."),
        ("b 3:2:1", "Business: “3:2:1” is not two counts"),
    ],
)
def test_what_is_no_duel_is_refused(text, words):
    with pytest.raises(PortfolioError) as caught:
        parse_duel(text, ROOM, "P06", "P15")
    assert str(caught.value).startswith(words)


@given(st.text(alphabet="bixt 012345-6:/,", max_size=40))
def test_whatever_is_typed_is_counted_or_refused_and_never_more_than_the_voices(text):
    for parse in (parse_scores, lambda typed, room: parse_duel(typed, room, "X", "Y")):
        try:
            found = parse(text, ROOM)
        except PortfolioError:
            continue
        assert all(len(found.get(seat.side, ())) <= seat.voices for seat in ROOM)
