"""What happened to a card in a session."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.record.events import CardEdited, CardMoved, CardsMerged, CardsMoved, CardSplit, NoteAdded, SponsorAnswered
from sessions.state.session import Session
from sessions.wording import plural

MOVES_SHOWN = 3


def merged_from(session: Session, card: str) -> Iterator[tuple[str, ...]]:
    """Return the titles of the cards that were merged into a card, once per merger."""
    for recorded in session.history():
        if isinstance(event := recorded.event, CardsMerged) and event.merged.id == card:
            yield tuple(part.title for part in event.parts)


def happened(session: Session, card: str) -> Iterator[tuple[str, str]]:
    """Return what happened to a card, the latest first: a word for it, and the text."""
    shown = 0
    reasons = {note.about: note.text for note in session.notes if note.about}
    for recorded in session.history():
        event = recorded.event
        if isinstance(event, CardMoved) and event.card == card and shown < MOVES_SHOWN:
            shown += 1
            asked = f", {session.role(event.asked_by)} asked" if event.asked_by else ""
            reason = event.reason or reasons.get(recorded.seq, "")
            yield "Moved", f"{event.old} → {event.new}{asked}{f': “{reason}”' if reason else ''}"
        elif isinstance(event, CardsMoved) and card in event.cards and shown < MOVES_SHOWN:
            shown += 1
            place, reason = event.cards.index(card), event.reason or reasons.get(recorded.seq, "")
            why = f": “{reason}”" if reason else ""
            yield "Moved", f"{event.old[place]} → {event.new + place}, with {plural(len(event.cards) - 1, 'other')}{why}"
        elif isinstance(event, NoteAdded) and event.card == card and not event.about:
            yield "Noted", f"{event.text}{f' ({session.role(event.asked_by)})' if event.asked_by else ''}"
        elif isinstance(event, CardEdited) and event.new.id == card:
            yield "Edited", ", ".join(event.changed).replace("_", " ")
        elif isinstance(event, SponsorAnswered) and event.card == card:
            yield "Confirmed by" if event.confirmed else "Handed back by", event.sponsor
        elif isinstance(event, CardSplit) and card in (event.first.id, event.second.id):
            yield "Split", f"{event.old.title} into {event.first.title} and {event.second.title}"
