"""Who may give which command: the one table. The facilitator may give them all; the table names who else may.

A command that is missing here is a fault that `tests/sessions_/commands/test_permissions.py` reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sessions.commands import (
    agreements,
    cards,
    consent,
    decisions,
    group_order,
    housekeeping,
    objectives,
    people,
    phases,
    plans,
    proposed_moves,
    rounds,
    several_cards,
    talks,
    what_ifs,
)  # fmt: skip
from sessions.commands.base import Actor, Command, NotPermittedError
from sessions.commands.quarters import adoption, fates, leftovers, outcomes, sponsors
from sessions.portfolio.models import Project
from sessions.state.session import Session

Rule = Callable[[Session, Any, Actor], bool]
"""Return whether someone other than the facilitator may give a command."""


def facilitator_only(_session: Session, _command: Command, _actor: Actor) -> bool:
    """Return False."""
    return False


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
    several_cards.MoveCards: facilitator_only,
    several_cards.MergeCards: facilitator_only,
    cards.NoteOnCard: facilitator_only,
    cards.AddCard: facilitator_only,
    cards.EditCard: own_field,
    cards.SplitCard: facilitator_only,
    cards.WithdrawCard: facilitator_only,
    cards.ParkQuestion: facilitator_only,
    cards.AgreeAction: facilitator_only,
    cards.Undo: facilitator_only,
    cards.Redo: facilitator_only,
    decisions.Decide: decider,
    decisions.AcceptProposals: decider,
    consent.RecordDissent: facilitator_only,
    group_order.TakeGroupOrder: facilitator_only,
    group_order.KeepBoard: facilitator_only,
    people.AddParticipant: facilitator_only,
    people.AddPeople: facilitator_only,
    people.MergePeople: facilitator_only,
    people.ChangeParticipant: facilitator_only,
    people.MarkAttendance: facilitator_only,
    people.NameDecider: facilitator_only,
    people.OverrideQuorum: facilitator_only,
    people.ChooseAsker: facilitator_only,
    phases.StartPhase: facilitator_only,
    phases.StartTimer: facilitator_only,
    phases.StopTimer: facilitator_only,
    phases.AddTime: facilitator_only,
    phases.SetPhaseMinutes: facilitator_only,
    phases.SetVotingTime: facilitator_only,
    phases.CloseSession: facilitator_only,
    housekeeping.RenameSession: facilitator_only,
    housekeeping.ArchiveSession: facilitator_only,
    housekeeping.TakeOver: facilitator_only,
    housekeeping.ReopenSession: facilitator_only,
    plans.EditTeam: facilitator_only,
    plans.KeepWhatIf: facilitator_only,
    objectives.SetObjectives: facilitator_only,
    objectives.ConfirmObjectives: decider,
    what_ifs.NameWhatIf: facilitator_only,
    what_ifs.ForgetWhatIf: facilitator_only,
    agreements.DrawLine: facilitator_only,
    agreements.SetNextSession: facilitator_only,
    rounds.OpenRound: facilitator_only,
    rounds.SealBallot: own_ballot,
    rounds.CountHands: facilitator_only,
    rounds.RevealBallots: facilitator_only,
    rounds.DropRound: facilitator_only,
    proposed_moves.ProposeMove: voter,
    proposed_moves.WithdrawProposal: own_proposal,
    proposed_moves.AnswerProposal: facilitator_only,
    proposed_moves.SetFreeMode: facilitator_only,
    talks.OpenTalk: facilitator_only,
    talks.CloseTalk: facilitator_only,
    talks.PutOffTalk: facilitator_only,
    consent.AnswerConsent: decider,
    outcomes.ConfirmOutcomes: facilitator_only,
    fates.AnswerFate: facilitator_only,
    fates.LinkCard: facilitator_only,
    adoption.DeliverCard: facilitator_only,
    adoption.MeasureAdoption: facilitator_only,
    adoption.AcceptBelowTarget: facilitator_only,
    sponsors.AnswerSponsor: facilitator_only,
    leftovers.AnswerLeftover: facilitator_only,
}


def check_permitted(session: Session, command: Command, actor: Actor) -> None:
    """Raise NotPermittedError unless an actor other than the facilitator may give a command."""
    if not PERMISSIONS[type(command)](session, command, actor):
        raise NotPermittedError(f"{session.role(actor.person)} may not do this: ask the facilitator.")
