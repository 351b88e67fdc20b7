"""Whether the order of a round holds without any one voter (METHOD 3.8): the rest is counted without each ballot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from sessions.rounds.count import RoundCount
from sessions.rounds.methods.order import Votes

FEWEST_TESTED = 3
"""A side with fewer ballots is not tested: the result would reveal a single vote."""


@dataclass(frozen=True, slots=True)
class OneBallot:
    """The cards whose side of the line depends on a single ballot; never whose."""

    falls: frozenset[str] = frozenset()
    """Cards of the first K that would not be among them."""
    rises: frozenset[str] = frozenset()
    """Cards below the line that would be above it."""
    untested: tuple[str, ...] = ()
    """The sides with fewer than three ballots."""
    tested: int = 0
    """How many ballots were tested, each in turn."""


def hangs_on_one(count: RoundCount, k: int) -> OneBallot:
    """Return what depends on a single ballot, with the sides weighed as the round announced."""
    votes, whole = count.votes, count.spec.tally(count.votes, "sides")
    sizes = Counter(votes.sides[voter] for voter in votes.ballots)
    untested = tuple(sorted(side for side, size in sizes.items() if size < FEWEST_TESTED))
    tested = [voter for voter in votes.ballots if votes.sides[voter] not in untested]
    if whole is None or k >= len(whole.order):
        return OneBallot(untested=untested, tested=len(tested))
    first = frozenset(whole.order[:k])
    falls: set[str] = set()
    rises: set[str] = set()
    seen: set[Hashable] = set()
    for voter in tested:
        same = votes.sides[voter], repr(votes.ballots[voter])
        if same in seen:  # equal ballots of one side have the same effect
            continue
        seen.add(same)
        rest = count.spec.tally(without(votes, voter), "sides")
        if rest is not None:
            others = frozenset(rest.order[:k])
            falls |= first - others
            rises |= others - first
    return OneBallot(frozenset(falls), frozenset(rises), untested, len(tested))


def without(votes: Votes[Any], voter: str) -> Votes[Any]:
    """Return the votes without those of one voter."""
    return replace(
        votes,
        ballots={each: its for each, its in votes.ballots.items() if each != voter},
        sides={each: side for each, side in votes.sides.items() if each != voter},
    )
