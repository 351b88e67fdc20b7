"""Where the sides put each card of a ballot: their places, and how far these lie apart. Pure functions over a reveal's result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sessions.rounds.reveal import RevealResult

_APART = Fraction(1, 4)
"""From this attention on the voters differ; a card with less is discussed because of a red check."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the sides put a card: their places, and where these lie on a line from the first place (1) to the last (0)."""

    places: tuple[int | None, ...]
    positions: Mapping[str, Fraction] = field(default_factory=dict)
    talk: bool = False
    """Whether it is one of the few cards to discuss."""
    apart: bool = False
    """Whether it is there because the voters differ."""


class Spots:
    """The sides' places of the cards of a reveal, each read on demand; `ready` says whether the figures are computed."""

    def __init__(self, reading: RevealResult, *, ready: bool) -> None:
        self._reading = reading
        self._figures = reading.attention if ready and reading.sides else {}
        self._talk = {each.card for each in reading.worth_talking} if ready else set()

    def of(self, card: str) -> Spot:
        """Return the sides' places of a card."""
        reading, talk = self._reading, card in self._talk
        places = tuple(reading.places[side].get(card) for side in reading.sides)
        last = max(1, len(reading.order) - 1)
        positions = {side: 1 - Fraction(place - 1, last) for side, place in zip(reading.sides, places, strict=True) if place}
        figures = self._figures.get(card)  # raised hands tell an order, and no voter's list
        return Spot(places, positions, talk, apart=talk and figures is not None and figures.attention >= _APART)
