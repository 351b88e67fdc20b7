"""Moves that people propose from their own devices, and free mode, in which some of them move cards without asking."""

from __future__ import annotations

import pytest
from support import Room, small

from sessions.commands.base import Actor, NotPermittedError
from sessions.commands.cards import MoveCard, RankOutOfRangeError, Redo, Undo, WithdrawCard
from sessions.commands.proposed_moves import AnswerProposal, ProposalGoneError, ProposeMove, SetFreeMode, WithdrawProposal
from sessions.record.events import CardMoved, ProposalAnswered
from sessions.replay.narration import narrate

SALES, CIO = Actor("vp-sales", "device"), Actor("cio", "device")


@pytest.fixture
def room() -> Room:
    return Room(small()).everybody()


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


def test_in_free_mode_chosen_people_move_cards_and_nobody_else(room: Room) -> None:
    room.do(SetFreeMode(people=("vp-sales",)))
    room.live.perform(MoveCard(card="P4", to=1, reason="now"), SALES)
    assert room.last == CardMoved(card="P4", old=4, new=1, asked_by="vp-sales", reason="now")
    assert room.live.recordeds[-1].by == "vp-sales"
    room.do(SetFreeMode())
    for actor in (SALES, CIO):
        with pytest.raises(NotPermittedError):
            room.live.perform(MoveCard(card="P4", to=2), actor)
    assert room.do(SetFreeMode()) == []
