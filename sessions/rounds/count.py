"""Revealed ballots, counted: the group's order under both weightings, each side's own order, and how many cards the plan starts of it.

Counting is a pure function of the ballots and the session at the reveal, so that hands, files and the keyboard lead to the same result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.deciding.session_plan import ordered_plan
from sessions.record.events import BallotsRevealed, RevealedBallot, RoundOpened, Tally, Weighting
from sessions.state.session import Session
from sessions.voting.attention import first_k
from sessions.voting.points import side_orders, tally_points
from sessions.voting.ranking import ranking_side_orders, tally_ranking

WEIGHTINGS: tuple[Weighting, ...] = ("sides", "person")
FIRST_WITHOUT_A_PLAN = 7
"""How many cards count as the first where the portfolio knows no work, and so no plan: about what a quarter starts."""


class Counted:
    """The ballots of a round that count: who did not abstain, with a side; and the cards that are still on the board (METHOD 3.6)."""

    def __init__(self, session: Session, opened: RoundOpened, ballots: Sequence[RevealedBallot]) -> None:
        self.opened = opened
        self.cards = [card for card in opened.cards if card in session.cards]
        # Where a ballot has no voice (hands, a secret round) its place stands for one: counting needs only to tell them apart.
        self.ballots = {each.voice or f"#{place}": each for place, each in enumerate(ballots) if not each.abstained}
        self.sides = {voice: each.side for voice, each in self.ballots.items()}
        self.last_rank = {card: session.cards[card].previous_rank for card in self.cards}
        self.shares = {side: share for side, share in opened.shares if side in set(self.sides.values())} or None

    def points(self) -> dict[str, dict[str, int]]:
        """Return the points by voice and card; those of a withdrawn card are void."""
        on_board = set(self.cards)
        return {voice: {card: given for card, given in each.points if card in on_board} for voice, each in self.ballots.items()}

    def rankings(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Return the rankings by voice."""
        return {voice: each.ranking for voice, each in self.ballots.items()}


def tallies(counted: Counted) -> tuple[Tally, ...]:
    """Return the order under both weightings, or nothing where everybody abstained (METHOD 3.1 to 3.3)."""
    found = (_points(counted, each) if counted.opened.method == "points" else _ranking(counted, each) for each in WEIGHTINGS)
    return tuple(each for each in found if each)


def _points(counted: Counted, weighting: Weighting) -> Tally | None:
    result = tally_points(counted.points(), counted.sides, counted.cards, weighting, counted.last_rank, counted.shares)
    if result is None:
        return None
    totals = tuple(result.totals[card] for card in result.order)
    means = tuple(result.mean_tenths[card] for card in result.order)
    return Tally(weighting=weighting, order=tuple(result.order), totals=totals, mean_tenths=means)


def _ranking(counted: Counted, weighting: Weighting) -> Tally | None:
    result = tally_ranking(counted.rankings(), counted.sides, counted.cards, weighting, counted.last_rank, counted.shares)
    if result is None:
        return None
    net = tuple(result.net[card] for card in result.order)
    duels = tuple((result.duels[card].won, result.duels[card].lost) for card in result.order)
    return Tally(weighting=weighting, order=tuple(result.order), totals=net, duels=duels)


def orders_by_side(session: Session, counted: Counted) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each side's own order, counted per person, the sides in the session's order."""
    if counted.opened.method == "points":
        orders: Mapping[str, tuple[str, ...]] = side_orders(counted.points(), counted.sides, counted.cards, counted.last_rank)
    else:
        orders = ranking_side_orders(counted.rankings(), counted.sides, counted.cards, counted.last_rank)
    return tuple((side, tuple(orders[side])) for side in (*session.sides, *sorted(set(orders) - set(session.sides))) if side in orders)


def laid(session: Session, order: Sequence[str]) -> tuple[str, ...]:
    """Return the board with an order laid onto it. Cards that were not on the ballot keep their rank: the room did not vote on them."""
    on_ballot = set(order)
    voted = (card for card in order if card in session.cards)
    return tuple(next(voted) if card in on_ballot else card for card in session.order)


def first_cards(session: Session, order: Sequence[str]) -> int:
    """Return how many cards of an order the plan starts in the quarter: the K of METHOD 4.3."""
    board = laid(session, order)
    plan = ordered_plan(session, board)
    if plan.empty:
        return min(FIRST_WITHOUT_A_PLAN, max(1, len(order) - 1))
    cut = plan.cut_rank
    if cut is None:
        return len(order)
    on_ballot = set(order)
    return first_k(1 + sum(card in on_ballot for card in board[: cut - 1]), len(order))


def depends_on_counting(revealed: BallotsRevealed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cards that are among the first K only under equal sides, and those only under one voice a person (METHOD 3.1)."""
    if len(revealed.tallies) < 2:
        return (), ()
    k = revealed.first_k or FIRST_WITHOUT_A_PLAN
    first, second = (each.order for each in revealed.tallies[:2])
    return tuple(card for card in first[:k] if card not in second[:k]), tuple(card for card in second[:k] if card not in first[:k])
