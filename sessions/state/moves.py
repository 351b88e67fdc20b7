"""The moves of a session: of one event, and of one card."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.portfolio.order import moved_between
from sessions.record.events import CardMoved, CardsMoved, Event, GroupOrderTaken, Recorded, Redone, Undone, WhatIfKept
from sessions.state.session import Session


def cards_moved_by(event: Event) -> Sequence[str]:
    """Return the cards that an event moved; cards that others only pushed along are not among them."""
    match event:
        case CardMoved(card=card):
            return (card,)
        case CardsMoved(cards=cards):
            return cards
        case GroupOrderTaken(old=old, new=new) | WhatIfKept(old_order=old, new_order=new):
            return moved_between(old, new)
    return ()


def move_meant(recordeds: Sequence[Recorded], event: Event) -> CardMoved | None:
    """Return the move of one card that an event makes, undoes or redoes. `recordeds` is the whole record."""
    seq = event.undoes if isinstance(event, Undone) else event.redoes if isinstance(event, Redone) else 0
    # A record's number is its place in the list, counted from 1.
    meant = recordeds[seq - 1].event if seq else event
    return meant if isinstance(meant, CardMoved) else None


def moved_by(session: Session, card: str) -> Recorded | None:
    """Return a card's latest move by hand that still holds, alone or together with others."""
    for recorded in session.history():
        match recorded.event:
            case CardMoved(card=moved) if moved == card:
                return recorded
            case CardsMoved(cards=moved) if card in moved:
                return recorded
    return None


def last_move(session: Session, card: str) -> CardMoved | None:
    """Return a card's latest move that still holds, with the reason noted then or later."""
    for recorded in session.history():
        if isinstance(recorded.event, CardMoved) and recorded.event.card == card:
            reason = recorded.event.reason or "; ".join(note.text for note in session.notes if note.about == recorded.seq)
            return recorded.event.model_copy(update={"reason": reason})
    return None
