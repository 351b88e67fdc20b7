"""What the detail of a card says about its delivery: since when, how far people use it, what it brings, and whether a reading is due."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.deciding.adopting import adopting_words, delivery, latest, status
from sessions.quarters.adoption import due, realised
from sessions.record.events import Delivered
from sessions.state.session import Session
from sessions.wording import day_name, money_name


def delivery_rows(session: Session, card: str) -> Iterator[tuple[str, str, str]]:
    """Return label, text and style of each row about the delivery of a card."""
    delivered = delivery(session, card)
    if delivered is None:
        return
    reading = latest(delivered.readings)
    yield "Delivered", day_name(delivered.date), ""
    measured = f", measured on {day_name(reading.date)} by {reading.by}" if reading else ""
    yield "Use", f"{adopting_words(delivered)}{measured}", "bold $card-start" if status(delivered) == "adopted" else ""
    if delivered.accepted:
        yield "Enough as it is", delivered.accepted, ""
    if worth := benefit_words(session, delivered):
        yield "Realised", worth, ""
    if any(each.card.id == card for each in due(session)):
        yield "Reading due", "how far do people use it? ctrl+r records it", "$card-wait"


def benefit_words(session: Session, delivered: Delivered) -> str:
    """Return the benefit a month that is realised beside the one promised: $6,500 of $15,500 a month; nothing if it is not known."""
    got, promised = realised(delivered), delivered.card.benefit.monthly
    if got is None:
        return ""
    currency = session.portfolio.currency_of(delivered.card.benefit.currency)
    return f"{money_name(got, currency)}{f' of {money_name(promised, currency)}' if promised else ''} a month"
