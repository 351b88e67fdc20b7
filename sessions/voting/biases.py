"""Counters to the ways a vote goes wrong (METHOD 2.5): groupthink, the pet project, the sandbagged "must"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sessions.voting.agreement import VERY_STRONG
from sessions.voting.points import Ballot

FEWEST_ALIKE = 3
"""Two voters who agree are not a group."""


@dataclass(frozen=True, slots=True)
class OwnShare:
    """The share of a card's points that its own sponsor gave, each voter counted alike."""

    own: int
    total: int

    @property
    def share(self) -> Fraction:
        """Return the sponsor's part of the points, from above 0 to 1."""
        return Fraction(self.own, self.total)


def groupthink(w: Fraction | None, voices: int) -> bool:
    """Return whether the first round agrees so much that the room should look for a reason against its top card."""
    return w is not None and w > VERY_STRONG and voices >= FEWEST_ALIKE


def sponsor_shares(ballots: Mapping[str, Ballot], sponsors: Mapping[str, str]) -> dict[str, OwnShare]:
    """Return for each card what its sponsor gave it, of all its points; cards whose sponsor gave nothing are missing.

    `sponsors` maps cards to the voter that sponsors them.
    """
    shares = {}
    for card, sponsor in sponsors.items():
        own = ballots.get(sponsor, {}).get(card, 0)
        if own:
            shares[card] = OwnShare(own, sum(ballot.get(card, 0) for ballot in ballots.values()))
    return shares
