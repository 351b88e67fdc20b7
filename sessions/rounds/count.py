"""Revealed ballots, counted: the group's order under both weightings, each side's own order, and how many cards the plan starts of it.

Counting is a pure function of the ballots and the session at the reveal, so that hands, files and the keyboard lead to the same result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sessions.deciding.line import line_rank
from sessions.deciding.session_plan import session_plan
from sessions.record.events import BallotsRevealed, RevealedBallot, RoundOpened, Tally, Weighting
from sessions.rounds.methods.order import SideCount, Votes
from sessions.rounds.methods.registry import order_spec
from sessions.state.session import Session
from sessions.voting.attention import first_k
from sessions.voting.midranks import Midranks
from sessions.voting.points import order_depends_on_counting

WEIGHTINGS: tuple[Weighting, ...] = ("sides", "person")
FIRST_WITHOUT_A_PLAN = 7
"""How many cards count as the first if the portfolio knows no work, and so no plan: about what a quarter starts."""


class RoundCount:
    """The ballots of a round that count: those with a side that do not abstain; and the cards that are still on the board (METHOD 3.6)."""

    def __init__(self, session: Session, opened: RoundOpened, ballots: Sequence[RevealedBallot]) -> None:
        self.spec = order_spec(opened.method)
        self.cards = [card for card in opened.cards if card in session.cards]
        on_board = frozenset(self.cards)
        # If a ballot has no voter (hands, a secret round) its place replaces one: counting needs only to tell them apart.
        counted = {each.voice or f"#{place}": each for place, each in enumerate(ballots) if not each.abstained}
        self.sides = {voice: each.side for voice, each in counted.items()}
        shares = {side: share for side, share in opened.shares if side in set(self.sides.values())} or None
        last_rank = {card: session.cards[card].previous_rank for card in self.cards}
        votes = {voice: self.spec.vote(each, on_board) for voice, each in counted.items()}
        self.votes: Votes[Any] = Votes(votes, self.sides, self.cards, last_rank, shares)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Return the order under both weightings, or nothing if everyone abstained (METHOD 3.1 to 3.3)."""
        return tuple(tally for each in WEIGHTINGS if (tally := self.spec.tally(self.votes, each)))

    @cached_property
    def by_side(self) -> dict[str, SideCount]:
        """Return each side's own order and totals, counted per person."""
        return self.spec.by_side(self.votes)

    @cached_property
    def ranks(self) -> dict[str, Midranks]:
        """Return every voter's mid-ranks, in the order of the cards."""
        return {voice: self.spec.midranks(vote, self.cards) for voice, vote in self.votes.ballots.items()}

    def firsts(self, k: int) -> dict[str, int]:
        """Return how many cards of each ballot count as its first ones, of the K that would start."""
        return {voice: self.spec.firsts(vote, k) for voice, vote in self.votes.ballots.items()}

    @property
    def gifts(self) -> Mapping[str, Mapping[str, int]]:
        """Return what each voter gave each card, if the method shares out an amount."""
        return self.spec.gifts(self.votes)

    def orders_by_side(self, session: Session) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each side's own order, the sides in the session's order."""
        sides = (*session.sides, *sorted(set(self.by_side) - set(session.sides)))
        return tuple((side, tuple(self.by_side[side].order)) for side in sides if side in self.by_side)


def apply_order(session: Session, order: Sequence[str]) -> tuple[str, ...]:
    """Return the board in an order. Cards that were not on the ballot keep their rank: the room did not vote on them."""
    on_ballot = set(order)
    voted = (card for card in order if card in session.cards)
    return tuple(next(voted) if card in on_ballot else card for card in session.order)


def first_cards(session: Session, order: Sequence[str]) -> int:
    """Return how many cards of an order the plan starts in the quarter, or without a plan the room's line: the K of METHOD 4.3."""
    board, on_ballot = apply_order(session, order), set(order)
    plan = session_plan(session, board)
    if not plan.empty:
        return len(order) if plan.cut_rank is None else first_k(1 + sum(card in on_ballot for card in board[: plan.cut_rank - 1]), len(order))
    above = line_rank(session._replace(order=board))
    if above is None:
        return first_k(1 + sum(card in on_ballot for card in board[:FIRST_WITHOUT_A_PLAN]), len(order))
    return max(1, sum(card in on_ballot for card in board[:above]))


def leaves_some_out(session: Session, order: Sequence[str]) -> bool:
    """Return whether a ballot was about some of the cards only; a card that came onto the board later is not counted."""
    return bool({card for card in session.order if card in session.first_ranks}.difference(order))


def first_in_words(session: Session, order: Sequence[str], k: int) -> str:
    """Return what the first K are the first of: of the cards that were voted on, if these are not all."""
    return f"the first {k} of the {len(order)} voted on" if leaves_some_out(session, order) else f"the first {k}"


def depends_on_counting(revealed: BallotsRevealed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cards that are among the first K only under equal sides, and those only with one vote per person (METHOD 3.1)."""
    if len(revealed.tallies) < 2:
        return (), ()
    k = revealed.first_k or FIRST_WITHOUT_A_PLAN
    first, second = (each.order for each in revealed.tallies[:2])
    return order_depends_on_counting(first, second, k)
