"""Which cards are read aloud: those that are not as the room left them last time, and after a first import all, if there is something to read."""

from __future__ import annotations

from sessions.portfolio.models import Project
from sessions.state.session import Session

MOST = 20
"""More cards than this are not read aloud one by one in ten minutes."""


def to_read(session: Session) -> tuple[str, ...]:
    """Return the cards to read aloud, by rank: those that came or changed in this session, and those that are new since the last one.

    After an earlier session they are the new, changed, due and flagged ones.
    Without any earlier rank nothing tells which cards are new: then they are all, if they are few
    and any says more than a title; of many, those that do.
    """
    if session.past is not None:
        from sessions.quarters.aloud import read_again  # noqa: PLC0415 - only in a series

        return tuple(read_again(session))
    old = session.brought
    ranked = any(card.previous_rank is not None for card in session.portfolio.projects)

    def is_due(card: Project) -> bool:
        known = old.get(card.id)
        return known is None or (card is not known and card != known) or (ranked and card.previous_rank is None)

    due = tuple(card for card in session.order if is_due(session.cards[card]))
    if due or ranked:
        return due
    told = tuple(card for card in session.order if _says_more(session.cards[card]))
    if told and len(session.order) <= MOST:
        return session.order  # the room should also hear of those that say too little
    return told if len(told) <= MOST else ()


def _says_more(card: Project) -> bool:
    return bool(card.sponsor or card.description or card.benefit.text)
