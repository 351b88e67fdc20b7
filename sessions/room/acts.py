"""What a device asks for, as a command of the session. Who may give it is in the table of `commands.permissions`."""

from __future__ import annotations

from typing import assert_never

from sessions.commands.base import Command, require_card
from sessions.commands.cards import EditCard, MoveCard
from sessions.commands.proposed_moves import ProposeMove, WithdrawProposal
from sessions.commands.rounds import RoundOverError, SealBallot
from sessions.portfolio.models import Work
from sessions.room.refused import NOT_YOURS, RoomError
from sessions.room.wire import Act, Admit, AdmitAll, EditBenefit, EditEffort, End, Extend, Move, Propose, TurnAllAway, TurnAway, Vote, Withdraw
from sessions.state.session import Session


def command_of(session: Session, act: Act) -> Command:
    """Return the command that an act asks for. Raises SessionError for one that cannot be meant now."""
    match act.what:
        case Vote() as vote:
            return _ballot(act, vote)
        case Move(card=card, rank=rank):
            return MoveCard(card=card, to=rank)
        case EditBenefit(card=card, text=text):
            project = require_card(session, card)
            return EditCard(card=project.model_copy(update={"benefit": project.benefit.model_copy(update={"text": text})}))
        case EditEffort(card=card, team=team, tenths=tenths):
            return _effort(session, card, team, tenths)
        case Propose(card=card, rank=rank, reason=reason):
            return ProposeMove(card=card, rank=rank, reason=reason)
        case Withdraw(proposal=proposal):
            return WithdrawProposal(proposal=proposal)
        case Admit() | AdmitAll() | TurnAway() | TurnAllAway() | Extend() | End():
            raise RoomError(NOT_YOURS, "Only the facilitator may do this.")
        case _ as never:
            assert_never(never)


def _ballot(act: Act, vote: Vote) -> SealBallot:
    if act.round is None:
        raise RoundOverError("This ballot names no round: load the page again.")
    choice = vote.choice.model_dump(exclude_none=True) if vote.choice else {}
    return SealBallot(round=act.round, voice=vote.voice, reason=vote.reason, reason_card=vote.reason_card, **choice)


def _effort(session: Session, card: str, team: str, tenths: int) -> EditCard:
    project = require_card(session, card)
    if team not in {each.id for each in session.teams}:
        raise RoomError("refused", "There is no such team in this session.")
    work = tuple(each.model_copy(update={"effort": tenths}) if each.team == team else each for each in project.work)
    if team not in {each.team for each in work}:
        work += (Work(team=team, effort=tenths),)
    return EditCard(card=project.model_copy(update={"work": work}))
