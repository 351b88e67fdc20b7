"""What each event between two sessions does, and how undo reverts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from sessions.portfolio.models import Adoption, Project
from sessions.record import events as ev
from sessions.record.base import Event
from sessions.record.past import Delivered
from sessions.state.builder import SessionBuilder, without
from sessions.state.session import Withdrawn

if TYPE_CHECKING:
    from sessions.record.events import LeftoverAnswer

Item = TypeVar("Item")


def _confirm(builder: SessionBuilder, event: ev.OutcomesConfirmed) -> None:
    builder.outcomes = {**builder.outcomes, **{each.card: each for each in event.outcomes}}


def _unconfirm(builder: SessionBuilder, event: ev.OutcomesConfirmed) -> None:
    said = {each.card for each in event.outcomes}
    others = {card: each for card, each in builder.outcomes.items() if card not in said}
    builder.outcomes = {**others, **{each.card: each for each in event.old}}


def _deliver(builder: SessionBuilder, event: ev.CardDelivered) -> None:
    card = event.delivered.card
    if event.old is not None:
        builder.cards[card.id]  # raises KeyError if it is not on the board
        builder.replace_card(card)
    builder.delivered = {**builder.delivered, card.id: event.delivered}


def _undeliver(builder: SessionBuilder, event: ev.CardDelivered) -> None:
    if event.old is not None:
        builder.replace_card(event.old)
    builder.delivered = without(builder.delivered, event.delivered.card.id)


def _measure(builder: SessionBuilder, event: ev.AdoptionMeasured) -> None:
    known = builder.delivered[event.reading.card]
    readings = (*known.readings, event.reading)
    builder.delivered = {**builder.delivered, event.reading.card: known.model_copy(update={"readings": readings})}
    _put_right(builder, event.reading.card, event.adoption)


def _put_right(builder: SessionBuilder, card: str, adoption: Adoption | None) -> None:
    """Correct the adoption of a delivered card, on the board too if it is there."""
    if adoption is None:
        return
    if card in builder.cards:
        builder.replace_card(builder.cards[card].model_copy(update={"adoption": adoption}))
    else:
        known = builder.delivered[card]
        builder.delivered = {**builder.delivered, card: known.model_copy(update={"card": known.card.model_copy(update={"adoption": adoption})})}


def _unmeasure(builder: SessionBuilder, event: ev.AdoptionMeasured) -> None:
    known = builder.delivered[event.reading.card]
    builder.delivered = {**builder.delivered, event.reading.card: known.model_copy(update={"readings": known.readings[:-1]})}
    _put_right(builder, event.reading.card, event.old)


def _accept(builder: SessionBuilder, card: str, sentence: str) -> None:
    builder.delivered = {**builder.delivered, card: builder.delivered[card].model_copy(update={"accepted": sentence})}


def _put(known: Mapping[str, Item], card: str, item: Item | None) -> Mapping[str, Item]:
    """Return a mapping with an item, or without it for None."""
    return without(known, card) if item is None else {**known, card: item}


def _answer_fate(builder: SessionBuilder, event: ev.FateAnswered) -> None:
    builder.fates = _put(builder.fates, event.new.card, event.new)
    _redeliver(builder, event.old_delivered, event.delivered)
    if event.card:
        _bring(builder, event, event.card) if event.new.fate == "here" else _remove(builder, event, event.card)


def _take_fate_back(builder: SessionBuilder, event: ev.FateAnswered) -> None:
    builder.fates = _put(builder.fates, event.new.card, event.old)
    _redeliver(builder, event.delivered, event.old_delivered)
    if event.card:
        _remove(builder, event, event.card) if event.new.fate == "here" else _bring(builder, event, event.card)


def _redeliver(builder: SessionBuilder, old: Delivered | None, new: Delivered | None) -> None:
    """Replace one delivery by another; either may be missing."""
    if old is not None:
        builder.delivered = without(builder.delivered, old.card.id)
    if new is not None:
        builder.delivered = {**builder.delivered, new.card.id: new}


def _bring(builder: SessionBuilder, event: ev.FateAnswered, card: Project) -> None:
    builder.add_card(card, event.rank)
    if event.reason:
        builder.withdrawn = without(builder.withdrawn, card.id)
    if event.decision:
        builder.decisions = {**builder.decisions, card.id: event.decision}


def _remove(builder: SessionBuilder, event: ev.FateAnswered, card: Project) -> None:
    builder.remove_card(card.id)
    if event.reason:
        builder.withdrawn = {**builder.withdrawn, card.id: Withdrawn(card, event.reason)}
    if event.decision:
        builder.decisions = without(builder.decisions, card.id)


def _link(builder: SessionBuilder, event: ev.CardLinked) -> None:
    builder.links = _put(builder.links, event.card, event.was)
    if event.after:
        builder.replace_card(event.after)


def _unlink(builder: SessionBuilder, event: ev.CardLinked) -> None:
    builder.links = _put(builder.links, event.card, event.old)
    if event.before:
        builder.replace_card(event.before)


def _answer_sponsor(builder: SessionBuilder, event: ev.SponsorAnswered) -> None:
    builder.sponsor_answers = _put(builder.sponsor_answers, event.card, event)
    _name_sponsor(builder, event.card, event.sponsor if event.confirmed else "")


def _take_sponsor_back(builder: SessionBuilder, event: ev.SponsorAnswered) -> None:
    before = None if event.old is None else ev.SponsorAnswered(card=event.card, sponsor=event.old_sponsor, confirmed=event.old)
    builder.sponsor_answers = _put(builder.sponsor_answers, event.card, before)
    _name_sponsor(builder, event.card, event.named)


def _name_sponsor(builder: SessionBuilder, card: str, sponsor: str) -> None:
    builder.replace_card(builder.cards[card].model_copy(update={"sponsor": sponsor}))


def _leftover(builder: SessionBuilder, event: ev.LeftoverAnswered, answer: LeftoverAnswer | None) -> None:
    builder.leftovers = _put(builder.leftovers, f"{event.what} {event.number}", answer)


Write = Callable[[SessionBuilder, Any], object]

QUARTERS: dict[type[Event], tuple[Write, Write]] = {
    ev.OutcomesConfirmed: (_confirm, _unconfirm),
    ev.FateAnswered: (_answer_fate, _take_fate_back),
    ev.CardLinked: (_link, _unlink),
    ev.CardDelivered: (_deliver, _undeliver),
    ev.AdoptionMeasured: (_measure, _unmeasure),
    ev.AdoptionAccepted: (
        lambda builder, event: _accept(builder, event.card, event.sentence),
        lambda builder, event: _accept(builder, event.card, event.old),
    ),
    ev.SponsorAnswered: (_answer_sponsor, _take_sponsor_back),
    ev.LeftoverAnswered: (
        lambda builder, event: _leftover(builder, event, event.answer),
        lambda builder, event: _leftover(builder, event, event.old),
    ),
}
"""Every event between two sessions: what applies it, and what reverts it."""
