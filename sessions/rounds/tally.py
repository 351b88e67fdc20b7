"""Ballots counted outside a session: a portfolio and ballots in; the order, its agreement and what to talk about out (METHOD 3, 4).

For scripts, and for checking the counting against published results. A session counts by the same rules (`counting`, `reading`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from sessions.imports.ballots.values import Points
from sessions.portfolio.models import Portfolio
from sessions.rounds.count import FIRST_WITHOUT_A_PLAN
from sessions.sequencing.schedule import schedule
from sessions.voting.agreement import Agreement, agreement
from sessions.voting.attention import CardAttention, attention_by_card, first_k, order_for_talk
from sessions.voting.midranks import Midranks
from sessions.voting.points import points_midranks, side_results, tally_points
from sessions.voting.ranking import Ranking, RankingResult, points_as_ranking, ranking_midranks, ranking_side_results, tally_ranking
from sessions.voting.weights import Weighting

TallyMethod = Literal["points", "ranking"]
B = TypeVar("B")
SIDE_ORDER = ("business", "it")
"""The sides that a gap is told between: the first one's mean minus the second one's (METHOD 4.3)."""


@dataclass(frozen=True, slots=True)
class Votes(Generic[B]):
    """The ballots that count, by voice, with the side of every voice; `shares` weighs the sides, None: equally."""

    ballots: Mapping[str, B]
    sides: Mapping[str, str]
    shares: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Tallied:
    """What ballots say under one weighting. Totals are weighted points, or net Borda of rankings; `places` are the sides' own orders."""

    method: TallyMethod
    weighting: Weighting
    portfolio: Portfolio
    order: tuple[str, ...]
    totals: Mapping[str, int]
    duels: RankingResult
    """The duels between all cards, from the same ballots."""
    ranks: Mapping[str, Midranks]
    sides: Mapping[str, str]
    side_totals: Mapping[str, Mapping[str, int]]
    side_orders: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, int] | None = None
    """How much a side counts beside the others; None: where every side weighs the same, or every person."""

    @cached_property
    def agreement(self) -> Agreement:
        """Return how far the voices agree (METHOD 4.1, 4.2)."""
        return agreement(self.ranks, self.sides, self.side_totals)

    @cached_property
    def k(self) -> int:
        """Return how many cards of this order would start in the quarter (METHOD 4.3)."""
        plan = schedule(self.portfolio, {card.id: card for card in self.portfolio.projects}, self.order)
        if plan.empty:
            return min(FIRST_WITHOUT_A_PLAN, max(1, len(self.order) - 1))
        return first_k(plan.cut_rank, len(self.order))

    @cached_property
    def attention(self) -> tuple[CardAttention, ...]:
        """Return the figures of every card, the one most worth talking about first (METHOD 4.3)."""
        found = attention_by_card([card.id for card in self.portfolio.projects], self.ranks, self.sides, self.k, SIDE_ORDER)
        rank = {card: place for place, card in enumerate(self.order, 1)}
        key_teams = {team.id for team in self.portfolio.teams if team.key}
        weeks = {card.id: sum(work.effort for work in card.work if work.team in key_teams) for card in self.portfolio.projects}
        return tuple(found[card] for card in order_for_talk(found, red=(), inside=(), key_weeks=weeks, rank=rank))

    def as_data(self) -> dict[str, Any]:
        """Return the tally for a script. Figures that are not defined are null."""
        first, agreed = set(self.order[: self.k]), self.agreement
        return {
            "method": self.method,
            "weights": "shares" if self.shares else self.weighting,
            "shares": dict(self.shares) if self.shares else None,
            "order": list(self.order),
            "totals": dict(self.totals),
            "margins": self.duels.margins,
            "borda": self.duels.net,
            "agreement": {
                "w_all": _number(agreed.w_all),
                "w_by_side": {side: _number(w) for side, w in agreed.w_by_side.items()},
                "tau_b": agreed.tau_b,
            },
            "attention": [
                {
                    "id": each.card,
                    "attention": float(each.attention),
                    "contention": float(each.contention),
                    "gap": float(each.gap),
                    "in_first_k": each.card in first,
                }
                for each in self.attention
            ],
        }


def tally_of_points(portfolio: Portfolio, votes: Votes[Points], weighting: Weighting) -> Tallied | None:
    """Count points ballots (METHOD 3.2); None where there is none. Raises ValueError for shares that do not fit the sides."""
    cards, last = _cards(portfolio)
    rankings = {voice: points_as_ranking(points) for voice, points in votes.ballots.items()}
    duels = tally_ranking(rankings, votes.sides, cards, weighting, last, votes.shares)
    result = tally_points(votes.ballots, votes.sides, cards, weighting, last, votes.shares)
    if result is None or duels is None:
        return None
    ranks = {voice: points_midranks(points, cards) for voice, points in votes.ballots.items()}
    by_side = side_results(votes.ballots, votes.sides, cards, last)
    return Tallied(
        "points", weighting, portfolio, result.order, result.totals, duels, ranks, votes.sides,
        {side: its.totals for side, its in by_side.items()}, {side: its.order for side, its in by_side.items()}, _counting(votes, weighting),
    )  # fmt: skip


def tally_of_rankings(portfolio: Portfolio, votes: Votes[Ranking], weighting: Weighting) -> Tallied | None:
    """Count ranking ballots (METHOD 3.3); None where there is none. Raises ValueError for shares that do not fit the sides."""
    cards, last = _cards(portfolio)
    result = tally_ranking(votes.ballots, votes.sides, cards, weighting, last, votes.shares)
    if result is None:
        return None
    # A file of a whole election has few different ballots.
    known = {ranking: ranking_midranks(ranking, cards) for ranking in set(votes.ballots.values())}
    ranks = {voice: known[ranking] for voice, ranking in votes.ballots.items()}
    by_side = ranking_side_results(votes.ballots, votes.sides, cards, last)
    return Tallied(
        "ranking", weighting, portfolio, result.order, result.net, result, ranks, votes.sides,
        {side: its.net for side, its in by_side.items()}, {side: its.order for side, its in by_side.items()}, _counting(votes, weighting),
    )  # fmt: skip


def _counting(votes: Votes[B], weighting: Weighting) -> Mapping[str, int] | None:
    """Return the shares that count: none where every person weighs the same."""
    return votes.shares if weighting == "sides" else None


def _cards(portfolio: Portfolio) -> tuple[Sequence[str], Mapping[str, int | None]]:
    return [card.id for card in portfolio.projects], {card.id: card.previous_rank for card in portfolio.projects}


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
