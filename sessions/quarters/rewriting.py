"""Benefits put into business terms: their first wording and the present one, and the ranks before and after (METHOD 1, claims 22, 24)."""

from __future__ import annotations

from typing import NamedTuple

from sessions.portfolio.benefits import benefit_words, is_rewritten
from sessions.portfolio.models import Project
from sessions.quarters.belonging import belonging
from sessions.state.session import Session


class Rewritten(NamedTuple):
    """A card whose benefit was reworded. `before` is its rank of last quarter, else the one that it came with."""

    card: Project
    asked: str
    now: str
    before: int | None
    after: int


def rewritten(session: Session) -> tuple[Rewritten, ...]:
    """Return the cards whose benefit was rewritten since the earlier session, by rank; without an earlier one all that were ever."""
    done = _rewritten_before(session)
    return tuple(
        Rewritten(card, card.order_taker_version, benefit_words(card.benefit), rank_before(session, card), rank)
        for rank, card in enumerate(map(session.cards.__getitem__, session.order), 1)
        if is_rewritten(card) and card.id not in done
    )


def rank_before(session: Session, card: Project) -> int | None:
    """Return the rank that a card had last quarter, else the one with which it came to this session."""
    return card.previous_rank if card.previous_rank is not None else session.first_ranks.get(card.id)


def _rewritten_before(session: Session) -> frozenset[str]:
    """Return the cards whose benefit was rewritten by the end of the earlier session."""
    then = {card.id for card in session.past.cards if is_rewritten(card)} if session.past else set()
    return frozenset(card for card, each in belonging(session).items() if each.was in then)
