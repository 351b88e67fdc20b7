"""Commands on moves that people propose from their own devices: propose, withdraw, answer; and who moves cards without asking."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, check_person, clean_text, handles, require_card
from sessions.commands.cards import check_rank
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.state.proposed_moves import ProposedMove
from sessions.state.session import Session

MOST_OPEN = 5
"""Proposals of one person that may wait for an answer."""


class ProposalGoneError(SessionError):
    """The proposal was answered or withdrawn, or there never was one."""


class ProposeMove(Command):
    """Propose that a card goes to a rank, counted from 1. It takes the place of the person's open proposal for the same card."""

    card: str
    rank: int
    reason: str = ""


class WithdrawProposal(Command):
    """Withdraw an open proposal."""

    proposal: int


class AnswerProposal(Command):
    """Accept an open proposal, which moves the card, or decline it."""

    proposal: int
    accept: bool


class SetFreeMode(Command):
    """Let the moves of these people, and of no others, apply without asking."""

    people: tuple[str, ...] = ()


def open_proposal(session: Session, number: int) -> ProposedMove:
    """Return a proposal that waits for an answer, or raise ProposalGoneError."""
    if not 1 <= number <= len(session.proposed_moves):
        raise ProposalGoneError("There is no such proposal.")
    proposal = session.proposed_moves[number - 1]
    if proposal.status != "open":
        raise ProposalGoneError(f"The proposal was already {proposal.status}.")
    return proposal


@handles(ProposeMove)
def _propose(session: Session, command: ProposeMove, context: CommandContext) -> list[Event]:
    card, person = require_card(session, command.card), context.actor.person
    check_person(session, person)
    check_rank(session, command.rank, len(session.order))
    old = session.rank(card.id)
    if old == command.rank:
        raise SessionError(f"{card.title} is already at rank {old}: propose another rank.")
    own = [each.proposed for each in session.open_proposals if each.proposed.person == person]
    before = [each for each in own if each.card == card.id]
    if len(own) - len(before) >= MOST_OPEN:
        raise SessionError(f"{MOST_OPEN} of your proposals wait for an answer: withdraw one first.")
    number, reason = len(session.proposed_moves) + 1, clean_text(command.reason, TITLE_LIMIT)
    proposed = ev.MoveProposed(proposal=number, person=person, card=card.id, old=old, rank=command.rank, reason=reason)
    return [*(ev.ProposalWithdrawn(proposal=each.proposal) for each in before), proposed]


@handles(WithdrawProposal)
def _withdraw(session: Session, command: WithdrawProposal, _: CommandContext) -> list[Event]:
    return [ev.ProposalWithdrawn(proposal=open_proposal(session, command.proposal).proposed.proposal)]


@handles(AnswerProposal)
def _answer(session: Session, command: AnswerProposal, _: CommandContext) -> list[Event]:
    proposed = open_proposal(session, command.proposal).proposed
    answered = ev.ProposalAnswered(proposal=proposed.proposal, accepted=command.accept)
    if not command.accept:
        return [answered]
    require_card(session, proposed.card)
    check_rank(session, proposed.rank, len(session.order))
    old = session.rank(proposed.card)
    if old == proposed.rank:
        return [answered]
    return [answered, ev.CardMoved(card=proposed.card, old=old, new=proposed.rank, asked_by=proposed.person, reason=proposed.reason)]


@handles(SetFreeMode)
def _set_free_mode(session: Session, command: SetFreeMode, _: CommandContext) -> list[Event]:
    for person in command.people:
        check_person(session, person)
    new = tuple(person for person in session.people if person in command.people)
    return [] if new == session.free_movers else [ev.FreeModeSet(old=session.free_movers, new=new)]
