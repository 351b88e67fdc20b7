"""The ranking ballot (METHOD 3.3, 3.6), against the reference results of the sample."""

from __future__ import annotations

from typing import Any

import pytest
from larkfield_votes import CARDS, EXPECTED, LAST_RANK, RANKINGS, SIDES

from sessions.voting.ranking import (
    Duels,
    Ranking,
    RankingResult,
    check_ranking,
    open_tiers,
    tally_ranking,
)
from sessions.voting.weights import Weighting

WEIGHTINGS: tuple[Weighting, ...] = ("sides", "person")


def ranked(text: str) -> Ranking:
    """Read a ballot: A BC D has B and C equal."""
    return tuple(tuple(tier) for tier in text.split())


MINI = {"b1": ranked("A B"), "b2": ranked("A B C"), "b3": ranked("B A"), "i1": ranked("C D A"), "i2": ranked("C D B")}


def tally(ballots: dict[str, Ranking], cards: str = "ABCD", weighting: Weighting = "sides", **other: Any) -> RankingResult:
    sides = {voice: "it" if voice.startswith("i") else "business" for voice in ballots}
    result = tally_ranking(ballots, sides, tuple(cards), weighting, other.pop("last_rank", {}), **other)
    assert result is not None
    return result


def of_sample(weighting: Weighting, ballots: dict[str, Ranking] | None = None) -> RankingResult:
    result = tally_ranking(ballots or RANKINGS, SIDES, CARDS, weighting, LAST_RANK)
    assert result is not None
    return result


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_the_sample_gives_the_reference_result(weighting: Weighting) -> None:
    expected = EXPECTED["rank_r1"][weighting]
    result = of_sample(weighting)

    assert list(result.order) == expected["schulze"]
    assert result.net == expected["net"]
    assert result.defeats == expected["beatpath_wins"]
    assert {card: duels.won - duels.lost for card, duels in result.duels.items()} == expected["copeland"]


def test_the_sample_has_a_card_that_wins_every_duel_though_another_has_more_borda() -> None:
    result = of_sample("sides")

    assert result.condorcet == "P02"
    assert result.duels["P02"] == Duels(won=23, lost=0, tied=0)
    assert max(result.net, key=result.net.__getitem__) == "P01"


def test_two_bullet_votes_leave_the_favourite_where_it_is() -> None:
    bullets = RANKINGS | {"coo": (("P24",),), "cfo": (("P24",),)}

    for result in (of_sample("sides", RANKINGS | {"coo": (("P24",),)}), of_sample("sides", bullets)):
        assert result.order.index("P24") == 11


CYCLE = {f"v{number}": ranked("A B C" if number < 2 else "B C A" if number < 5 else "C A B") for number in range(9)}


def test_the_cycle_of_the_method() -> None:
    result = tally(CYCLE, "ABC", "person")

    assert (result.margins["A"]["B"], result.margins["B"]["C"], result.margins["C"]["A"]) == (3, 1, 5)
    assert "".join(result.order) == "CAB"
    assert result.net == {"A": -2, "B": -2, "C": 4}
    assert result.defeats == {"A": 1, "B": 0, "C": 2}
    assert result.condorcet is None


@pytest.mark.parametrize(("weighting", "order"), [("sides", "CABD"), ("person", "ABCD")])
def test_the_worked_example(weighting: Weighting, order: str) -> None:
    assert "".join(tally(MINI, weighting=weighting).order) == order


def test_shares_move_the_weight_between_the_sides() -> None:
    assert tally(MINI, shares={"business": 3, "it": 2}).weights == {"b1": 1, "b2": 1, "b3": 1, "i1": 1, "i2": 1}
    assert "".join(tally(MINI, shares={"business": 3, "it": 2}).order) == "ABCD"


def test_an_empty_ballot_counts_and_an_abstention_does_not() -> None:
    assert tally({"b1": ranked("A"), "b2": (), "i1": ranked("B")}, "AB").weights == {"b1": 1, "b2": 1, "i1": 2}
    assert tally_ranking({}, SIDES, ("A", "B"), "sides", {}) is None


def test_withdrawn_cards_are_void() -> None:
    ballot = (("X", "A"), ("Y",), ("B",))

    assert open_tiers(ballot, "ABC") == [["A"], ["B"], ["C"]]
    assert tally({"b1": ballot}, "ABC") == tally({"b1": ranked("A B")}, "ABC")


@pytest.mark.parametrize(
    ("ballot", "limit", "faults"),
    [
        ("", None, []),
        ("B CA", 3, []),
        ("A X", None, ["X is not a card of this ballot"]),
        ("A B A", None, ["A is on the ballot more than once"]),
        ("AA AB", None, ["A is on the ballot more than once"]),
        ("A B C", 2, ["3 cards ranked, no more than 2 may be"]),
    ],
)
def test_a_fault_is_told_in_one_sentence(ballot: str, limit: int | None, faults: list[str]) -> None:
    assert list(check_ranking(ranked(ballot), "ABC", limit)) == faults
