"""Commands on deliveries and on how far people use them (METHOD 6.5)."""

from __future__ import annotations

from typing import ClassVar

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_card, require_text
from sessions.commands.cards import checked_date
from sessions.errors import SessionError
from sessions.portfolio.models import NAME_LIMIT
from sessions.record import events as ev
from sessions.record.events import Delivered, Event, Reading
from sessions.state.session import Session


class ReadingRefusedError(SessionError):
    """The card was not delivered, or the figure is not a number."""


class DeliverCard(Command):
    """Say that a card of the board was delivered on an ISO date (none: today)."""

    card: str
    date: str = ""


class MeasureAdoption(Command):
    """Record how far people use what was delivered: decimal text, ISO date (none: today), and who took the reading."""

    after_the_end: ClassVar[bool] = True
    card: str
    value: str
    date: str = ""
    by: str
    monthly: int | None = None


class AcceptBelowTarget(Command):
    """Accept a delivered card below its target, with one sentence."""

    card: str
    sentence: str


def _require_delivered(session: Session, card: str) -> Delivered:
    if card not in session.delivered:
        raise ReadingRefusedError("That card was not delivered yet.")
    return session.delivered[card]


@handles(DeliverCard)
def _deliver(session: Session, command: DeliverCard, _: CommandContext) -> list[Event]:
    old = require_card(session, command.card)
    if command.card in session.delivered:
        raise SessionError(f"{old.title} was delivered already.")
    date = checked_date(command.date or session.at[:10])
    card = old.model_copy(update={"state": "adopt"})
    return [ev.CardDelivered(delivered=Delivered(card=card, date=date, quarter=session.quarter), old=old)]


@handles(MeasureAdoption)
def _measure(session: Session, command: MeasureAdoption, _: CommandContext) -> list[Event]:
    _require_delivered(session, command.card)
    value = clean_text(command.value, 40)
    try:
        float(value)
    except ValueError:
        raise ReadingRefusedError("That is not a number: type 41, or 2.5.") from None
    by = require_text(command.by, "Say who took the reading.", NAME_LIMIT)
    date = checked_date(command.date or session.at[:10])
    return [ev.AdoptionMeasured(reading=Reading(card=command.card, value=value, date=date, by=by, monthly=command.monthly))]


@handles(AcceptBelowTarget)
def _accept(session: Session, command: AcceptBelowTarget, _: CommandContext) -> list[Event]:
    delivered = _require_delivered(session, command.card)
    sentence = require_text(command.sentence, "Say in one sentence why less than the target is enough.")
    return [] if sentence == delivered.accepted else [ev.AdoptionAccepted(card=command.card, sentence=sentence, old=delivered.accepted)]
