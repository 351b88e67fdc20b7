"""How far people use what was delivered (METHOD 6.5): its latest reading against baseline and target."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from sessions.portfolio.models import Adoption
from sessions.portfolio.numbers import number_of, number_text, unit_of
from sessions.record.past import Delivered, Reading
from sessions.state.session import Session

Status = Literal["adopted", "below", "not measured", "accepted"]
"""`below` its target; `accepted` there by the room, with a sentence. `not measured` is not a failure: no one knows yet."""


def achieved(adoption: Adoption, value: str) -> Fraction | None:
    """Return how much of the way from baseline to target a reading is, 0 to 1, whichever of the two is higher; None without a way to measure."""
    baseline, target, actual = number_of(adoption.baseline or "0"), number_of(adoption.target), number_of(value)
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return min(Fraction(1), max(Fraction(0), (actual - baseline) / (target - baseline)))


def latest(readings: Sequence[Reading]) -> Reading | None:
    """Return the reading of the latest date; of two of the same date, the one recorded last."""
    return max(enumerate(readings), key=lambda each: (each[1].date, each[0]), default=(0, None))[1]


def reached(delivered: Delivered) -> Fraction | None:
    """Return how far the latest reading is, 0 to 1; None if no one measured it, or there is no target to compare with."""
    reading = latest(delivered.readings)
    return achieved(delivered.card.adoption, reading.value) if reading else None


def status(delivered: Delivered) -> Status:
    """Return whether people use what was delivered."""
    far = reached(delivered)
    if far == 1:
        return "adopted"
    if delivered.accepted:
        return "accepted"
    return "not measured" if far is None else "below"


def is_done(delivered: Delivered) -> bool:
    """Return whether its adoption is over: the target is reached, or the room accepted it below."""
    return status(delivered) in ("adopted", "accepted")


def deliveries(session: Session) -> tuple[Delivered, ...]:
    """Return the deliveries as they are now: each card as on the board, if it is there, and accepted if the room decided so."""
    return tuple(_as_it_stands(session, each) for each in session.delivered.values())


def delivery(session: Session, card: str) -> Delivered | None:
    """Return the delivery of a card as it is now; None if it was not delivered."""
    known = session.delivered.get(card)
    return _as_it_stands(session, known) if known else None


def _as_it_stands(session: Session, delivered: Delivered) -> Delivered:
    card, decision = session.cards.get(delivered.card.id), session.decisions.get(delivered.card.id)
    accepted = decision.why if decision and decision.word == "accept_below_target" else ""
    if card in (None, delivered.card) and not accepted:
        return delivered
    return delivered.model_copy(update={"card": card or delivered.card, "accepted": accepted or delivered.accepted})


def unit(adoption: Adoption) -> str:
    """Return the unit of an adoption's figures: %, hours."""
    return unit_of(adoption.target) or ("%" if "%" in adoption.measure else "")


def figures(delivered: Delivered) -> str:
    """Return the latest reading beside its target: 41 of 70 %; if lower is better: 1.2, target 0.5 hours. Nothing without a reading."""
    reading, adoption = latest(delivered.readings), delivered.card.adoption
    if reading is None:
        return ""
    baseline, target = number_of(adoption.baseline or "0"), number_of(adoption.target)
    tail = f" {unit(adoption)}" if unit(adoption) else ""
    if target is None:
        return f"{reading.value}{tail}"
    lower = baseline is not None and target < baseline
    return f"{reading.value}{', target' if lower else ' of'} {number_text(target)}{tail}"


def adopting_words(delivered: Delivered) -> str:
    """Return how a delivered card is doing, in a few words: adopting · 41 of 70 %."""
    told = {"adopted": "in use", "below": "adopting", "not measured": "adopting", "accepted": "accepted below target"}[status(delivered)]
    return f"{told} · {figures(delivered) or 'not measured'}"
