"""The points ballot (METHOD 3.2): what a ballot may hold, and how ballots become the group's order.

Points, weights and sums are whole numbers. A ballot maps a card to its points; a card that is not named got none. An
empty ballot says "none of these" and counts; whoever abstains has no ballot here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sessions.voting.weights import Weighting, voice_weights

DEFAULT_BUDGET = 100
"""The points that one voice may give in all."""
DEFAULT_CAP = 25
"""The points that one voice may give to one card, so that no two allies can carry a favourite to the top."""
FEW_CARDS = 5
"""Below so many open cards the usual cap would leave no room to spend the budget."""
LONGEST_FIGURE = 10**9
"""Figures from here on are not spelled out: a hostile ballot file may hold one of any length."""

Ballot = Mapping[str, int]
Order = tuple[str, ...]
NaturalKey = tuple[tuple[str | tuple[int, str], ...], str]


@dataclass(frozen=True, slots=True)
class PointsResult:
    """What the points ballots say (METHOD 3.2). `weights` has every counted voice, the rest every open card."""

    weights: dict[str, int]
    totals: dict[str, int]
    """Weighted points."""
    breadth: dict[str, int]
    """Weight of the voices that gave the card any points."""
    net: dict[str, int]
    """Weighted duels won minus duels lost, over all voices and all other cards."""
    order: Order
    mean_tenths: dict[str, int]
    """Mean points a voice, in tenths, halves rounded up; with equal sides the mean of the sides' means."""


def ballot_cap(cards: int, budget: int = DEFAULT_BUDGET, cap: int = DEFAULT_CAP) -> int:
    """Give the most points that one card may get on a ballot of so many open cards (METHOD 3.2).

    Below five cards that is one and a half fair shares of the budget, rounded up; for one card more than the budget.
    """
    if not 0 < cards < FEW_CARDS:
        return cap
    return -(-3 * budget // (2 * cards))


def check_points(
    points: Mapping[str, object], cards: Collection[str], budget: int = DEFAULT_BUDGET, cap: int = DEFAULT_CAP
) -> tuple[str, ...]:
    """Say everything that is wrong with a ballot, one sentence each; nothing means that it may be cast.

    A ballot is never rescaled. The sentences repeat card ids and points as they were given: they are for the voice
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


def lost_points(points: Ballot, cards: Collection[str]) -> int:
    """Count the points of a ballot that went to cards which are no longer open: they are void (METHOD 3.6)."""
    return sum(given for card, given in points.items() if card not in cards)


def tally_points(
    ballots: Mapping[str, Ballot],
    sides: Mapping[str, str],
    cards: Sequence[str],
    weighting: Weighting,
    last_rank: Mapping[str, int | None],
) -> PointsResult | None:
    """Count the ballots on the open `cards` (METHOD 3.2); None when nobody is counted: keep the last order (3.6).

    Counted is who has both a ballot and a side. `last_rank` is last quarter's rank, None or absent for a card that had
    none. Neither the order of the voices nor the order of the cards changes the result. The ballots are taken as
    checked by `check_points`; points for a card that is not open are void.
    """
    counted = {voice: sides[voice] for voice in ballots if voice in sides}
    if not counted:
        return None
    weights = voice_weights(counted, weighting)
    totals = dict.fromkeys(cards, 0)
    breadth = dict.fromkeys(cards, 0)
    net = dict.fromkeys(cards, 0)
    for voice, weight in weights.items():
        points = {card: ballots[voice].get(card, 0) for card in cards}
        duels = _duels(points)
        for card, given in points.items():
            totals[card] += weight * given
            breadth[card] += weight * (given > 0)
            net[card] += weight * duels[given]
    voices = sum(weights.values())
    return PointsResult(
        weights=weights,
        totals=totals,
        breadth=breadth,
        net=net,
        order=_order(totals, breadth, net, last_rank),
        mean_tenths={card: (20 * total + voices) // (2 * voices) for card, total in totals.items()},
    )


def side_orders(
    ballots: Mapping[str, Ballot],
    sides: Mapping[str, str],
    cards: Sequence[str],
    last_rank: Mapping[str, int | None],
) -> dict[str, Order]:
    """Give each side's own order, counted per person within the side; a side without a ballot has none."""
    orders = {}
    for side in sorted(set(sides.values())):
        own = {voice: its for voice, its in sides.items() if its == side}
        result = tally_points(ballots, own, cards, "person", last_rank)
        if result is not None:
            orders[side] = result.order
    return orders


def order_depends_on_counting(first: Sequence[str], second: Sequence[str], k: int) -> tuple[set[str], set[str]]:
    """Compare the first `k` cards of two orders (METHOD 3.1): what only the first has there, what only the second."""
    ahead, behind = set(first[:k]), set(second[:k])
    return ahead - behind, behind - ahead


def natural_key(card: str) -> NaturalKey:
    """Give the sorting key under which P9 comes before P10.

    Numbers are compared by length and then by digits, because Python refuses to read a number of any length.
    """
    parts = re.split("([0-9]+)", card)
    split: list[str | tuple[int, str]] = []
    for place, part in enumerate(parts):
        digits = part.lstrip("0")
        split.append((len(digits), digits) if place % 2 else part)
    return tuple(split), card


def _duels(points: Mapping[str, int]) -> dict[int, int]:
    """Give for each amount of points on one ballot how many cards got less, minus how many got more.

    That sum is what one voice adds to the card's row of margins (METHOD 3.3), without looking at every pair.
    """
    sizes = Counter(points.values())
    duels = {}
    below = 0
    for given in sorted(sizes):
        above = len(points) - below - sizes[given]
        duels[given] = below - above
        below += sizes[given]
    return duels


def _order(
    totals: Mapping[str, int], breadth: Mapping[str, int], net: Mapping[str, int], last_rank: Mapping[str, int | None]
) -> Order:
    """Put the cards in the group's order: total, breadth, net pairwise, last quarter's rank, card id."""

    def place(card: str) -> tuple[int, int, int, bool, int, NaturalKey]:
        last = last_rank.get(card)
        return -totals[card], -breadth[card], -net[card], last is None, last or 0, natural_key(card)

    return tuple(sorted(totals, key=place))


def _figure(points: int) -> str:
    """Spell a number of points out, unless it is absurd."""
    return str(points) if points < LONGEST_FIGURE else "a billion or more"
