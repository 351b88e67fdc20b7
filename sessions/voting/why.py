"""Why the room talks about a card, in one plain sentence (METHOD 4.4): "IT would start it (92%), business would not (2%)"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from sessions.voting.attention import CardAttention
from sessions.wording import listed, ordinal

MOST = Fraction(2, 3)
"""From this share of its voices on, a side would start a card; up to the rest of it, it would not; between, it is split."""
CLOSE = Fraction(1, 16)
"""Up to this spread voices put a card at about the same place: they stand an eighth of the list from their mean."""

Stand = Literal["would", "split", "would not"]
_STANDS: tuple[Stand, ...] = ("would", "split", "would not")


def why_line(attention: CardAttention, places: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Return why the room talks about a card; no capital, no full stop.

    `places` has the card's rank in each side's own order, `names` how each side is called; a side without a name goes
    by its id. Percentages are shares of a side's voices, rounded, halves up.
    """
    stands = {side: _stand(share) for side, share in attention.inside.items()}
    if len(set(stands.values())) > 1:
        return _divided(attention, stands, names)
    stand = next(iter(stands.values()))
    if stand == "split":
        return _all_split(attention, names)
    return f"{_united(attention, stand, names)}{_apart(attention, places, names)}"


def percent(share: Fraction) -> int:
    """Return a share in whole percent, halves rounded up."""
    return (200 * share.numerator + share.denominator) // (2 * share.denominator)


def _stand(share: Fraction) -> Stand:
    if share >= MOST:
        return "would"
    return "would not" if share <= 1 - MOST else "split"


def _divided(attention: CardAttention, stands: Mapping[str, Stand], names: Mapping[str, str]) -> str:
    """Return which side would start it and which would not; those in favour first. Only the first says what it is about."""
    told = sorted(stands, key=lambda side: _STANDS.index(stands[side]))
    clauses = [_clause(names.get(side, side), percent(attention.inside[side]), stands[side], first=not place) for place, side in enumerate(told)]
    return ", ".join(clauses)


def _clause(name: str, share: int, stand: Stand, *, first: bool) -> str:
    if stand == "split":
        return f"{name} is split ({share}%{' would start it' if first else ''})"
    return f"{name} {stand}{' start it' if first else ''} ({share}%)"


def _all_split(attention: CardAttention, names: Mapping[str, str]) -> str:
    shares = _shares(attention, names)
    if len(shares) == 1:
        side = next(iter(attention.inside))
        return f"{names.get(side, side)} is split: {percent(attention.inside[side])}% would start it"
    return f"{'both' if len(shares) == 2 else 'all'} sides are split: {listed(shares)} would start it"


def _united(attention: CardAttention, stand: Stand, names: Mapping[str, str]) -> str:
    """Return what all sides say alike."""
    shares = _shares(attention, names)
    if len(shares) == 1:
        side = next(iter(attention.inside))
        return f"{names.get(side, side)} {stand} start it ({percent(attention.inside[side])}%)"
    two = len(shares) == 2
    who = ("both" if two else "all") if stand == "would" else ("neither" if two else "no side")
    return f"{who} would start it ({', '.join(shares)})"


def _shares(attention: CardAttention, names: Mapping[str, str]) -> list[str]:
    return [f"{percent(share)}% {names.get(side, side)}" for side, share in attention.inside.items()]


def _apart(attention: CardAttention, places: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Return what is left to talk about where all sides say alike whether to start it: the place, or a quarrel inside a side."""
    told = [side for side in attention.means if side in places]
    differ = attention.between >= attention.within and len({places[side] for side in told}) > 1
    # A tie may leave sides of one mind a little apart although they put the card at the same place.
    if attention.spread <= CLOSE or not (differ or any(attention.variances.values())):
        return ", at about the same place"
    if differ:
        first, *others = told
        puts = [f"{names.get(first, first)} puts it {ordinal(places[first])}"]
        return f", but {', '.join(puts + [f'{names.get(side, side)} {ordinal(places[side])}' for side in others])}"
    apart = _quarrelling(attention)
    # Three names and more would push the end of the sentence off a screen, and say no more than this.
    inside = "every side" if len(apart) == len(attention.means) > 2 else listed([names.get(side, side) for side in apart])
    return f", but voices inside {inside} put it far apart"


def _quarrelling(attention: CardAttention) -> Sequence[str]:
    """Return the sides whose own voices are apart: the worst, and any that is at least half as bad."""
    worst = max(attention.variances.values())
    return [side for side, variance in attention.variances.items() if 2 * variance >= worst]
