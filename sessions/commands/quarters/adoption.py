"""Commands on deliveries and on how far people use them (METHOD 6.5)."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from sessions.commands.base import Command, CommandContext, clean_text, handles, require_card, require_text
from sessions.commands.cards import NotADateError, delivered_now, past_date
from sessions.deciding.adopting import delivery, figures, status, unit
from sessions.errors import SessionError
from sessions.portfolio.checks import same_as_baseline
from sessions.portfolio.models import AMOUNT_LIMIT, NAME_LIMIT, Adoption, Project
from sessions.portfolio.numbers import number_of, number_text
from sessions.record import events as ev
from sessions.record.events import Delivered, Event, Reading
from sessions.state.session import Session
from sessions.wording import day_name


class ReadingRefusedError(SessionError):
    """The card was not delivered, or the figure or the target cannot be."""


class FigureRefusedError(ReadingRefusedError):
    """Nothing can be used this far."""


class DeliverCard(Command):
    """Record that a card of the board was delivered on a date (none: today)."""

    card: str
    date: str = ""


class MeasureAdoption(Command):
    """Record how far people use what was delivered: a number as people write it, a date (none: today), and who took the reading.

    `monthly` is the benefit realised a month. `baseline` and `target` put those of the card right; None leaves them as they are.
    """

    after_the_end: ClassVar[bool] = True
    card: str
    value: str
    date: str = ""
    by: str
    monthly: int | None = None
    baseline: str | None = None
    target: str | None = None


class AcceptBelowTarget(Command):
    """Accept a delivered card below its target, with one sentence."""

    card: str
    sentence: str


def _require_delivered(session: Session, card: str) -> Delivered:
    known = delivery(session, card)
    if known is None:
        raise ReadingRefusedError(f"{session.title_of(card)} was not delivered yet.")
    return known


@handles(DeliverCard)
def _deliver(session: Session, command: DeliverCard, context: CommandContext) -> list[Event]:
    card = require_card(session, command.card)
    return delivered_now(session, card, card, past_date(session, context, command.date))


@handles(MeasureAdoption)
def _measure(session: Session, command: MeasureAdoption, context: CommandContext) -> list[Event]:
    delivered = _require_delivered(session, command.card)
    old = delivered.card
    number = number_of(command.value)
    if number is None:
        raise ReadingRefusedError(f"{clean_text(command.value, 40) or 'Nothing'} is not a number: type 41, or 2.5.")
    new = _put_right(old, command)
    if reason := same_as_baseline(new.adoption):
        raise ReadingRefusedError(reason)
    _check_figure(number, new.adoption)
    by = require_text(command.by, "Say who took the reading.", NAME_LIMIT)
    day = past_date(session, context, command.date)
    if day < delivered.date:
        raise NotADateError(f"{day_name(day)} is before the delivery on {day_name(delivered.date)}: give a day after it.")
    if command.monthly is not None and not 0 <= command.monthly <= AMOUNT_LIMIT:
        raise ReadingRefusedError("The benefit realised a month is an amount of money, 0 or more.")
    reading = Reading(card=old.id, value=number_text(number), date=day, by=by, monthly=command.monthly)
    if new == old:
        return [ev.AdoptionMeasured(reading=reading)]
    return [ev.AdoptionMeasured(reading=reading, adoption=new.adoption, old=old.adoption)]


def _check_figure(number: Fraction, adoption: Adoption) -> None:
    """Refuse a number that no one can have measured: of a share, one outside 0 to 100 % if baseline and target are within."""
    if abs(number) > AMOUNT_LIMIT:
        raise FigureRefusedError("That is too large for a reading: type the number, such as 41.")
    ends = [each for each in (number_of(adoption.baseline), number_of(adoption.target)) if each is not None]
    if unit(adoption) == "%" and ends and not 0 <= number <= _WHOLE and all(0 <= each <= _WHOLE for each in ends):
        raise FigureRefusedError(f"{number_text(number)} % is outside 0 to 100 %: type the share, such as 41.")


_WHOLE = 100


def _put_right(card: Project, command: MeasureAdoption) -> Project:
    typed = {"baseline": command.baseline, "target": command.target}
    given = {name: clean_text(text, 40) for name, text in typed.items() if text is not None}
    for name, text in given.items():
        if text and number_of(text) is None:
            raise ReadingRefusedError(f"The {name} is a number, such as 70 or 70 %: {text} is not.")
    return card.model_copy(update={"adoption": card.adoption.model_copy(update=given)})


@handles(AcceptBelowTarget)
def _accept(session: Session, command: AcceptBelowTarget, _: CommandContext) -> list[Event]:
    delivered = _require_delivered(session, command.card)
    if status(delivered) == "adopted":
        raise ReadingRefusedError(f"{delivered.card.title} has reached its target, {figures(delivered)}: there is nothing to accept below it.")
    sentence = require_text(command.sentence, "Say in one sentence why less than the target is enough.")
    return [] if sentence == delivered.accepted else [ev.AdoptionAccepted(card=command.card, sentence=sentence, old=delivered.accepted)]
