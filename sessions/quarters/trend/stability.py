"""How the order of a session compares with that of the session before it: a change of direction, or noise (METHOD 6.4, 6.4b, claim 24)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sessions.deciding.words import COMES_BACK
from sessions.quarters.belonging import belonging
from sessions.quarters.rewriting import rewritten
from sessions.state.moves import last_move
from sessions.state.session import Session
from sessions.voting.agreement import tau_b

BIG_MOVE = 4
"""A card that moved by this many places or more made a big move."""
FIRST = (5, 8)
"""The first places of both orders that are compared."""


class Common(NamedTuple):
    """A card of both orders, with its places among the cards of both."""

    card: str
    was: int
    now: int

    @property
    def places(self) -> int:
        """Return by how many places it moved."""
        return abs(self.was - self.now)


class Stability(NamedTuple):
    """How two orders of the same cards compare. `overlap` is by K: the cards that are in the first K of both."""

    common: tuple[Common, ...]
    tau_b: float | None
    overlap: Mapping[int, int]
    big: tuple[str, ...]
    explained: tuple[str, ...]
    """The big moves of which it is recorded why."""

    @property
    def places(self) -> int:
        """Return by how many places all cards together moved."""
        return sum(each.places for each in self.common)


def stability(session: Session) -> Stability | None:
    """Return how a session's order compares with the earlier one; None if they have no card in common."""
    common = common_cards(session)
    if not common:
        return None
    was, now = {each.card: -each.was for each in common}, {each.card: -each.now for each in common}
    overlap = {k: sum(each.was <= k and each.now <= k for each in common) for k in FIRST if k <= len(common)}
    big = tuple(each.card for each in common if each.places >= BIG_MOVE)
    return Stability(common, tau_b(was, now), overlap, big, tuple(card for card in big if _explained(session, card)))


def common_cards(session: Session) -> tuple[Common, ...]:
    """Return the cards that the earlier order has too, each with its places among them, by their place now."""
    ranks = earlier_ranks(session)
    now = [card for card in session.order if card in ranks]
    was = {card: place for place, card in enumerate(sorted(now, key=ranks.__getitem__), 1)}
    return tuple(Common(card, was[card], place) for place, card in enumerate(now, 1))


def earlier_ranks(session: Session) -> dict[str, int]:
    """Return the ranks that cards of the board had at the end of the earlier session, or without one those that the portfolio's file gives."""
    past = session.past
    if past is None:
        return {card: rank for card in session.order if (rank := session.cards[card].previous_rank) is not None}
    rank_of = {card: rank for rank, card in enumerate(past.order, 1)}
    return {card: rank_of[each.was] for card, each in belonging(session).items() if each.was in rank_of}


def _explained(session: Session, card: str) -> bool:
    """Return whether the record says why a card moved: with its last move by hand, or with the decision that puts it off."""
    move, decision = last_move(session, card), session.decisions.get(card)
    put_off = decision is not None and (decision.word in COMES_BACK or decision.word == "stop")
    return bool(move and move.reason) or bool(put_off and decision and (decision.why or decision.missing))


class RankChanges(NamedTuple):
    """By how many places cards rose whose benefit was put in business terms this quarter, and all others: how many, and the sum of places."""

    cards: int
    rise: int
    others: int
    others_rise: int


def rank_changes(session: Session) -> RankChanges:
    """Return how far cards rose in the order, rewritten ones apart from the others (METHOD 1, claim 24)."""
    new = {each.card.id for each in rewritten(session)}
    rises = [(each.card in new, each.was - each.now) for each in common_cards(session)]
    told, others = [rise for is_new, rise in rises if is_new], [rise for is_new, rise in rises if not is_new]
    return RankChanges(len(told), sum(told), len(others), sum(others))
