"""What a session says of the one before it, and of what was delivered, as plain values."""

from __future__ import annotations

from typing import Any

from sessions.record.events import Delivered
from sessions.state.session import Session


def exported_quarters(session: Session) -> dict[str, Any]:
    """Return the outcomes of the earlier session's decisions, what became of its other cards, deliveries, and answers of new sponsors."""
    return {
        "outcomes": [each.model_dump(mode="json") for each in session.outcomes.values()],
        "fates": [each.model_dump(mode="json") for each in session.fates.values()],
        "links": [{"card": card, "was": was or None} for card, was in session.links.items()],
        "delivered": [_delivered(each) for each in session.delivered.values()],
        "sponsor_answers": [{"card": each.card, "sponsor": each.sponsor, "confirmed": each.confirmed} for each in session.sponsor_answers.values()],
    }


def _delivered(delivered: Delivered) -> dict[str, Any]:
    card = delivered.card
    return {
        "card": card.id,
        "title": card.title,
        "sponsor": card.sponsor,
        "date": delivered.date,
        "quarter": delivered.quarter,
        "adoption": card.adoption.model_dump(mode="json"),
        "benefit_monthly": card.benefit.monthly,
        "readings": [each.model_dump(mode="json", exclude={"card"}) for each in delivered.readings],
        "accepted": delivered.accepted or None,
    }
