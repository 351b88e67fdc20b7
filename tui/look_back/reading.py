"""The forms for what was delivered: when it was, and how far people use it. A refusal appears in the form, at its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual.app import App

from sessions.commands.base import Command, ReasonNeededError
from sessions.commands.cards import NotADateError
from sessions.commands.quarters.adoption import AcceptBelowTarget, DeliverCard, FigureRefusedError, MeasureAdoption
from sessions.deciding.adopting import achieved, delivery, figures, latest, unit
from sessions.errors import QuarterdeckError
from sessions.imports.money import parse_money
from sessions.live.ports import ReadableSession
from sessions.portfolio.checks import same_as_baseline
from sessions.portfolio.numbers import number_of, number_text
from sessions.record.events import Delivered
from sessions.state.session import Session
from sessions.wording import date_of, day_name, money_name
from tui.dialogs.form import Field, Form
from tui.text import plain

_DAY = "today, or a date such as 12 Jun 2026"


async def ask_for_reading(app: App[object], live: ReadableSession, card: str) -> None:
    """Ask when a card of the board was delivered; for a delivered one, how far people use it. Call it from a worker."""
    known = delivery(live.session, card)
    await app.push_screen_wait(ReadingForm(live, known) if known else DeliveryForm(live, card))


class _Recorded(Form):
    """A form that records what was typed. Its answer is what was typed, once all of it is recorded."""

    FIELDS: ClassVar[Mapping[type[QuarterdeckError], str]] = {NotADateError: "date", ReasonNeededError: "by", FigureRefusedError: "value"}
    """The field that a refusal is about."""

    def refused(self, live: ReadableSession, commands: Iterable[Command]) -> str:
        """Carry commands out; return the sentence of the first that is refused, and go to its field."""
        try:
            for command in commands:
                live.perform(command)
        except QuarterdeckError as error:
            self.go_to(self.FIELDS.get(type(error), "target"))
            return str(error)
        return ""


class DeliveryForm(_Recorded):
    """The day on which a card of the board was delivered."""

    def __init__(self, live: ReadableSession, card: str) -> None:
        about = "Delivered is not done: it is done once people use it as far as its target says. Its teams are free from now on."
        title = f"Delivered: {live.session.title_of(card)}"
        super().__init__(
            title,
            [Field("date", "On", "", _DAY, limit=40)],
            about=about,
            check=lambda answer: self.refused(live, [DeliverCard(card=card, date=answer["date"])]),
        )


class ReadingForm(_Recorded):
    """A reading: the number, the day, who took it, and the benefit realised; or why less than the target is enough."""

    def __init__(self, live: ReadableSession, delivered: Delivered) -> None:
        session, card = live.session, delivered.card
        self._live, self._delivered = live, delivered
        last = latest(delivered.readings)
        roles = tuple(dict.fromkeys([*(person.role for person in session.people.values()), card.sponsor, card.adoption.plan_owner]))
        currency = session.portfolio.currency_of(card.benefit.currency)
        promised = f"promised {money_name(card.benefit.monthly, currency)}" if card.benefit.monthly else "if someone knows it"
        fields = [
            Field("value", "Measured", "", _wanted(delivered), limit=40),
            *(self._lacking(delivered)),
            Field("date", "On", "", _DAY, limit=40),
            Field("by", "Taken by", last.by if last else card.adoption.plan_owner, "a role", roles, replaced=True),
            Field("monthly", "Benefit a month", "", promised, limit=60),
        ]
        if not session.closed:  # then it takes only readings
            fields.append(Field("accepted", "Or enough as it is", delivered.accepted, "why less is enough, in one sentence"))
        super().__init__(card.title, fields, about=_about(session, delivered), check=self._record)

    def _lacking(self, delivered: Delivered) -> list[Field]:
        """Return the fields without which nothing can be measured."""
        adoption = delivered.card.adoption
        if number_of(adoption.target) is not None and number_of(adoption.baseline or "0") is not None and not same_as_baseline(adoption):
            return []
        return [Field("baseline", "  at first", adoption.baseline, "0", limit=40), Field("target", "  target", adoption.target, "70 %", limit=40)]

    def _record(self, answer: dict[str, str]) -> str:
        """Record what was typed; return what is wrong with it, and go to its field."""
        for name, wrong in _CHECKS.items():
            if name in answer and (sentence := wrong(answer[name])):
                self.go_to(name)
                return sentence
        commands = self._commands(answer)
        if not commands:
            self.go_to("value")
            return f"Type the number, such as 41{'; or say why it is enough as it is' if 'accepted' in answer else ''}."
        return self.refused(self._live, commands)

    def _commands(self, answer: Mapping[str, str]) -> list[Command]:
        card, typed = self._delivered.card, answer["value"]
        commands: list[Command] = []
        if typed:
            budget = parse_money(answer["monthly"]) if answer["monthly"] else None
            texts = {name: answer[name] for name in ("baseline", "target") if name in answer}
            commands.append(
                MeasureAdoption(card=card.id, value=typed, date=answer["date"], by=answer["by"], monthly=budget.amount if budget else None, **texts)
            )
        adoption = card.adoption.model_copy(update={name: answer[name] for name in ("baseline", "target") if name in answer})
        accepted = answer.get("accepted", plain(self._delivered.accepted))
        if accepted != plain(self._delivered.accepted) and achieved(adoption, typed) != 1:
            commands.append(AcceptBelowTarget(card=card.id, sentence=accepted))
        return commands


def _wrong_number(text: str) -> str:
    return f"{plain(text)} is not a number: type 41, or 2.5." if text and number_of(text) is None else ""


def _wrong_day(text: str) -> str:
    return f"{plain(text)} is not a date: write it as 2026-06-12, or as 12 Jun 2026." if text and date_of(text) is None else ""


def _wrong_money(text: str) -> str:
    try:
        parse_money(text)
    except (QuarterdeckError, ValueError) as error:
        return f"Benefit a month: {error}."
    return ""


_CHECKS: dict[str, Callable[[str], str]] = {
    "value": _wrong_number,
    "baseline": _wrong_number,
    "target": _wrong_number,
    "date": _wrong_day,
    "monthly": _wrong_money,
}
"""What is wrong with the text of a field."""


def _wanted(delivered: Delivered) -> str:
    target = number_of(delivered.card.adoption.target)
    if target is None:
        return "how far it is used, such as 41 or 41 %"
    return f"a number; the target is {number_text(target)} {plain(unit(delivered.card.adoption))}".strip()


def _about(session: Session, delivered: Delivered) -> str:
    """Return what is measured, and its latest figure."""
    adoption, last = delivered.card.adoption, latest(delivered.readings)
    told = [adoption.measure or "How far do people use it?"]
    told.append(f"Delivered on {day_name(delivered.date)}." if day_name(delivered.date) else "Delivered.")
    if last:
        told[-1] += f" It was {figures(delivered)} on {day_name(last.date)}, by {last.by}."
    return "\n".join(map(plain, told))
