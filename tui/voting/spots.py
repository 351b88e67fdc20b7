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


class Spots:
    """The sides' places of the cards of a reveal, each read when it is asked for; `ready` says whether the figures are computed."""

    def __init__(self, reading: RevealResult, *, ready: bool) -> None:
        self._reading = reading
        self._figures = reading.attention if ready and reading.sides else {}
        self._talk = {each.card for each in reading.worth_talking} if ready else set()
        self._axis = _axis(reading) if ready else _same

    def of(self, card: str) -> Spot:
        """Return where the sides put a card."""
        reading, talk = self._reading, card in self._talk
        places = tuple(reading.places[side].get(card) for side in reading.sides)
        figures = self._figures.get(card)
        if figures is None:  # raised hands tell an order, and no voter's list
            last = max(1, len(reading.order) - 1)
            told = {side: 1 - Fraction(place - 1, last) for side, place in zip(reading.sides, places, strict=True) if place}
            return Spot(places, told if reading.revealed.hands else {}, talk)
        means = {side: self._axis(mean) for side, mean in figures.means.items() if card in reading.places[side]}
        return Spot(places, means, talk, apart=talk and figures.attention >= _APART)


def _same(position: Fraction) -> Fraction:
    return position


def _axis(reading: RevealResult) -> Callable[[Fraction], Fraction]:
    """Return where a position lies on the drawing's axis.

    Cards that voters leave out share a place well above the last one (METHOD 4.1), so the axis ends at the lowest place that any voter gives.
    """
    low = min((last for _, last in reading.ends.values()), default=Fraction(0))
    return (lambda position: (position - low) / (1 - low)) if low < 1 else _same
