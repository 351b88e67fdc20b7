"""Commands of a ballot round: open, seal, reveal, take or keep, cancel (METHOD 3.1, 3.2, 3.6)."""

from __future__ import annotations

import pytest
from support import Room, bare

from sessions.commands.base import ReasonNeededError
from sessions.commands.cards import AddCard, MoveCard
from sessions.commands.group_order import KeepBoard, TakeGroupOrder
from sessions.commands.people import MarkAttendance, OverrideQuorum
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, RoundOverError, SealBallot
from sessions.errors import SessionError
from sessions.portfolio.models import Project
from sessions.record import events as ev
from sessions.rounds.methods.choice import BallotRefusedError


def vote(voice: str, **points: int) -> SealBallot:
    return SealBallot(round=1, voice=voice, points=points)


def abstain(voice: str) -> SealBallot:
    return SealBallot(round=1, voice=voice, points=None)


def reveal(room: Room) -> ev.BallotsRevealed:
    return room.one(RevealBallots(round=1), ev.BallotsRevealed)


@pytest.fixture
def voting(bare_room: Room) -> Room:
    """A ballot is open on cards A to D, and everybody is there."""
    bare_room.do(OpenRound())
    return bare_room


def test_a_round_names_its_cards_voices_budget_and_cap_and_there_is_one_at_a_time(live: Room) -> None:
    event = live.one(OpenRound(), ev.RoundOpened)
    assert (event.round, event.cards, event.voices) == (1, ("P1", "P2", "P3", "P4"), ("coo", "cfo", "vp-sales", "cio", "architect"))
    assert (event.budget, event.cap) == (100, 38)
    live.refuses(OpenRound(), SessionError, "already open")
    for cards, budget, cap in (("A", 100, 100), ("A B", 100, 75), ("A B C D E", 10, 10)):
        assert Room(bare(cards)).everybody().one(OpenRound(budget=budget), ev.RoundOpened).cap == cap
    Room(bare(people=())).refuses(OpenRound(), SessionError, "No one has a vote yet")
    Room(bare("")).everybody().refuses(OpenRound(), SessionError, "no card to vote on")


def test_a_ballot_may_be_changed_until_the_reveal_which_names_who_is_missing(voting: Room) -> None:
    for points, words in (({"A": 39}, "no card may get more than 38"), ({"A": 10**5000}, "a billion or more")):
        voting.refuses(vote("cfo", **points), BallotRefusedError, "The ballot of CFO was refused", words)
    assert voting.urn.ballots == {}
    voting.do(vote("cfo", A=30), vote("cfo", B=30), vote("cio", C=1))
    event = reveal(voting)
    assert [(each.voice, each.points) for each in event.ballots] == [("cfo", (("B", 30),)), ("cio", (("C", 1),))]
    assert event.missing == ("coo", "vp-sales", "architect")
    # A phone still shows the round that is over when the next one is open.
    voting.do(OpenRound())
    for late in (vote("cfo", A=1), RevealBallots(round=1), DropRound(round=1, reason="x"), CountHands(round=1, hands={"it": ("A",)})):
        voting.refuses(late, RoundOverError, "Round 1 is not open: round 2 is.")
    assert voting.urn.ballots == {}


def test_if_all_abstain_there_is_no_result_and_the_board_stays(voting: Room) -> None:
    voting.do(abstain("cfo"), abstain("cio"))
    event = reveal(voting)
    assert (event.tallies, event.side_orders) == ((), ())
    for weighting in ("sides", "person"):
        voting.refuses(TakeGroupOrder(weighting=weighting), SessionError, "Every voter abstained")
    voting.do(KeepBoard(reason="no one minds"))


def test_a_reveal_of_one_side_or_without_a_quorum_needs_a_reason(voting: Room) -> None:
    voting.do(vote("cfo", A=1), vote("coo", B=1))
    voting.refuses(RevealBallots(round=1), ReasonNeededError, "ballots came from one side only")
    voting.refuses(RevealBallots(round=1, override=" "), ReasonNeededError)
    voting.do(vote("cio", B=1), MarkAttendance(people=("cio", "architect"), presence="away"))
    voting.refuses(RevealBallots(round=1), ReasonNeededError, "there is no quorum of IT")
    assert voting.one(RevealBallots(round=1, override="they are on the line"), ev.BallotsRevealed).override == "they are on the line"
    # An overridden quorum needs no reason again.
    voting.do(OverrideQuorum(reason="on the line"), OpenRound(), *(SealBallot(round=2, voice=voice, points={"A": 1}) for voice in ("cfo", "cio")))
    assert voting.one(RevealBallots(round=2), ev.BallotsRevealed).override == ""


def test_cards_that_were_not_on_the_ballot_keep_their_rank(live: Room) -> None:
    live.do(OpenRound(cards=("P2", "P4")), vote("cfo", P4=50), vote("cio", P4=50), RevealBallots(round=1))
    live.do(AddCard(card=Project(id="", title="New"), rank=1), MoveCard(card="P3", to=1))
    assert live.board == "P3 P5 P1 P2 P4"
    live.do(TakeGroupOrder())
    assert live.board == "P3 P5 P1 P4 P2"


def test_a_round_that_is_given_up_destroys_its_ballots_and_leaves_the_earlier_one(voting: Room) -> None:
    voting.do(vote("cfo", D=1), vote("cio", D=1), RevealBallots(round=1), OpenRound())
    voting.do(SealBallot(round=2, voice="cfo", points={"C": 1}))
    voting.refuses(DropRound(round=2, reason=" "), ReasonNeededError, "why you cancel the ballot")
    voting.do(DropRound(round=2, reason="alarm"))
    assert voting.urn.ballots == {}
    assert (voting.session.rounds[1].dropped, voting.session.round) == (True, voting.session.rounds[0])
    assert voting.one(TakeGroupOrder(), ev.GroupOrderTaken).round == 1
    assert voting.one(OpenRound(), ev.RoundOpened).round == 3


@pytest.mark.parametrize(("method", "cards", "choice"), [
    ("points", (), {"points": {"A": 5}}), ("ranking", (), {"ranking": (("A",),)}), ("score", ("A",), {"scores": {"A": 3}}),
    ("duel", ("B", "A"), {"prefers": "A"}),
])  # fmt: skip
def test_a_ballot_that_answers_another_question_besides_is_refused(bare_room: Room, method: str, cards: tuple[str, ...], choice: dict) -> None:
    """Only what a round asks for is checked, so anything beside it must be refused."""
    bare_room.do(OpenRound.model_validate({"method": method, "cards": cards, "override": "needed"}))
    for other in ({"points": {"X": 5}}, {"ranking": (("X",),)}, {"scores": {"X": 9}}, {"prefers": "\x1b[2J"}):
        if not set(other) & set(choice):
            bare_room.refuses(SealBallot.model_validate({"round": 1, "voice": "coo", **choice, **other}), BallotRefusedError, "this round asks for")
    bare_room.do(SealBallot.model_validate({"round": 1, "voice": "coo", **choice}))
