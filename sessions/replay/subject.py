"""Which card an event is about: what the eye should rest on while a session is told again."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.record import events as ev
from sessions.record.events import Event, Recorded


def card_of(recordeds: Sequence[Recorded], event: Event) -> str:
    """Return the id of the one card that an event is about, or an empty text. What takes an event back is about the same card."""
    match event:
        case ev.Undone(undoes=seq) | ev.Redone(redoes=seq):
            return card_of(recordeds, recordeds[seq - 1].event) if 0 < seq <= len(recordeds) else ""
        case ev.CardEdited(new=card) | ev.CardAdded(card=card) | ev.CardSplit(first=card) | ev.CardWithdrawn(card=card):
            return card.id
        case ev.DecisionsMade(decisions=decisions):
            return decisions[0].card if len(decisions) == 1 else ""
        case ev.CardMoved(card=card_id) | ev.NoteAdded(card=card_id) | ev.DissentRecorded(card=card_id):
            return card_id
        case ev.QuestionParked(card=card_id) | ev.ActionAgreed(card=card_id):
            return card_id
        case ev.TalkOpened(card=card_id) | ev.TalkClosed(card=card_id) | ev.ConsentAnswered(card=card_id):
            return card_id
        case ev.RoundOpened(asks_order=False, cards=cards):
            return cards[0] if cards else ""
        case ev.BallotsRevealed(round=number):
            opened = (each.event for each in recordeds if isinstance(each.event, ev.RoundOpened) and each.event.round == number)
            return next((card_of(recordeds, each) for each in opened), "")
    return ""


def came_from(recordeds: Sequence[Recorded], event: Event) -> int:
    """Return the rank from which an event took its card, or 0 where it moved none."""
    match event:
        case ev.CardMoved(old=old):
            return old
        case ev.Redone(redoes=seq) if 0 < seq <= len(recordeds):
            return came_from(recordeds, recordeds[seq - 1].event)
        case ev.Undone(undoes=seq) if 0 < seq <= len(recordeds):
            undone = recordeds[seq - 1].event
            return undone.new if isinstance(undone, ev.CardMoved) else 0
    return 0
