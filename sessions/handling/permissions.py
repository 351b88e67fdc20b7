"""Who may give which command. The facilitator may give them all; the table names who else may give some of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sessions.commands import cards, consent, decisions, objectives, proposed_moves, rounds
from sessions.commands.base import Actor, Command, NotPermittedError
from sessions.portfolio.models import Project
from sessions.state.session import Session

Rule = Callable[[Session, Any, Actor], bool]
"""Return whether someone other than the facilitator may give a command."""


def decider(session: Session, _command: Command, actor: Actor) -> bool:
    """Return whether the actor decides."""
    return bool(session.decider) and actor.person == session.decider


def own_ballot(session: Session, command: rounds.SealBallot, actor: Actor) -> bool:
    """Return whether the ballot is the actor's, or that of the absent voter for whom the actor is the proxy."""
    return actor.person in (command.voice, session.proxies.get(command.voice))


def free_mover(session: Session, _command: Command, actor: Actor) -> bool:
    """Return whether the facilitator lets the actor move cards."""
    return actor.person in session.free_movers


def voter(session: Session, _command: Command, actor: Actor) -> bool:
    """Return whether the actor has a vote."""
    return actor.person in session.people and session.people[actor.person].votes


def own_proposal(session: Session, command: proposed_moves.WithdrawProposal, actor: Actor) -> bool:
    """Return whether the actor proposed the move."""
    proposals = session.proposed_moves[max(command.proposal - 1, 0) : command.proposal]
    return any(each.proposed.person == actor.person for each in proposals)


def editable(session: Session, card: Project, person: str) -> tuple[str, ...]:
    """Return the fields of a card that a person may change: the sponsor its benefit, voters of IT its effort (METHOD 2.3)."""
    who = session.people.get(person)
    if who is None:
        return ()
    fields = {"benefit": who.role.casefold() == card.sponsor.casefold(), "work": who.side == "it" and who.votes}
    return tuple(field for field, allowed in fields.items() if allowed)


def own_field(session: Session, command: cards.EditCard, actor: Actor) -> bool:
    """Return whether the edit changes only fields that are the actor's."""
    old, new = session.cards.get(command.card.id), command.card
    if old is None:
        return False
    changed = {name for name in Project.model_fields if getattr(old, name) != getattr(new, name)}
    return bool(changed) and changed <= {*editable(session, old, actor.person)}


PERMISSIONS: Mapping[type[Command], Rule] = {
    cards.MoveCard: free_mover,
    cards.EditCard: own_field,
    decisions.Decide: decider,
    decisions.AcceptProposals: decider,
    objectives.ConfirmObjectives: decider,
    rounds.SealBallot: own_ballot,
    proposed_moves.ProposeMove: voter,
    proposed_moves.WithdrawProposal: own_proposal,
    consent.AnswerConsent: decider,
}


def check_permitted(session: Session, command: Command, actor: Actor) -> None:
    """Raise NotPermittedError unless an actor other than the facilitator may give a command."""
    allows = PERMISSIONS.get(type(command))
    if allows is None or not allows(session, command, actor):
        raise NotPermittedError(f"{session.role(actor.person)} may not do this: ask the facilitator.")
