"""Which cards are read aloud: the new and incomplete ones."""

from __future__ import annotations

from sessions.portfolio.models import Project
from sessions.state.session import Session

MOST = 20
"""More cards than this are not read aloud one by one in ten minutes."""


def to_read(session: Session) -> tuple[str, ...]:
    """Return the cards to read aloud, by rank: those that came or changed in this session, and those that are new since the last one.

    A portfolio without any earlier rank has nothing that would tell its new cards: then they are all that say more than a title, if they are few.
    """
    old = {card.id: card for card in session.portfolio.projects}
    ranked = any(card.previous_rank is not None for card in session.portfolio.projects)

    def is_due(card: Project) -> bool:
        known = old.get(card.id)
        return known is None or (card is not known and card != known) or (ranked and card.previous_rank is None)

    due = tuple(card for card in session.order if is_due(session.cards[card]))
    if due or ranked:
        return due
    told = tuple(card for card in session.order if _says_more(session.cards[card]))
    return told if len(told) <= MOST else ()


def _says_more(card: Project) -> bool:
    return bool(card.sponsor or card.description or card.benefit.text)
