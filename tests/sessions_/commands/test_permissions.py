"""Who may give which command: the table, used the way devices of voters use it; moves that they propose, and free mode."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from pydantic import ValidationError
from support import Room

from sessions.commands.base import Actor, Command, NotPermittedError
from sessions.commands.cards import EditCard, MoveCard, RankOutOfRangeError, Redo, Undo, WithdrawCard
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import SetVotingTime, StartPhase
from sessions.commands.proposed_moves import AnswerProposal, ProposalGoneError, ProposeMove, WithdrawProposal
from sessions.commands.rounds import OpenRound, RoundOverError, SealBallot
from sessions.handling.dispatch import refusal
from sessions.portfolio.models import Benefit, Work
from sessions.record.events import BallotSealed, CardEdited, CardMoved, ProposalAnswered
from sessions.replay.narration import narrate


@pytest.fixture
def voting(live: Room) -> Room:
    live.do(OpenRound())
    return live


@pytest.mark.parametrize(
    ("actor", "voice", "way"),
    [
        (Actor("cfo", "device"), "cfo", ("device", "")),
        (Actor("cfo", "device"), "coo", ("proxy", "cfo")),
        (Actor("cfo"), "cfo", ("keyboard", "")),
        (Actor("cfo"), "coo", ("proxy", "cfo")),
    ],
)
def test_how_a_ballot_came_in_follows_from_the_door_not_from_a_claim(voting: Room, actor: Actor, voice: str, way: tuple[str, str]) -> None:
    voting.do(MarkAttendance(people=("coo",), presence="proxy", proxy="cfo"))
    for claimed in ("keyboard", "file"):
        (sealed,) = voting.live.perform(SealBallot.model_validate({"round": 1, "voice": voice, "points": {"P1": 9}, "way": claimed}), actor)
        assert isinstance(sealed.event, BallotSealed)
        assert (sealed.event.voice, sealed.event.way, sealed.event.entered_by) == (voice, *way)
    for claimed in ("device", "proxy"):
        with pytest.raises(ValidationError, match="way"):
            SealBallot.model_validate({"round": 1, "voice": "cfo", "way": claimed})


def test_after_the_time_to_vote_only_the_facilitator_brings_ballots(voting: Room) -> None:
    vote = SealBallot(round=1, voice="cfo", points={"P1": 9})
    voting.do(SetVotingTime(round=1, over=True))
    with pytest.raises(RoundOverError, match="time to vote is over"):
        voting.live.perform(vote, Actor("cfo", "device"))
    voting.do(SealBallot(round=1, voice="coo", points={"P1": 9}), SetVotingTime(round=1, until="Tuesday 09:00"))
    voting.live.perform(vote, Actor("cfo", "device"))
    assert set(voting.session.rounds[0].seals) == {"coo", "cfo"}
    assert voting.session.rounds[0].opened.until == "Tuesday 09:00"


@pytest.mark.parametrize("command", [StartPhase(phase="open"), MoveCard(card="P1", to=2), Undo(), Decide(card="P1", word="start")])
def test_what_the_facilitator_does_a_voter_may_not_but_the_decider_decides(voting: Room, command: Command) -> None:
    for person in ("cfo", "guest", "a stranger"):
        assert isinstance(refusal(voting.session, command, Actor(person, "device")), NotPermittedError)
    assert not isinstance(refusal(voting.session, command), NotPermittedError)
    assert isinstance(refusal(voting.session, command, Actor("coo", "device")), NotPermittedError) is not isinstance(command, Decide)
    assert isinstance(refusal(voting.session._replace(decider=""), command, Actor("", "device")), NotPermittedError)


# --- what owners of a card may do


BENEFIT, EFFORT = {"benefit": Benefit(text="4% more orders", monthly=9500)}, {"work": (Work(team="WEB", effort=60),)}


@pytest.mark.parametrize(
    ("changes", "card", "actor", "allowed"),
    [
        (BENEFIT, "P4", "vp-sales", True),
        (BENEFIT, "P3", "vp-sales", False),
        (BENEFIT, "P4", "cio", False),
        ({**BENEFIT, "title": "Mine"}, "P4", "vp-sales", False),
        (EFFORT, "P4", "cio", True),
        (EFFORT, "P4", "vp-sales", False),
        (EFFORT, "P4", "pmo-lead", True),
        (EFFORT, "P4", "a stranger", False),
    ],
)
def test_the_sponsor_edits_the_benefit_and_it_the_effort(live: Room, changes: dict[str, object], card: str, actor: str, allowed: bool) -> None:
    command = EditCard(card=live.session.cards[card].model_copy(update=changes))
    with nullcontext() if allowed else pytest.raises(NotPermittedError):
        live.live.perform(command, Actor(actor, "device"))
    if allowed:
        assert isinstance(live.last, CardEdited)
        assert live.last.asked_by == ("" if actor == "pmo-lead" else actor)


# --- moves that people propose from their own devices, and free mode


SALES, CIO = Actor("vp-sales", "device"), Actor("cio", "device")


def propose(room: Room, actor: Actor = SALES, card: str = "P4", rank: int = 1, reason: str = "it pays back first") -> None:
    room.live.perform(ProposeMove(card=card, rank=rank, reason=reason), actor)


def status(room: Room) -> list[str]:
    return [each.status for each in room.session.proposed_moves]


def test_an_accepted_proposal_moves_the_card_under_the_name_of_who_proposed_it(room: Room) -> None:
    propose(room)
    assert room.board == "P1 P2 P3 P4"
    answered, moved = room.do(AnswerProposal(proposal=1, accept=True))
    assert answered == ProposalAnswered(proposal=1, accepted=True)
    assert moved == CardMoved(card="P4", old=4, new=1, asked_by="vp-sales", reason="it pays back first")
    before = room.session
    room.do(Undo())
    assert (room.board, status(room)) == ("P1 P2 P3 P4", ["undone"])
    assert narrate(before, room.live.recordeds[-1]) == "Undone: VP Sales asked: Returns from 4 to 1, because it pays back first."
    room.do(Redo())
    assert (room.board, status(room)) == ("P4 P1 P2 P3", ["accepted"])
    assert room.reopened().session == room.session


def test_a_proposal_is_answered_once_or_taken_back_by_its_owner_or_replaced(room: Room) -> None:
    propose(room)
    with pytest.raises(NotPermittedError):
        room.live.perform(WithdrawProposal(proposal=1), CIO)
    room.live.perform(WithdrawProposal(proposal=1), SALES)
    propose(room)
    assert room.do(AnswerProposal(proposal=2, accept=False)) == [ProposalAnswered(proposal=2, accepted=False)]
    assert (room.board, status(room)) == ("P1 P2 P3 P4", ["withdrawn", "declined"])
    room.refuses(AnswerProposal(proposal=2, accept=True), ProposalGoneError, "declined")
    room.refuses(AnswerProposal(proposal=9, accept=True), ProposalGoneError)
    propose(room)
    propose(room, rank=2)
    propose(room, CIO)
    assert status(room)[2:] == ["withdrawn", "open", "open"]


def test_the_board_may_have_changed_before_the_answer(room: Room) -> None:
    propose(room)
    propose(room, card="P1", rank=4)
    room.do(MoveCard(card="P4", to=1))
    assert room.do(AnswerProposal(proposal=1, accept=True)) == [ProposalAnswered(proposal=1, accepted=True)]
    room.do(WithdrawCard(card="P3", reason="done"))
    room.refuses(AnswerProposal(proposal=2, accept=True), RankOutOfRangeError, "rank 4")
    with pytest.raises(RankOutOfRangeError):
        propose(room, card="P1", rank=4)
    room.do(AnswerProposal(proposal=2, accept=False))
