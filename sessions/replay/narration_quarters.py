"""Narration of what happens between a session and the one before it."""

from __future__ import annotations

from collections import Counter

from sessions.deciding.adopting import delivery, figures
from sessions.quarters.promises import OUTCOMES, outcome_words
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.replay.narration_rounds import Narrator
from sessions.state.session import Session
from sessions.wording import day_name, money_name, plural, sentence


def past_title(session: Session, card: str) -> str:
    """Return the title of a card of the earlier session, by its id there, or the id."""
    cards = session.past.cards if session.past else ()
    return next((each.title for each in cards if each.id == card), card)


def _delivered_title(session: Session, card: str) -> str:
    return session.delivered[card].card.title if card in session.delivered else session.title_of(card)


def _outcomes(session: Session, event: ev.OutcomesConfirmed) -> str:
    if len(event.outcomes) == 1:
        only = event.outcomes[0]
        note = f": {only.note}" if only.note else ""
        return sentence(f"{past_title(session, only.card)}: {outcome_words(only)}{note}")
    counts = Counter(each.outcome for each in event.outcomes)
    if set(counts) == {"open"}:
        return f"What became of {plural(counts['open'], 'decision')} stays open."
    words = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if outcome in counts)
    return f"{plural(len(event.outcomes), 'outcome')} confirmed: {words}."


_FATES = {"delivered": "was delivered", "dropped": "was dropped", "here": "is still here"}


def _fate(session: Session, event: ev.FateAnswered) -> str:
    what = f"was merged into {session.title_of(event.new.into)}" if event.new.fate == "merged" else _FATES[event.new.fate]
    if event.delivered:
        what = f"{what} on {day_name(event.delivered.date)}"
    return sentence(f"{past_title(session, event.new.card)} {what}")


def _link(session: Session, event: ev.CardLinked) -> str:
    title = session.title_of(event.card)
    return sentence(f"{title} is {past_title(session, event.was)} of the earlier session" if event.was else f"{title} is a new card")


def _reading(session: Session, event: ev.AdoptionMeasured) -> str:
    reading, known = event.reading, delivery(session, event.reading.card)
    if known and event.adoption:
        known = known.model_copy(update={"card": known.card.model_copy(update={"adoption": event.adoption})})
    told = figures(known.model_copy(update={"readings": (reading,)})) if known else reading.value
    worth = ""
    if reading.monthly is not None:
        currency = session.portfolio.currency_of(known.card.benefit.currency if known else "")
        worth = f"; it brings {money_name(reading.monthly, currency)} a month"
    return sentence(f"{_delivered_title(session, reading.card)}: {told}, measured on {day_name(reading.date)} by {reading.by}{worth}")


def _acceptance(session: Session, event: ev.AdoptionAccepted) -> str:
    return sentence(f"{_delivered_title(session, event.card)} was accepted below its target: {event.sentence}")


def _sponsor(session: Session, event: ev.SponsorAnswered) -> str:
    return sentence(f"{event.sponsor} {'confirmed' if event.confirmed else 'handed back'} {session.title_of(event.card)}")


_LEFTOVERS = {
    "action": {"done": "was done", "open": "is still open", "dropped": "was dropped"},
    "parked": {"done": "was answered", "open": "stays parked", "dropped": "was dropped"},
}


def _leftover(session: Session, event: ev.LeftoverAnswered) -> str:
    past = session.past
    texts = () if past is None else tuple(each.what for each in past.actions) if event.what == "action" else tuple(each.text for each in past.parked)
    text = texts[event.number - 1] if event.number <= len(texts) else "?"
    return sentence(f"“{text}” {_LEFTOVERS[event.what][event.answer]}")


QUARTER_NARRATORS: dict[type[Event], Narrator] = {
    ev.OutcomesConfirmed: _outcomes,
    ev.FateAnswered: _fate,
    ev.CardLinked: _link,
    ev.CardDelivered: lambda _, event: sentence(f"{event.delivered.card.title} was delivered on {day_name(event.delivered.date)}"),
    ev.AdoptionMeasured: _reading,
    ev.AdoptionAccepted: _acceptance,
    ev.SponsorAnswered: _sponsor,
    ev.LeftoverAnswered: _leftover,
}
