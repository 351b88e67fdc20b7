"""The command on sponsors who are new to a card (METHOD 1, claim 31)."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, asked_by, handles, require_card
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.state.session import Session


class AnswerSponsor(Command):
    """Say that a card's sponsor confirms it, or hands it back: then it has no sponsor."""

    card: str
    confirmed: bool


@handles(AnswerSponsor)
def _answer(session: Session, command: AnswerSponsor, context: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    if not card.sponsor:
        raise SessionError(f"{card.title} has no sponsor: name one first.")
    known = session.sponsor_answers.get(card.id)
    old = known.confirmed if known and known.sponsor == card.sponsor else None
    if old == command.confirmed:
        return []
    answered = ev.SponsorAnswered(card=card.id, sponsor=card.sponsor, confirmed=command.confirmed, old=old)
    if command.confirmed:
        return [answered]
    new = card.model_copy(update={"sponsor": ""})
    return [answered, ev.CardEdited(old=card, new=new, changed=("sponsor",), asked_by=asked_by(session, context.actor))]
