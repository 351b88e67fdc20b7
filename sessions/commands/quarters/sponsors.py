"""The command on sponsors who are new to a card (METHOD 1, claim 31)."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, handles, require_card
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.state.session import Session


class AnswerSponsor(Command):
    """Record that a card's sponsor confirms it, or hands it back: then it has no sponsor. A sponsor who handed it back may still confirm it."""

    card: str
    confirmed: bool


@handles(AnswerSponsor)
def _answer(session: Session, command: AnswerSponsor, _: CommandContext) -> list[Event]:
    card, known = require_card(session, command.card), session.sponsor_answers.get(command.card)
    sponsor = card.sponsor or (known.sponsor if known and not known.confirmed else "")
    if not sponsor:
        raise SessionError(f"{card.title} has no sponsor: name one first.")
    if known and (known.sponsor, known.confirmed) == (sponsor, command.confirmed) and command.confirmed == bool(card.sponsor):
        return []
    old, old_sponsor = (known.confirmed, known.sponsor) if known else (None, "")
    answered = ev.SponsorAnswered(
        card=card.id, sponsor=sponsor, confirmed=command.confirmed, named=card.sponsor, old=old, old_sponsor=old_sponsor
    )
    return [answered]
