"""Ballots counted outside a session: a portfolio and ballots in; the order, its agreement and what to discuss out (METHOD 3, 4).

For scripts, and for checking the counting against published results. A session counts by the same rules (`count`, `reveal`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from sessions.portfolio.models import Portfolio
from sessions.rounds.count import FIRST_WITHOUT_A_PLAN
from sessions.rounds.methods.order import OrderSpec, Votes
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import prepare
from sessions.voting.agreement import Agreement, agreement
from sessions.voting.attention import CardAttention, attention_by_card, first_k, order_for_talk
from sessions.voting.midranks import Midranks
from sessions.voting.ranking import RankingResult, tally_ranking
from sessions.voting.wants import places_in, wanted_now
from sessions.voting.weights import Times, Weighting

SIDE_ORDER = ("business", "it")
"""The sides of a gap: the first one's mean minus the second one's (METHOD 4.3)."""


@dataclass(frozen=True)
class TallyReport:
    """What ballots say under one weighting. `totals` are what the method counts; `side_orders` are the sides' own orders."""

    spec: OrderSpec[Any]
    weighting: Weighting
    portfolio: Portfolio
    order: tuple[str, ...]
    totals: Mapping[str, int]
    duels: RankingResult
    """The duels between all cards, from the same ballots."""
    votes: Mapping[str, Any]
    ranks: Mapping[str, Midranks]
    sides: Mapping[str, str]
    side_totals: Mapping[str, Mapping[str, int]]
    side_orders: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, int] | None = None
    """How much a side counts compared with the others; None if every side weighs the same, or every person."""
    times: Times = field(default_factory=dict)
    """How many equal voters each stands for."""

    def shown_total(self, card: str) -> int:
        """Return the total of a card for a table."""
        return self.spec.shown_total(self.totals[card], [totals[card] for totals in self.side_totals.values()])

    def places(self, side: str) -> dict[str, int]:
        """Return the places in a side's own order (METHOD 3.8)."""
        own = (self.spec.as_ranking(vote) for voter, vote in self.votes.items() if self.sides[voter] == side)
        voted_for = {card for ranking in own for tier in ranking for card in tier}
        return places_in(self.side_orders[side], voted_for, {} if self.spec.counts_duels else self.side_totals[side])

    @cached_property
    def agreement(self) -> Agreement:
        """Return how far the voters agree (METHOD 4.1, 4.2)."""
        return agreement(self.ranks, self.sides, self.side_totals, self.times)

    @cached_property
    def k(self) -> int:
        """Return how many cards of this order would start in the quarter (METHOD 4.3)."""
        plan = schedule(prepare(self.portfolio, {card.id: card for card in self.portfolio.projects}), self.order)
        if plan.empty:
            return min(FIRST_WITHOUT_A_PLAN, max(1, len(self.order) - 1))
        return first_k(plan.cut_rank, len(self.order))

    @cached_property
    def attention(self) -> tuple[CardAttention, ...]:
        """Return the figures of every card, the one most worth discussing first (METHOD 4.3)."""
        firsts = {voter: self.spec.firsts(vote, self.k) for voter, vote in self.votes.items()}
        found = attention_by_card([card.id for card in self.portfolio.projects], self.ranks, self.sides, self.k, SIDE_ORDER, firsts, self.times)
        rank = {card: place for place, card in enumerate(self.order, 1)}
        key_teams = {team.id for team in self.portfolio.teams if team.key}
        weeks = {card.id: sum(work.effort for work in card.work if work.team in key_teams) for card in self.portfolio.projects}
        return tuple(found[card] for card in order_for_talk(found, red=(), inside=(), key_weeks=weeks, rank=rank))

    @cached_property
    def voters(self) -> Counter[str]:
        """Return how many ballots of each side count."""
        found = Counter[str]()
        for voter in self.votes:
            found[self.sides[voter]] += self.times.get(voter, 1)
        return found

    @cached_property
    def wants(self) -> dict[str, Counter[str]]:
        """Return how many voters of each side want each card now (METHOD 3.8)."""
        cards = frozenset(self.order)
        known = {id(vote): wanted_now(self.spec.as_ranking(vote), cards, self.k) for vote in self.votes.values()}
        found: dict[str, Counter[str]] = {card: Counter() for card in self.order}
        for voter, vote in self.votes.items():
            for card in known[id(vote)]:
                found[card][self.sides[voter]] += self.times.get(voter, 1)
        return found

    def as_data(self) -> dict[str, Any]:
        """Return the tally for a script. Figures that are not defined are null."""
        first, agreed = set(self.order[: self.k]), self.agreement
        return {
            "method": self.spec.name,
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


def tally_report(spec: OrderSpec[Any], portfolio: Portfolio, votes: Votes[Any], weighting: Weighting) -> TallyReport | None:
    """Count the ballots of a method; None without any. Raises ValueError for shares that do not fit the sides."""
    tally = spec.tally(votes, weighting)
    # A file of a whole election has few different ballots.
    known: dict[int, Any] = {id(vote): vote for vote in votes.ballots.values()}
    as_rankings = {key: spec.as_ranking(vote) for key, vote in known.items()}
    midranks = {key: spec.midranks(vote, votes.cards) for key, vote in known.items()}
    rankings = {voter: as_rankings[id(vote)] for voter, vote in votes.ballots.items()}
    duels = tally_ranking(rankings, votes.sides, votes.cards, weighting, votes.last_rank, votes.shares, votes.times)
    if tally is None or duels is None:
        return None
    by_side = spec.by_side(votes)
    return TallyReport(
        spec, weighting, portfolio, tally.order, dict(zip(tally.order, tally.totals, strict=True)), duels,
        votes.ballots, {voter: midranks[id(vote)] for voter, vote in votes.ballots.items()}, votes.sides,
        {side: each.totals for side, each in by_side.items()}, {side: each.order for side, each in by_side.items()},
        votes.shares if weighting == "sides" else None, votes.times,
    )  # fmt: skip


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
