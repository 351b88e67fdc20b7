"""What a session says about the one before it, and about what was delivered, as plain values."""

from __future__ import annotations

from typing import Any

from sessions.deciding.adopting import deliveries, reached, status
from sessions.quarters.adoption import adopted, due, looked_at, value_realised
from sessions.quarters.again import again
from sessions.quarters.belonging import belonging
from sessions.quarters.changes import changes_since
from sessions.quarters.look_back import outcomes_of
from sessions.quarters.promises import causes, decisions_kept, not_before_kept
from sessions.quarters.trend.measures import measures_of, value_of
from sessions.record.events import Delivered
from sessions.state.session import Session


def exported_quarters(session: Session) -> dict[str, Any]:
    """Return the outcomes of the earlier session's decisions, what became of its other cards, deliveries, and answers of new sponsors."""
    return {
        "measures": {**measures_of(session), "value": value_of(session)},
        "changes": _changes(session),
        "vote_again": {reason: list(cards) for reason, cards in again(session).items()},
        "belonging": _belonging(session),
        "look_back": _look_back(session),
        "outcomes": [each.model_dump(mode="json") for each in session.outcomes.values()],
        "fates": [each.model_dump(mode="json") for each in session.fates.values()],
        "links": [{"card": card, "was": was or None} for card, was in session.links.items()],
        **_adoption(session),
        "leftovers": _leftovers(session),
        "sponsor_answers": [{"card": each.card, "sponsor": each.sponsor, "confirmed": each.confirmed} for each in session.sponsor_answers.values()],
    }


def _leftovers(session: Session) -> list[dict[str, Any]]:
    """Return the actions and parked questions of the earlier session, each with what became of it: None if no one said."""
    past = session.past
    if past is None:
        return []
    actions = [("action", number, each.what, each.who, each.by_when) for number, each in enumerate(past.actions, 1)]
    parked = [("parked", number, each.text, each.asked_by, None) for number, each in enumerate(past.parked, 1)]
    return [
        {"what": what, "text": text, "who": who, "by_when": day, "answer": session.leftovers.get(f"{what} {number}")}
        for what, number, text, who, day in (*actions, *parked)
    ]


def _changes(session: Session) -> dict[str, Any] | None:
    """Return what changed since the earlier session: None without one."""
    changes = changes_since(session)
    if changes is None:
        return None
    return {
        "since": changes.past.session,
        "quarter": changes.past.quarter or None,
        "days": changes.days,
        "objectives": {
            "new": [each.text for each in changes.new_objectives],
            "gone": [each.text for each in changes.gone_objectives],
            "ranked": [each._asdict() for each in changes.ranked],
        },
        "decider": {"before": changes.decider[0], "after": changes.decider[1]} if changes.decider else None,
        "people": {
            "left": [each.role for each in changes.left],
            "joined": [each.role for each in changes.joined],
            "changed": [{"before": old.model_dump(mode="json"), "after": new.model_dump(mode="json")} for old, new in changes.roles],
        },
        "sponsors": {
            "left": list(changes.lost),
            "new": [{"card": each.card, "sponsor": each.sponsor, "before": each.before or None} for each in changes.sponsors],
        },
        "teams": [{"name": each.name, "before": _people(each.before), "after": _people(each.after)} for each in changes.teams],
        "cards": {
            "new": list(changes.new),
            "unclear": list(changes.unclear),
            "stopped_before": list(changes.stopped),
            "gone": [{"id": card.id, "title": card.title} for card in changes.gone],
            "edited": [each._asdict() for each in changes.edits],
        },
    }


def _belonging(session: Session) -> list[dict[str, Any]]:
    """Return which earlier card each card is, its rank there, why it is back, and for how many sessions nothing moved, by rank."""
    its = belonging(session)
    ranks = {card: rank for rank, card in enumerate(session.past.order, 1)} if session.past else {}
    return [
        {**its[card].model_dump(mode="json", exclude={"back"}), "earlier_rank": ranks.get(its[card].was), "back": its[card].back or None}
        for card in session.order
        if card in its
    ]


def _people(number: int | None) -> float | None:
    return None if number is None else number / 10


def _adoption(session: Session) -> dict[str, Any]:
    """Return every delivery with how far people use it, and the counts over those that this session looks at."""
    seen, waiting = looked_at(session), {each.card.id for each in due(session)}
    return {
        "delivered": [{**_delivered(each), "reading_due": each.card.id in waiting} for each in deliveries(session)],
        "adopted": adopted(seen)._asdict(),
        "value_realised": value_realised(seen, session.portfolio.currency)._asdict(),
    }


def _look_back(session: Session) -> dict[str, Any] | None:
    """Return the count of the earlier session's kept decisions, of those that can be judged, and why the others failed."""
    if session.past is None:
        return None
    said = outcomes_of(session)
    return {
        "quarter": session.past.quarter,
        **decisions_kept(said.values())._asdict(),
        "not_before": not_before_kept(session.past, said)._asdict(),
        "causes": causes(said.values()),
    }


def _delivered(delivered: Delivered) -> dict[str, Any]:
    card, far = delivered.card, reached(delivered)
    return {
        "card": card.id,
        "title": card.title,
        "sponsor": card.sponsor,
        "date": delivered.date,
        "quarter": delivered.quarter,
        "adoption": card.adoption.model_dump(mode="json"),
        "benefit_monthly": card.benefit.monthly,
        "readings": [each.model_dump(mode="json", exclude={"card"}) for each in delivered.readings],
        "status": status(delivered),
        "reached": None if far is None else round(float(far), 3),
        "accepted": delivered.accepted or None,
    }
