"""Benefits put into business terms: how they were asked for, how they read now, and the ranks before and after (METHOD 1, claims 22, 24)."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from sessions.portfolio.benefits import benefit_words, is_rewritten
from sessions.portfolio.models import Project
from sessions.quarters.belonging import belonging
from sessions.state.session import Session

FEWEST = 3
"""Cards of a kind from which their mean says something."""


class Rewritten(NamedTuple):
    """A card whose benefit reads otherwise than it was asked for. `before` is its rank of last quarter, else the one that it came with."""

    card: Project
    asked: str
    now: str
    before: int | None
    after: int


class RankChanges(NamedTuple):
    """By how many places the rewritten cards and the others went up since last quarter, on average (negative: down); and how many they are."""

    rewritten: Fraction
    others: Fraction
    cards: int
    other_cards: int


def rewritten(session: Session) -> tuple[Rewritten, ...]:
    """Return the cards whose benefit was rewritten since the earlier session, by rank; without an earlier one all that were ever."""
    before = _earlier_words(session)
    return tuple(
        Rewritten(card, card.order_taker_version, benefit_words(card.benefit), rank_before(session, card), rank)
        for rank, card in enumerate(map(session.cards.__getitem__, session.order), 1)
        if is_rewritten(card) and before.get(card.id) != benefit_words(card.benefit)
    )


def rank_before(session: Session, card: Project) -> int | None:
    """Return the rank that a card had last quarter, else the one with which it came to this session."""
    return card.previous_rank if card.previous_rank is not None else session.first_ranks.get(card.id)


def _earlier_words(session: Session) -> dict[str, str]:
    """Return how the benefits of the cards read at the end of the earlier session."""
    words = {card.id: benefit_words(card.benefit) for card in session.past.cards} if session.past else {}
    return {card: words[each.was] for card, each in belonging(session).items() if each.was in words}


def rank_changes(session: Session) -> RankChanges | None:
    """Compare the cards that were rewritten with the others that had a rank last quarter; None while either are fewer than three."""
    new = {each.card.id for each in rewritten(session)}
    up = {card: before - rank for rank, card in enumerate(session.order, 1) if (before := session.cards[card].previous_rank) is not None}
    told, others = [by for card, by in up.items() if card in new], [by for card, by in up.items() if card not in new]
    if min(len(told), len(others)) < FEWEST:
        return None
    return RankChanges(Fraction(sum(told), len(told)), Fraction(sum(others), len(others)), len(told), len(others))
