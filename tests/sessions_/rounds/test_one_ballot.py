"""Whether the order of a round holds without any one voter (METHOD 3.8), against a plain count of every room that lacks one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support import Room, bare

from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.rounds.count import RoundCount
from sessions.rounds.methods.order import Votes
from sessions.rounds.methods.registry import order_spec
from sessions.rounds.one_ballot import hangs_on_one
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import one_ballot_words, robustness
from sessions.voting.points import tally_points
from sessions.voting.ranking import tally_ranking

CARDS = "ABCDE"
BALLOTS = st.lists(st.dictionaries(st.sampled_from(CARDS), st.integers(1, 9), max_size=4), min_size=1, max_size=9)


class Counted(RoundCount):
    """A count of ballots that belong to no session."""

    def __init__(self, spec: Any, votes: Any) -> None:
        self.spec, self.votes = spec, votes


@given(ballots=BALLOTS, k=st.integers(1, 4), method=st.sampled_from(("points", "ranking")), split=st.integers(0, 9))
def test_a_card_is_marked_exactly_if_some_ballot_alone_holds_its_side_of_the_line(ballots: Any, k: int, method: Any, split: int) -> None:
    spec = order_spec(method)
    sides = {f"v{place}": "business" if place < split else "it" for place in range(len(ballots))}
    made = [tuple((card,) for card in each) for each in ballots] if method == "ranking" else ballots
    votes: dict[str, Any] = dict(zip(sides, made, strict=True))
    tally: Any = tally_ranking if method == "ranking" else tally_points

    def first(without: str) -> set[str]:
        rest = {voter: its for voter, its in votes.items() if voter != without}
        return set(tally(rest, {voter: sides[voter] for voter in rest}, CARDS, "sides", {}).order[:k])

    enough = [voter for voter in votes if list(sides.values()).count(sides[voter]) >= 3]
    found = hangs_on_one(Counted(spec, Votes(votes, sides, CARDS, dict.fromkeys(CARDS))), k)
    now = first("nobody")
    assert found.falls == {card for voter in enough for card in now - first(voter)}
    assert found.rises == {card for voter in enough for card in first(voter) - now}
    assert found.tested == len(enough)
    assert set(found.untested) == set(sides.values()) - {sides[voter] for voter in enough}


def revealed(**points: dict[str, int]) -> RevealResult:
    room = Room(bare()).everybody()
    room.do(OpenRound(), *[SealBallot(round=1, voice=voice, points=given) for voice, given in points.items()], RevealBallots(round=1))
    assert room.session.round
    return RevealResult(room.session, room.session.round)


def test_the_mark_names_no_voter_and_a_small_side_is_said_to_be_untested() -> None:
    found = revealed(coo={"A": 9, "B": 8, "C": 7}, cfo={"A": 9, "B": 8, "C": 7}, **{"vp-sales": {"D": 25}}, cio={"A": 9, "D": 3, "B": 1})
    assert robustness(found) == "2 cards would cross the line without one of the ballots of business; IT has too few to test."
    marks = {one_ballot_words(found, card) for card in CARDS} - {""}
    assert marks == {"Without one of the ballots it would not be in the first 3.", "Without one of the ballots it would be in the first 3."}


def test_raised_hands_are_not_tested() -> None:
    room = Room(bare()).everybody()
    room.do(OpenRound(method="approval"), CountHands(round=1, hands={"business": ("A", "A", "B"), "it": ("A", "D")}))
    assert room.session.round
    assert robustness(RevealResult(room.session, room.session.round)) == ""
