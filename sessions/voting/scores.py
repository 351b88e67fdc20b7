"""Score rounds of the discussion phase (METHOD 3.4): what voters think of one card, from 0 to 5, and who moved after the discussion.

A score is None for "no opinion", which is not 0. Hands are typed as scores a side, without saying whose; so a round is
counted from each side's scores, and `by_side` of the weights makes those of named voters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from sessions.voting.weights import Weighting, side_weights

HIGHEST = 5
Scores = Mapping[str, Sequence[int | None]]
"""Each side's scores for one card, in any order."""
FEWEST_PULLED = 4
"""A pull is reported from this many changed voters on (METHOD 2.5)."""
PULLED = Fraction(7, 10)
"""A pull is reported if more than this share moved the decider's way (METHOD 2.5)."""


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """What a score round says about one card (METHOD 3.4). Maps have the sides that gave a score, but for `counts`."""

    means: dict[str, Fraction]
    group: Fraction | None
    """With equal sides the mean of the sides' means (by their shares if there are any), per person the plain mean."""
    lowest: int | None
    highest: int | None
    counts: dict[str, tuple[int, ...]]
    """How many voters of each side gave 0, 1, 2, 3, 4 and 5."""
    no_opinion: dict[str, int]

    def gap(self, side_order: Sequence[str] = ()) -> Fraction | None:
        """Return how far the sides' means are apart; None without two sides.

        Of two sides it is the first one's mean minus the second one's, in the order given or else by name; of more, the
        farthest two, without a sign.
        """
        order = [side for side in dict.fromkeys((*side_order, *sorted(self.means))) if side in self.means]
        if len(order) < 2:
            return None
        means = [self.means[side] for side in order]
        return means[0] - means[1] if len(means) == 2 else max(means) - min(means)


@dataclass(frozen=True, slots=True)
class Movement:
    """How many voters gave another score in the second round (METHOD 3.4), as counts.

    Of hands it is not known who they are. Then `moved` is the least number that must have, and `up`, `down` and `same`
    are None.
    """

    moved: int
    up: int | None = None
    down: int | None = None
    same: int | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """Of the voters that changed, how many moved toward the decider and away from the middle (METHOD 2.5)."""

    pulled: int
    changed: int

    @property
    def share(self) -> Fraction:
        """Return the part that was pulled, of all that changed."""
        return Fraction(self.pulled, self.changed)


def check_score(score: object) -> tuple[str, ...]:
    """Return what is wrong with a score; nothing means that it may be given. None is "no opinion"."""
    if score is None or (isinstance(score, int) and not isinstance(score, bool) and 0 <= score <= HIGHEST):
        return ()
    return (f"a score is a whole number from 0 to {HIGHEST}, or no opinion",)


def tally_scores(scores: Scores, weighting: Weighting, shares: Mapping[str, int] | None = None) -> ScoreResult:
    """Count one round for one card (METHOD 3.4). `shares` as in `side_weights`, with its ValueError."""
    given = {side: [score for score in its if score is not None] for side, its in scores.items()}
    weights = side_weights({side: len(its) for side, its in given.items()}, weighting, shares)
    voices = sum(weights[side] * len(given[side]) for side in weights)
    every = list(chain.from_iterable(given.values()))
    return ScoreResult(
        means={side: Fraction(sum(its), len(its)) for side, its in given.items() if its},
        group=Fraction(sum(weights[side] * sum(given[side]) for side in weights), voices) if voices else None,
        lowest=min(every, default=None),
        highest=max(every, default=None),
        counts={side: tuple(its.count(score) for score in range(HIGHEST + 1)) for side, its in given.items()},
        no_opinion={side: len(its) - len(given[side]) for side, its in scores.items()},
    )


def movement(first: Mapping[str, int | None], second: Mapping[str, int | None]) -> Movement:
    """Count who moved between two rounds of named voters; only those with a score in both are counted."""
    both = [(before, after) for voice, before in first.items() if before is not None and (after := second.get(voice)) is not None]
    up, down = sum(after > before for before, after in both), sum(after < before for before, after in both)
    return Movement(moved=up + down, up=up, down=down, same=len(both) - up - down)


def least_movement(first: Scores, second: Scores) -> Movement:
    """Count how many voters must have moved between two rounds of hands, side by side.

    As many as possible are taken to have kept their score, and those without a score in one round to be others.
    """
    moved = 0
    for side in set(first) & set(second):
        before, after = (Counter(score for score in its if score is not None) for its in (first[side], second[side]))
        moved += min(before.total(), after.total()) - (before & after).total()
    return Movement(moved)


def pull_check(first: Mapping[str, int | None], second: Mapping[str, int | None], decider: str) -> Pull | None:
    """Return the pull of the discussion toward the decider (METHOD 2.5); None if there was none.

    Of the other voters that changed, those are pulled whose score came nearer to the decider's first score and farther
    from the first round's median. A pull takes at least 4 that changed, of whom more than 7 in 10 were pulled.
    """
    target = first.get(decider)
    given = sorted(score for score in first.values() if score is not None)
    if target is None:
        return None
    median = given[(len(given) - 1) // 2] + given[len(given) // 2]  # doubled, so that it is whole
    changed = [
        (before, after)
        for voice, before in first.items()
        if voice != decider and before is not None and (after := second.get(voice)) is not None and after != before
    ]
    pulled = sum(abs(after - target) < abs(before - target) and abs(2 * after - median) > abs(2 * before - median) for before, after in changed)
    if len(changed) < FEWEST_PULLED or Fraction(pulled, len(changed)) <= PULLED:
        return None
    return Pull(pulled, len(changed))
