"""How far voters agree: Kendall's W, tau-b between the sides, Krippendorff's alpha (METHOD 4.1, 4.2, 4.5).

Figures are exact fractions, except tau-b, which needs a root. None is a figure that is not defined: it is shown as a dash.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from math import sqrt
from operator import mul

from sessions.voting.midranks import Midranks
from sessions.voting.weights import ONCE, Times, by_side

UNDEFINED = "–"
"""What is shown in the place of a figure that is not defined."""

_WORDS = ((Fraction(3, 10), "weak"), (Fraction(5, 10), "some"), (Fraction(7, 10), "fair"))
VERY_STRONG = Fraction(9, 10)
"""Above it agreement is very strong, and the room looks for a reason against (METHOD 2.5, 4.1)."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """How two lists order the pairs of their common cards (METHOD 4.2)."""

    same: int
    opposite: int
    tied_in_first: int
    """Pairs that the first list ties, whether the second does or not."""
    tied_in_second: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a room agrees: over all voters, inside each side, and between the sides (METHOD 4.1, 4.2)."""

    w_all: Fraction | None
    w_by_side: dict[str, Fraction | None]
    tau_b: float | None
    same_way: Fraction | None


def kendall_w(ranks: Sequence[Midranks], times: Sequence[int] = ()) -> Fraction | None:
    """Return Kendall's W of voters' mid-ranks (METHOD 4.1), from 0 to 1; None for fewer than two voters or no order at all.

    `times` are the voters behind each row, one if it is empty.
    """
    times = times or [1] * len(ranks)
    voices, cards = sum(times), len(ranks[0]) if ranks else 0
    if voices < 2:
        return None
    sums = [sum(map(mul, column, times)) for column in zip(*ranks, strict=True)]
    mean = voices * (cards + 1)  # mid-ranks are doubled here, so that S is four times the S of the formula
    deviations = sum((total - mean) ** 2 for total in sums)
    ties = sum(many * (size**3 - size) for row, many in zip(ranks, times, strict=True) for size in Counter(row).values())
    whole = voices * voices * (cards**3 - cards) - voices * ties
    return Fraction(3 * deviations, whole) if whole else None


def agreement_word(w: Fraction | None) -> str:
    """Return Kendall's W in a word (METHOD 4.1): weak, some, fair, strong, or from above 0.9 very strong."""
    if w is None:
        return UNDEFINED
    for limit, word in _WORDS:
        if w < limit:
            return word
    return "very strong" if w > VERY_STRONG else "strong"


def compare_pairs(first: Mapping[str, int], second: Mapping[str, int]) -> Pairs:
    """Compare how two lists of totals order each pair of the cards that both have."""
    both = sorted((total, second[card]) for card, total in first.items() if card in second)
    pairs = _pairs(len(both))
    in_first, in_second, in_both = (_tied(each) for each in ((one for one, _ in both), (other for _, other in both), both))
    opposite, seen = 0, list[int]()
    for _, other in both:  # in the first list's order, so that each larger one before counts as reversed
        opposite += len(seen) - bisect_right(seen, other)
        insort(seen, other)
    return Pairs(pairs - in_first - in_second + in_both - opposite, opposite, in_first, in_second, pairs)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _tied(totals: Iterable[object]) -> int:
    """Count the pairs that are the same."""
    return sum(_pairs(count) for count in Counter(totals).values())


def tau_b(first: Mapping[str, int], second: Mapping[str, int]) -> float | None:
    """Return Kendall's tau-b of two lists of totals (METHOD 4.2), from -1 to 1; None if a list ties all its cards."""
    return _tau_b(compare_pairs(first, second))


def agreement(ranks: Mapping[str, Midranks], sides: Mapping[str, str], totals: Mapping[str, Mapping[str, int]], times: Times = ONCE) -> Agreement:
    """Return how far a room agrees.

    `ranks` are the voters' mid-ranks, of which those with a side are counted; `totals` are each side's own totals:
    points, or net Borda of rankings. Between more than two sides tau-b and the share of pairs are the mean over all
    pairs of sides for which they are defined.
    """
    together = by_side(ranks, sides)
    many = by_side({voice: times.get(voice, 1) for voice in ranks}, sides)
    pairs = [compare_pairs(totals[one], totals[other]) for one, other in combinations(sorted(totals), 2)]
    taus = [tau for tau in map(_tau_b, pairs) if tau is not None]
    shares = [share for share in map(_same_way, pairs) if share is not None]
    return Agreement(
        w_all=kendall_w(list(chain.from_iterable(together.values())), list(chain.from_iterable(many.values()))),
        w_by_side={side: kendall_w(own, many[side]) for side, own in together.items()},
        tau_b=sum(taus) / len(taus) if taus else None,
        same_way=sum(shares, Fraction()) / len(shares) if shares else None,
    )


def _tau_b(pairs: Pairs) -> float | None:
    ordered = (pairs.pairs - pairs.tied_in_first) * (pairs.pairs - pairs.tied_in_second)
    return (pairs.same - pairs.opposite) / sqrt(ordered) if ordered else None


def _same_way(pairs: Pairs) -> Fraction | None:
    """Return the share that is ordered the same way, of the pairs that both lists order (METHOD 4.2)."""
    ordered = pairs.same + pairs.opposite
    return Fraction(pairs.same, ordered) if ordered else None
