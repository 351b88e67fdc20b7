"""Which few cards are worth discussing (METHOD 4.3, 4.4): those whose differences can change the decision.

A card's position is 1 at the top of a voter's list and 0 at its end. All figures are exact fractions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from operator import eq, lt, mul

from sessions.voting.midranks import Midranks
from sessions.voting.points import NaturalKey, natural_key
from sessions.voting.weights import ONCE, Times, by_side

MINUTES_A_CARD = 4
"""How long the room discusses one card (METHOD 2.2)."""
FEWEST_INSIDE = 3
"""The first K are at least this many cards, if the list has more."""

@dataclass(frozen=True, slots=True)
class CardAttention:
    """The voters' opinion on one card (METHOD 4.3). Each map has every side with a vote, in the order of `side_order`."""

    card: str
    means: dict[str, Fraction]
    """The mean position a side gives the card."""
    gap: Fraction
    """Of two sides: the first one's mean minus the second one's. Of more: how far the farthest means are apart. Of one: 0."""
    within: Fraction
    """The part of the spread that is inside the sides: four times the mean of their own variances."""
    between: Fraction
    """The part of the spread that is between the sides: four times the variance of their means, of two sides the gap squared."""
    inside: dict[str, Fraction]
    """The share of a side's voters that have the card among the first K."""
    inside_all: Fraction
    """The mean of the sides' shares."""

    @property
    def spread(self) -> Fraction:
        """Return how far all voters are apart, from 0 to 1."""
        return self.within + self.between

    @property
    def contention(self) -> Fraction:
        """Return 1 if half would start the card and half would not, 0 if all say the same."""
        return 4 * self.inside_all * (1 - self.inside_all)

    @property
    def attention(self) -> Fraction:
        """Return how much the card is worth discussing, from 0 to 1."""
        return (self.contention + abs(self.gap)) / 2


def first_k(cut_rank: int | None, cards: int) -> int:
    """Return K, the cards that would start: those above the cut line, at least 3, at most all but one (METHOD 4.3).

    `cut_rank` is the rank of the first card that does not start, None if all of them do; then K is all cards. At
    most all but one wins if three cards or fewer leave no room for both.
    """
    if cut_rank is None or cards < 2:
        return cards
    return min(max(cut_rank - 1, FEWEST_INSIDE), cards - 1)


def attention_by_card(
    cards: Sequence[str],
    ranks: Mapping[str, Midranks],
    sides: Mapping[str, str],
    k: int,
    side_order: Sequence[str] = (),
    firsts: Mapping[str, int] | None = None,
    times: Times = ONCE,
) -> dict[str, CardAttention]:
    """Weigh every card (METHOD 4.3); nothing if no one is counted.

    `ranks` are the voters' mid-ranks in the order of `cards`, of which those with a side are counted; `k` is how many
    cards would start (`first_k`), unless `firsts` says per voter how many of the list are meant. `side_order` puts the
    sides in order and so gives the gap its sign; sides that it does not name follow by name.
    """
    together = by_side(ranks, sides)
    order = [side for side in dict.fromkeys((*side_order, *together)) if side in together]
    if not order or not cards:
        return {}
    counts = by_side({voice: firsts[voice] if firsts else k for voice in ranks}, sides)
    many = by_side({voice: times.get(voice, 1) for voice in ranks}, sides)
    columns = [_columns(together[side], counts[side], many[side]) for side in order]
    return {card: _weigh(card, dict(zip(order, each, strict=True))) for card, *each in zip(cards, *columns, strict=True)}


def order_for_talk(
    attention: Mapping[str, CardAttention],
    *,
    red: Collection[str],
    inside: Collection[str],
    key_weeks: Mapping[str, int],
    rank: Mapping[str, int],
) -> tuple[str, ...]:
    """Put the cards in the order in which to discuss them (METHOD 4.3, 4.4).

    Cards with `red` checks come first if they are among the first K of the group, `inside`. Then attention decides;
    ties go to the card that takes more person-weeks of key teams (any unit), then to the higher rank.
    """

    def place(card: str) -> tuple[bool, Fraction, int, int, NaturalKey]:
        first = card in red and card in inside
        return not first, -attention[card].attention, -key_weeks.get(card, 0), rank.get(card, len(attention) + 1), natural_key(card)

    return tuple(sorted(attention, key=place))


def cards_to_talk(minutes: int) -> int:
    """Return how many cards fit into the minutes of the Talk phase (METHOD 4.4)."""
    return max(0, minutes // MINUTES_A_CARD)


@dataclass(frozen=True, slots=True)
class _Column:
    """What one side says about one card."""

    mean: Fraction
    variance: Fraction
    inside: Fraction


def _columns(rows: Sequence[Midranks], firsts: Sequence[int], times: Sequence[int]) -> list[_Column]:
    """Look at one side card by card; each row says how many of its cards are its first ones, and how many voters gave it."""
    cards, voices = len(rows[0]), sum(times)
    lines = [_line(row, k) for row, k in zip(rows, firsts, strict=True)]
    last, shares = [place for place, _ in lines], [share for _, share in lines]
    scale = 2 * max(1, cards - 1)  # mid-ranks are doubled
    columns = []
    for column in zip(*rows, strict=True):
        counted = list(map(mul, column, times))
        total, squares = sum(counted), sum(map(mul, column, counted))
        partly = Counter[tuple[int, int]]()
        for share, many in compress(zip(shares, times, strict=True), map(eq, column, last)):
            partly[share] += many
        inside = sum(compress(times, map(lt, column, last))) + sum(Fraction(*share) * many for share, many in partly.items())
        columns.append(
            _Column(
                mean=Fraction(2 * cards * voices - total, scale * voices),
                variance=Fraction(voices * squares - total * total, (scale * voices) ** 2),
                inside=Fraction(inside) / voices,
            )
        )
    return columns


def _line(row: Midranks, k: int) -> tuple[int, tuple[int, int]]:
    """Return the last place of a voter's list that is among the first `k`, and the share of it that is.

    Cards tied across the line share the places that are left (METHOD 4.3): the share is those places in the tied cards.
    """
    if k < 1:
        return 0, (0, 1)
    places = sorted(row)
    last = places[min(k, len(places)) - 1]
    better = bisect_left(places, last)
    tied = bisect_right(places, last) - better
    return last, (min(k - better, tied), tied)


def _weigh(card: str, sides: Mapping[str, _Column]) -> CardAttention:
    """Put what the sides say about one card together."""
    means = {side: column.mean for side, column in sides.items()}
    inside = {side: column.inside for side, column in sides.items()}
    mean = _mean(means.values())
    return CardAttention(
        card=card,
        means=means,
        gap=_gap(list(means.values())),
        within=4 * _mean(column.variance for column in sides.values()),
        between=4 * (_mean(each * each for each in means.values()) - mean * mean),
        inside=inside,
        inside_all=_mean(inside.values()),
    )


def _gap(means: Sequence[Fraction]) -> Fraction:
    """Return the first mean minus the second; of more or fewer sides, how far the farthest are apart."""
    return means[0] - means[1] if len(means) == 2 else max(means) - min(means)


def _mean(figures: Iterable[Fraction]) -> Fraction:
    values = list(figures)
    return sum(values, Fraction()) / len(values)


def percent(share: Fraction) -> int:
    """Return a share in whole percent, halves rounded up."""
    return (200 * share.numerator + share.denominator) // (2 * share.denominator)
