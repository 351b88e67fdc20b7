"""Commands on how cards of the earlier session and of this one belong together."""

from __future__ import annotations

from sessions.commands.base import Command, CommandContext, asked_by, handles, require_card
from sessions.commands.cards import past_date
from sessions.errors import SessionError
from sessions.record import events as ev
from sessions.record.events import CardFate, Delivered, Event, Fate
from sessions.state.session import Session


class FateRefusedError(SessionError):
    """The earlier session has no such card to ask about, or the answer is not possible."""


class AnswerFate(Command):
    """Say what became of a card that only the earlier session has; `into` is the card it was merged into, `date` the ISO date of its delivery."""

    card: str
    fate: Fate
    into: str = ""
    date: str = ""


class LinkCard(Command):
    """Say which card of the earlier session an unclear card is; an empty `was` says that it is new."""

    card: str
    was: str = ""


@handles(AnswerFate)
def _answer(session: Session, command: AnswerFate, context: CommandContext) -> list[Event]:
    past = session.past
    if past is None or command.card not in past.gone:
        raise FateRefusedError("The earlier session has no such card, or it is on the board.")
    if command.fate == "merged":
        if require_card(session, command.into).id == command.card:
            raise FateRefusedError("A card cannot be merged into itself: name another one.")
    elif command.into:
        raise FateRefusedError("Only a merged card names another one.")
    card = next(each for each in past.cards if each.id == command.card)
    new, old = CardFate(card=command.card, fate=command.fate, into=command.into), session.fates.get(command.card)
    if new == old:
        return []
    answered = ev.FateAnswered(new=new, old=old)
    if command.fate == "delivered":
        day = past_date(session, context, command.date or past.date)
        delivered = Delivered(card=card.model_copy(update={"state": "adopt"}), date=day, quarter=session.quarter)
        return [answered, ev.CardDelivered(delivered=delivered)]
    if command.fate == "here":
        rank = min(past.order.index(card.id), len(session.order)) + 1 if card.id in past.order else len(session.order) + 1
        return [answered, ev.CardAdded(card=card, rank=rank, asked_by=asked_by(session, context.actor))]
    return [answered]


@handles(LinkCard)
def _link(session: Session, command: LinkCard, _: CommandContext) -> list[Event]:
    unclear = next((each for each in session.past.unclear if each.card == command.card), None) if session.past else None
    if unclear is None or (command.was and command.was not in unclear.candidates):
        raise FateRefusedError("The earlier session has no such card for it: choose one of those that are offered.")
    old = session.links.get(command.card)
    return [] if old == command.was else [ev.CardLinked(card=command.card, was=command.was, old=old)]
