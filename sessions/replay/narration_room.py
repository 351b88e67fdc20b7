"""Narration of what people propose and do from their own devices."""

from __future__ import annotations

from sessions.record import events as ev
from sessions.record.events import Event
from sessions.replay.narration_rounds import Narrator
from sessions.state.session import Session
from sessions.wording import because, listed, sentence


def _proposal(session: Session, event: ev.MoveProposed) -> str:
    move = f"{session.title_of(event.card)} from {event.old} to {event.rank}"
    return sentence(f"{session.role(event.person)} proposes: {move}{because(event.reason)}")


def _named(session: Session, number: int) -> str:
    proposed = session.proposed_moves[number - 1].proposed
    return f"The proposal of {session.role(proposed.person)}, {session.title_of(proposed.card)} to {proposed.rank},"


def _free_mode(session: Session, event: ev.FreeModeSet) -> str:
    if not event.new:
        return "No one moves cards without asking any more."
    roles = [session.role(person) for person in event.new]
    return f"{listed(roles)} {'moves' if len(roles) == 1 else 'move'} cards without asking from here on."


ROOM_NARRATORS: dict[type[Event], Narrator] = {
    ev.MoveProposed: _proposal,
    ev.ProposalWithdrawn: lambda session, event: f"{_named(session, event.proposal)} was withdrawn.",
    ev.ProposalAnswered: lambda session, event: f"{_named(session, event.proposal)} was {'accepted' if event.accepted else 'declined'}.",
    ev.FreeModeSet: _free_mode,
}
