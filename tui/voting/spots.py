"""Where the sides put each card of a ballot: their places, and how far these lie apart. Pure functions over a reveal's result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sessions.rounds.reveal import RevealResult

_APART = Fraction(1, 4)
"""From this attention on the voters differ; a card with less is talked about because of a red check."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the sides put a card: their places, and, once they are read, where these lie on the axis of the drawing."""

    places: tuple[int | None, ...]
    means: Mapping[str, Fraction] = field(default_factory=dict)
    talk: bool = False
    """Whether it is one of the few cards to discuss."""
    apart: bool = False
    """Whether it is there because the voters differ."""


def spots_of(reading: RevealResult, *, ready: bool) -> dict[str, Spot]:
    """Return the sides' places of each card; `ready` says whether the figures are computed."""
    places = {card: tuple(reading.places[side].get(card) for side in reading.sides) for card in reading.order}
    if not ready:
        return {card: Spot(its) for card, its in places.items()}
    talk, axis = {each.card for each in reading.worth_talking}, _axis(reading)
    return {card: _spot(reading, card, its, axis, talk=card in talk) for card, its in places.items()}


def _spot(reading: RevealResult, card: str, places: tuple[int | None, ...], axis: Callable[[Fraction], Fraction], *, talk: bool) -> Spot:
    figures = reading.attention.get(card)
    if figures is None or not reading.sides:
        return Spot(places, talk=talk)
    return Spot(places, {side: axis(mean) for side, mean in figures.means.items()}, talk, apart=talk and figures.attention >= _APART)


def _axis(reading: RevealResult) -> Callable[[Fraction], Fraction]:
    """Return where a position lies on the drawing's axis.

    Cards that voters leave out share a place well above the last one (METHOD 4.1), so the axis ends at the lowest place that any voter gives.
    """
    low = min((last for _, last in reading.ends.values()), default=Fraction(0))
    return lambda position: (position - low) / (1 - low) if low < 1 else position
