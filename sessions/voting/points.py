"""The points ballot (METHOD 3.2): what a ballot may hold, and how ballots become the group's order.

Points, weights and sums are whole numbers. A ballot maps a card to its points; a card that is not named got none. An
empty ballot says "none of these" and counts; anyone who abstains has no ballot here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from sessions.voting.midranks import Midranks, shared_place
from sessions.voting.weights import Weighting, by_side, count_sides, side_weights

DEFAULT_BUDGET = 100
"""The points that one voter may give in all."""
DEFAULT_CAP = 25
"""The points that one voter may give to one card, so that no two allies can carry a favourite to the top."""
FEW_CARDS = 5
"""Below this many open cards the usual cap would leave no room to spend the budget."""
LONGEST_FIGURE = 10**9
"""Figures from here on are not spelled out: a hostile ballot file may hold one of any length."""

Ballot = Mapping[str, int]
Order = tuple[str, ...]
NaturalKey = tuple[tuple[str | tuple[int, str], ...], str]
LastKey = tuple[bool, int, NaturalKey]


@dataclass(frozen=True, slots=True)
class PointsResult:
    """What the points ballots say (METHOD 3.2). `weights` has every counted voter, the rest every open card."""

    weights: dict[str, int]
    totals: dict[str, int]
    """Weighted points."""
    breadth: dict[str, int]
    """Weight of the voters that gave the card any points."""
    net: dict[str, int]
    """Weighted duels won minus duels lost, over all voters and all other cards."""
    order: Order
    mean_tenths: dict[str, int]
    """Mean points per voter, in tenths, halves rounded up; with equal sides the mean of the sides' means."""


def ballot_cap(cards: int, budget: int = DEFAULT_BUDGET, cap: int = DEFAULT_CAP) -> int:
    """Return the most points that one card may get on a ballot of this many open cards (METHOD 3.2).

    Below five cards that is one and a half fair shares of the budget, rounded up; for one card more than the budget.
    """
    if not 0 < cards < FEW_CARDS:
        return cap
    return -(-3 * budget // (2 * cards))


def check_points(points: Mapping[str, object], cards: Collection[str], budget: int = DEFAULT_BUDGET, cap: int = DEFAULT_CAP) -> tuple[str, ...]:
    """Return everything that is wrong with a ballot, one sentence each; nothing means that it may be cast.

    A ballot is never rescaled. The sentences repeat card ids and points as they were given: they are for the voter
    alone, not for a shared screen.
    """
    faults = []
    spent = 0
    for card, given in points.items():
        if card not in cards:
            faults.append(f"{card} is not a card of this ballot")
        elif isinstance(given, bool) or not isinstance(given, int):
            faults.append(f"{card}: points must be a whole number")
        elif given < 0:
            faults.append(f"{card}: points cannot be negative")
        else:
            spent += given
            if given > cap:
                faults.append(f"{card}: {_figure(given)} points, but no card may get more than {cap}")
    if spent > budget:
        faults.append(f"{_figure(spent)} points given, the budget is {budget}")
    return tuple(faults)


def points_midranks(points: Ballot, cards: Sequence[str]) -> Midranks:
    """Return one voter's place of each open card: doubled mid-ranks, in the order of `cards` (METHOD 4.1)."""
    given = [points.get(card, 0) for card in cards]
    sizes = Counter(given)
    places = {}
    better = 0
    for amount in sorted(sizes, reverse=True):
        places[amount] = shared_place(better, sizes[amount])
        better += sizes[amount]
    return tuple(map(places.__getitem__, given))


def tally_points(
    ballots: Mapping[str, Ballot],
    sides: Mapping[str, str],
    cards: Sequence[str],
    weighting: Weighting,
    last_rank: Mapping[str, int | None],
    shares: Mapping[str, int] | None = None,
) -> PointsResult | None:
    """Count the ballots on the open `cards` (METHOD 3.2); None when no one is counted: keep the last order (3.6).

    A voter counts who has both a ballot and a side. `last_rank` is last quarter's rank, None or absent for a card that had
    none. Neither the order of the voters nor the order of the cards changes the result. The ballots are taken as
    checked by `check_points`; points for a card that is not open are void. `shares` as in `voice_weights`, with its
    ValueError.
    """
    together = by_side(ballots, sides)
    if not together:
        return None
    weights = side_weights({side: len(own) for side, own in together.items()}, weighting, shares)
    sums = [_side_sums(own, cards) for own in together.values()]
    each = tuple(weights.values())
    totals, breadth, net = (dict(zip(cards, _weighted(each, kind), strict=True)) for kind in zip(*sums, strict=True))
    voices = sum(weights[side] * len(own) for side, own in together.items())
    return PointsResult(
        weights={voice: weights[sides[voice]] for voice in ballots if voice in sides},
        totals=totals,
        breadth=breadth,
        net=net,
        order=_order(totals, breadth, net, last_rank),
        mean_tenths={card: (20 * total + voices) // (2 * voices) for card, total in totals.items()},
    )


def side_results(
    ballots: Mapping[str, Ballot],
    sides: Mapping[str, str],
    cards: Sequence[str],
    last_rank: Mapping[str, int | None],
) -> dict[str, PointsResult]:
    """Count each side's ballots alone, per person; a side without a ballot has no result."""
    return count_sides(sides, lambda own: tally_points(ballots, own, cards, "person", last_rank))


def order_depends_on_counting(first: Order, second: Order, k: int) -> tuple[Order, Order]:
    """Compare the first `k` cards of two orders (METHOD 3.1): what only the first has there, what only the second."""
    ahead, behind = first[:k], second[:k]
    return tuple(card for card in ahead if card not in behind), tuple(card for card in behind if card not in ahead)


def natural_key(card: str) -> NaturalKey:
    """Return the sorting key under which P9 comes before P10.

    Numbers are compared by length and then by digits, because Python refuses to read a number of any length.
    """
    parts = re.split("([0-9]+)", card)
    split: list[str | tuple[int, str]] = []
    for place, part in enumerate(parts):
        digits = part.lstrip("0")
        split.append((len(digits), digits) if place % 2 else part)
    return tuple(split), card


def last_then_id(card: str, last_rank: Mapping[str, int | None]) -> LastKey:
    """Return the sorting key of the last two ties: last quarter's rank, new cards after it, then the card's id."""
    last = last_rank.get(card)
    return last is None, last or 0, natural_key(card)


def _side_sums(ballots: Sequence[Ballot], cards: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """Sum one side's ballots card by card: points, voters that gave any, and duels won minus duels lost.

    A voter adds to a card's duels the cards below it minus the cards above it (METHOD 3.3): n + 1 minus twice its
    mid-rank. So no pair of cards has to be looked at.
    """
    points = list(zip(*([ballot.get(card, 0) for card in cards] for ballot in ballots), strict=True))
    places = zip(*(points_midranks(ballot, cards) for ballot in ballots), strict=True)
    level = len(ballots) * (len(cards) + 1)
    return [sum(column) for column in points], [len(column) - column.count(0) for column in points], [level - sum(column) for column in places]


def _weighted(weights: Sequence[int], sums: Sequence[Sequence[int]]) -> list[int]:
    """Add up the sides' sums, each with the weight of its voters."""
    return [sum(map(mul, weights, column)) for column in zip(*sums, strict=True)]


def _order(totals: Mapping[str, int], breadth: Mapping[str, int], net: Mapping[str, int], last_rank: Mapping[str, int | None]) -> Order:
    """Put the cards in the group's order: total, breadth, net pairwise, last quarter's rank, card id."""

    def place(card: str) -> tuple[int, int, int, LastKey]:
        return -totals[card], -breadth[card], -net[card], last_then_id(card, last_rank)

    return tuple(sorted(totals, key=place))


def _figure(points: int) -> str:
    """Spell a number of points out, unless it is absurd."""
    return str(points) if points < LONGEST_FIGURE else "a billion or more"
