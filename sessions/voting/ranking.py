"""The ranking ballot (METHOD 3.3): what a ballot may hold, and how ballots become the group's order.

A ballot is a row of tiers, best first; cards of one tier are equal. Cards that it does not name share the place below
all others. The group's order is Schulze's, on margins; net Borda stands beside it and breaks its ties.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sessions.voting.midranks import Midranks, shared_place
from sessions.voting.points import Ballot, LastKey, Order, last_then_id
from sessions.voting.schulze import defeats, schulze_order, widest_paths
from sessions.voting.weights import ONCE, Times, Weighting, count_sides, voice_weights

Ranking = tuple[tuple[str, ...], ...]
"""A ballot: tiers of card ids, best first."""


@dataclass(frozen=True, slots=True)
class Duels:
    """How one card does against each of the others: the duels that it won, lost and tied."""

    won: int
    lost: int
    tied: int


@dataclass(frozen=True, slots=True)
class RankingResult:
    """What the ranking ballots say (METHOD 3.3). `weights` has every counted voter, the rest every open card."""

    weights: dict[str, int]
    margins: dict[str, dict[str, int]]
    """margins[a][b]: the weight that puts a above b, minus the weight that puts b above a; a card has none with itself."""
    net: dict[str, int]
    """Net Borda: the sum of a card's margins."""
    duels: dict[str, Duels]
    defeats: dict[str, int]
    """How many cards each card defeats by beat paths."""
    order: Order


def check_ranking(ranking: Sequence[Sequence[str]], cards: Collection[str], limit: int | None = None) -> tuple[str, ...]:
    """Return everything that is wrong with a ballot, one sentence each; nothing means that it may be cast.

    `limit` is the most cards that may be ranked, None for any number. The sentences repeat card ids as they were
    given: they are for the voter alone, not for a shared screen.
    """
    faults = []
    named: set[str] = set()
    for place, tier in enumerate(ranking, 1):
        if not tier:
            faults.append(f"place {place} is empty: name a card there, or leave the place out")
        for card in tier:
            if card not in cards:
                faults.append(f"{card} is not a card of this ballot")
            elif card in named:
                faults.append(f"{card} is on the ballot more than once")
            named.add(card)
    if limit is not None and len(named) > limit:
        faults.append(f"{len(named)} cards ranked, no more than {limit} may be")
    return tuple(dict.fromkeys(faults))


def open_tiers(ranking: Sequence[Sequence[str]], cards: Collection[str]) -> list[list[str]]:
    """Return a ballot on the open `cards` alone: withdrawn cards are gone (METHOD 3.6), the last tier is what it does not name.

    Every open card is in it once, in the first place that names it.
    """
    left = dict.fromkeys(cards, True)
    tiers = []
    for tier in ranking:
        fresh = [card for card in tier if left.pop(card, False)]
        if fresh:
            tiers.append(fresh)
    return [*tiers, list(left)] if left else tiers


def ranking_midranks(ranking: Sequence[Sequence[str]], cards: Sequence[str]) -> Midranks:
    """Return one voter's place of each open card: doubled mid-ranks, in the order of `cards` (METHOD 4.1)."""
    places = {}
    better = 0
    for tier in open_tiers(ranking, cards):
        places.update(dict.fromkeys(tier, shared_place(better, len(tier))))
        better += len(tier)
    return tuple(map(places.__getitem__, cards))


def points_as_ranking(points: Ballot) -> Ranking:
    """Return the ranking that a points ballot implies: more points are higher, cards without points are not named."""
    return tuple(tuple(card for card, its in points.items() if its == given) for given in sorted(set(points.values()) - {0}, reverse=True))


def tally_ranking(
    ballots: Mapping[str, Ranking],
    sides: Mapping[str, str],
    cards: Sequence[str],
    weighting: Weighting,
    last_rank: Mapping[str, int | None],
    shares: Mapping[str, int] | None = None,
    times: Times = ONCE,
) -> RankingResult | None:
    """Count the ballots on the open `cards` (METHOD 3.3); None when no one is counted: keep the last order (3.6).

    A voter counts who has both a ballot and a side. `last_rank` is last quarter's rank, None or absent for a card that had
    none. Neither the order of the voters nor the order of the cards changes the result. The ballots are taken as
    checked by `check_ranking`; a place for a card that is not open is void. `shares` as in `voice_weights`, with its
    ValueError.
    """
    weights = voice_weights({voice: sides[voice] for voice in ballots if voice in sides}, weighting, shares, times)
    if not weights:
        return None
    margins = _margins([(ballots[voice], weight) for voice, weight in weights.items()], cards)
    net = dict(zip(cards, map(sum, margins), strict=True))
    duels = {card: _duels(row) for card, row in zip(cards, margins, strict=True)}
    defeated = defeats(widest_paths(margins))

    def place(card: str) -> tuple[int, LastKey]:
        return -net[card], last_then_id(card, last_rank)

    return RankingResult(
        weights=weights,
        margins={card: _others(card, cards, row) for card, row in zip(cards, margins, strict=True)},
        net=net,
        duels=duels,
        defeats={card: len(losers) for card, losers in zip(cards, defeated, strict=True)},
        order=tuple(cards[item] for item in schulze_order(defeated, [place(card) for card in cards])),
    )


def ranking_side_results(
    ballots: Mapping[str, Ranking],
    sides: Mapping[str, str],
    cards: Sequence[str],
    last_rank: Mapping[str, int | None],
    times: Times = ONCE,
) -> dict[str, RankingResult]:
    """Count each side's ballots alone, per person; a side without a ballot has no result."""
    return count_sides(sides, lambda own: tally_ranking(ballots, own, cards, "person", last_rank, times=times))


def _margins(ballots: Sequence[tuple[Ranking, int]], cards: Sequence[str]) -> list[list[int]]:
    """Return the margins of all pairs: the weight of the ballots that put a card above another one, minus that of those that put it below."""
    place = {card: number for number, card in enumerate(cards)}
    above = [[0] * len(cards) for _ in cards]
    for ranking, weight in ballots:
        below = set(place.values())
        for tier in open_tiers(ranking, place):
            better = [place[card] for card in tier]
            below.difference_update(better)
            for row in map(above.__getitem__, better):
                for worse in below:
                    row[worse] += weight
    return [[ours - theirs for ours, theirs in zip(row, column, strict=True)] for row, column in zip(above, zip(*above, strict=True), strict=True)]


def _duels(row: Sequence[int]) -> Duels:
    """Count a card's duels; the tie with itself does not count."""
    won, lost = sum(margin > 0 for margin in row), sum(margin < 0 for margin in row)
    return Duels(won, lost, len(row) - 1 - won - lost)


def _others(card: str, cards: Sequence[str], row: Sequence[int]) -> dict[str, int]:
    return {other: margin for other, margin in zip(cards, row, strict=True) if other != card}
