"""Approval ballots (METHOD 3.7): a sieve for many cards, sealed, read from files or counted as hands, and shown like any other round."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from support import PEOPLE, Room

from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.export.rounds import exported_round
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.values import ABSTAIN
from sessions.replay.narration import narrate
from sessions.rounds.methods.approval import SPEC
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import robustness
from sessions.summary.facts import gaps
from sessions.summary.markdown import summary

VOTES = {"coo": "AB", "cfo": "B", "cio": "AD", "architect": "AD"}


def ticks(cards: str) -> dict[str, int]:
    return dict.fromkeys(cards, 1)


@pytest.fixture
def sieve(bare_room: Room) -> Room:
    bare_room.do(OpenRound(method="approval"))
    return bare_room


def test_ticks_are_counted_by_side_and_told(sieve: Room) -> None:
    """Business ticks A and B, IT A and D: what is ticked is what a voter would start."""
    sieve.do(*[SealBallot(round=1, voice=voice, points=ticks(cards)) for voice, cards in VOTES.items()], RevealBallots(round=1), TakeGroupOrder())
    round_ = sieve.session.rounds[0]
    result = RevealResult(sieve.session, round_)
    sides, per_person = result.revealed.tallies
    assert "".join(sides.order) == "ABDC"
    assert dict(zip(sides.order, sides.totals, strict=True)) == {"A": 3, "B": 2, "C": 0, "D": 2}
    assert dict(zip(sides.order, sides.mean_tenths, strict=True)) == {"A": 750, "B": 500, "C": 0, "D": 500}
    assert sides.totals == per_person.totals
    assert result.attention["A"].inside == {"business": Fraction(1, 2), "it": Fraction(1)}
    assert result.attention["C"].inside_all == 0
    assert result.agreement.w_by_side["it"] == 1, "two levels"
    opened, revealed = (narrate(sieve.session, each) for each in sieve.live.recordeds if each.event.kind in ("round_opened", "ballots_revealed"))
    assert "each ticks the cards that they support" in opened
    assert "first: A, " in revealed
    assert "Ballot 1 (approval)" in summary(sieve.session)
    exported = exported_round(sieve.session, round_)
    assert exported["method"] == "approval"
    assert {"abstained": False, "side": "business", "points": ticks("AB")} in exported["ballots"]


def test_a_show_of_hands_is_a_count_per_side_and_card_and_no_ballot_is_made_up(sieve: Room) -> None:
    """It is unknown which hands belong to one voter: nothing says how many voted, how, or how far they agree."""
    sieve.do(CountHands(round=1, hands={"business": ("A",), "it": ("D", "D")}), TakeGroupOrder())
    result = RevealResult(sieve.session, sieve.session.rounds[-1])
    assert dict(zip(result.order, result.revealed.tallies[1].totals, strict=True)) == {"A": 1, "B": 0, "C": 0, "D": 2}
    assert (result.agreement.w_all, result.agreement.tau_b, result.to_talk) == (None, None, ())
    assert (result.turnout, robustness(result)) == ("by show of hands", "")
    counted = next(each for each in sieve.live.recordeds if each.event.kind == "ballots_revealed")
    assert "Ballot 1 counted: 3 hands; first: " in narrate(sieve.session, counted)
    assert "Ballot 1 (approval): by show of hands, and the board took" in summary(sieve.session)
    assert gaps(sieve.session) == [], "the page names no cards on which the sides differ"
    exported = exported_round(sieve.session, sieve.session.rounds[-1])
    assert (exported["ballots"], exported["turnout"]) == ([], [])
    assert exported["raised"] == {"business": {"A": 1}, "it": {"D": 2}}


def read(text: str) -> Any:
    return read_ballots(text.encode(), "ticks.csv", SPEC.reader, PEOPLE, list("ABCD"))


@pytest.mark.parametrize(
    ("text", "ballots"),
    [
        ("voter,A,B,C,D\ncoo,1,x,0,\ncfo,,yes,,\n", {"coo": ticks("AB"), "cfo": ticks("B")}),
        ("voter,A,B,abstain\ncoo,,,\ncfo,,,yes\n", {"coo": {}, "cfo": ABSTAIN}),
        ("voter,card,tick\ncoo,A,x\ncoo,B,1\ncoo,C,0\ncfo,B,1\n", {"coo": ticks("AB"), "cfo": ticks("B")}),
        ('{"coo": ["A", "B"], "cfo": {"B": 1, "C": 0}}', {"coo": ticks("AB"), "cfo": ticks("B")}),
        ('[{"voter": "coo", "approves": ["A", "B"]}, {"voter": "cfo", "ticks": "B"}]', {"coo": ticks("AB"), "cfo": ticks("B")}),
    ],
)
def test_ticks_are_read_from_files(text: str, ballots: dict[str, object]) -> None:
    assert read(text).ballots == ballots


def test_a_mark_that_is_no_tick_refuses_the_ballot_with_its_line() -> None:
    (refused,) = read("voter,A,B\ncoo,1,5\n").refused
    assert (refused.line, refused.kind) == (2, "figure")
    assert "tick is 1 or x" in SPEC.reader.public(refused.kind)
