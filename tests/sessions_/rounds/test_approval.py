"""Approval ballots (METHOD 3.7): a sieve for many cards, sealed, read from files or counted as hands, and told wherever a round is told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from support import PEOPLE, Room, sample

from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.export.rounds import exported_round
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.values import ABSTAIN
from sessions.replay.narration import narrate
from sessions.rounds.methods.approval import SPEC
from sessions.rounds.methods.choice import BallotRefusedError
from sessions.rounds.reveal import RevealResult
from sessions.summary.facts import gaps
from sessions.summary.markdown import summary

VOTES = {"coo": "AB", "cfo": "B", "cio": "AD", "architect": "AD", "pmo": ""}


@pytest.fixture
def sieve(bare_room: Room) -> Room:
    """A room in which business approves A and B, and IT A and D."""
    bare_room.do(OpenRound(method="approval"))
    return bare_room


def ticks(cards: str) -> dict[str, int]:
    return dict.fromkeys(cards, 1)


def voted(room: Room) -> RevealResult:
    room.do(*[SealBallot(round=1, voice=voice, points=ticks(VOTES[voice])) for voice in ("coo", "cfo", "cio", "architect")], RevealBallots(round=1))
    return result_of(room)


def result_of(room: Room) -> RevealResult:
    assert room.session.round
    return RevealResult(room.session, room.session.round)


def test_cards_are_ordered_by_ticks_weighted_by_side(sieve: Room) -> None:
    sides, per_person = voted(sieve).revealed.tallies

    assert "".join(sides.order) == "ABDC"
    assert dict(zip(sides.order, sides.totals, strict=True)) == {"A": 3, "B": 2, "C": 0, "D": 2}
    assert dict(zip(sides.order, sides.mean_tenths, strict=True)) == {"A": 750, "B": 500, "C": 0, "D": 500}
    assert sides.totals == per_person.totals


def test_what_is_ticked_is_what_a_voter_would_start_and_agreement_is_on_two_levels(sieve: Room) -> None:
    result = voted(sieve)

    assert result.attention["A"].inside == {"business": Fraction(1, 2), "it": Fraction(1)}
    assert result.attention["C"].inside_all == 0
    assert result.agreement.w_by_side["it"] == 1


def test_a_card_is_ticked_once_and_only_if_it_is_on_the_ballot(sieve: Room) -> None:
    sieve.refuses(SealBallot(round=1, voice="coo", points={"A": 2}), BallotRefusedError, "ticked or it is not", "A: 2 ticks")
    sieve.refuses(SealBallot(round=1, voice="coo", points={"X": 1}), BallotRefusedError, "X is not a card of this ballot")


def test_hands_are_a_count_per_side_and_card_without_agreement(sieve: Room) -> None:
    sieve.do(CountHands(round=1, hands={"business": ("A", "A", "B"), "it": ("A", "D", "D")}))
    result = result_of(sieve)

    assert dict(zip(result.order, result.revealed.tallies[1].totals, strict=True))["A"] == 3
    assert (result.agreement.w_all, result.agreement.tau_b, result.to_talk) == (None, None, ())
    assert result.revealed.hands


def test_more_hands_than_voters_and_hands_that_name_no_card_are_refused(sieve: Room) -> None:
    sieve.refuses(CountHands(round=1, hands={"it": ("A",) * 9}), BallotRefusedError, "9 hands of IT")
    sieve.refuses(CountHands(round=1, hands={"it": (4,)}), BallotRefusedError, "4 is not the id of one")
    sieve.refuses(CountHands(round=1, hands={"it": ("X",)}), BallotRefusedError, "X is not a card")


@pytest.mark.parametrize(
    "text",
    [
        "voter,A,B,C,D\ncoo,1,x,0,\ncfo,,yes,,\ncio,abstain,,,\n",
        "voter,card,tick\ncoo,A,x\ncoo,B,1\ncoo,C,0\ncfo,B,1\n",
        '{"coo": ["A", "B"], "cfo": {"B": 1, "C": 0}}',
        '[{"voter": "coo", "approves": ["A", "B"]}, {"voter": "cfo", "ticks": "B"}]',
    ],
)
def test_ticks_are_read_from_files(text: str) -> None:
    found = read(text)

    assert {voice: found.ballots.get(voice) for voice in ("coo", "cfo")} == {"coo": ticks("AB"), "cfo": ticks("B")}


def test_an_empty_row_ticks_nothing_and_abstain_is_no_ballot() -> None:
    found = read("voter,A,B,abstain\ncoo,,,\ncfo,,,yes\n")

    assert found.ballots == {"coo": {}, "cfo": ABSTAIN}


@pytest.mark.parametrize("text", ["voter,approves\ncoo,none\n", '[{"voter": "coo", "approves": "none"}]'])
def test_none_approves_nothing(text: str) -> None:
    assert read(text).ballots == {"coo": {}}


def test_a_mark_that_is_no_tick_refuses_the_ballot_with_its_line() -> None:
    (refused,) = read("voter,A,B\ncoo,1,5\n").refused

    assert (refused.line, refused.kind) == (2, "figure")
    assert "tick is 1 or x" in SPEC.reader.public(refused.kind)


def read(text: str) -> Any:
    return read_ballots(text.encode(), "ticks.csv", SPEC.reader, PEOPLE, list("ABCD"))


def test_it_is_told_in_the_narration_the_summary_and_the_export(sieve: Room) -> None:
    voted(sieve)
    sieve.do(TakeGroupOrder())
    told = [narrate(sieve.session, each) for each in sieve.live.recordeds if each.event.kind in ("round_opened", "ballots_revealed")]
    exported = exported_round(sieve.session, sieve.session.rounds[-1])

    assert "each ticks the cards that they support" in told[0]
    assert "first: A, " in told[1]
    assert "Ballot 1 (approval)" in summary(sieve.session)
    assert exported["method"] == "approval"
    assert {"abstained": False, "side": "business", "points": ticks("AB")} in exported["ballots"]


def test_a_show_of_hands_is_told_by_its_hands_and_no_ballot_is_made_up(sieve: Room) -> None:
    """Which hands belong to one voter is not known, so nothing says how many voted, or how."""
    sieve.do(CountHands(round=1, hands={"business": ("A",), "it": ("D", "D")}), TakeGroupOrder())
    counted = next(each for each in sieve.live.recordeds if each.event.kind == "ballots_revealed")
    exported = exported_round(sieve.session, sieve.session.rounds[-1])

    assert "Ballot 1 counted: 3 hands; first: " in narrate(sieve.session, counted)
    assert "Ballot 1 (approval): by show of hands, and the board took" in summary(sieve.session)
    assert result_of(sieve).turnout == "by show of hands"
    assert (exported["ballots"], exported["turnout"]) == ([], [])
    assert exported["raised"] == {"business": {"A": 1}, "it": {"D": 2}}


def test_where_we_disagreed_skips_a_show_of_hands() -> None:
    room = Room(sample()).everybody()
    first, last = room.session.order[0], room.session.order[-1]
    room.do(OpenRound(method="approval"), CountHands(round=1, hands={"business": (first,), "it": (last,)}))

    assert gaps(room.session) == []
