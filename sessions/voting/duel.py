"""A duel between neighbours (METHOD 3.5): should the lower card be above the upper one? A tie keeps the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sessions.voting.weights import Weighting, side_weights

DUELS_A_SESSION = 6
"""The number of duels that fit into a session (METHOD 3.5)."""


@dataclass(frozen=True, slots=True)
class DuelHands:
    """How many hands each side raised."""

    lower: int = 0
    upper: int = 0
    abstain: int = 0


@dataclass(frozen=True, slots=True)
class DuelResult:
    """What a duel says: each card's weight, the hands of every side, and whether the lower card moves up."""

    lower: int
    upper: int
    hands: dict[str, DuelHands]

    @property
    def raised(self) -> bool:
        """Return whether the lower card goes above the upper one; a tie keeps the order."""
        return self.lower > self.upper


def tally_duel(hands: Mapping[str, DuelHands], weighting: Weighting, shares: Mapping[str, int] | None = None) -> DuelResult:
    """Weigh the hands (METHOD 3.1, 3.5): those who abstain are not counted. `shares` as in `side_weights`, with its ValueError."""
    weights = side_weights({side: its.lower + its.upper for side, its in hands.items()}, weighting, shares)
    return DuelResult(
        lower=sum(weight * hands[side].lower for side, weight in weights.items()),
        upper=sum(weight * hands[side].upper for side, weight in weights.items()),
        hands=dict(hands),
    )
