"""The weeks of all teams while cards are placed: the first fit of a card, and what each week has left (METHOD 5.2).

For every crew that was ever asked of a team, the weeks that have room for it are the bits of one whole number. Then the weeks in which a block
could begin are found with a few shifts, however many weeks and cards there are; only the last week of a block, which may ask for less, is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessions.sequencing.workload import Block, Workload

_NOBODY = -1
"""The value after the last week, so that no block ends there."""


class Grid:
    """What is left of each team's weeks, in tenths of a person: `free` by team and week, week 0 and the one after the horizon unused."""

    __slots__ = ("_all", "_room", "free")

    def __init__(self, workload: Workload) -> None:
        self.free = [[*weeks, _NOBODY] for weeks in workload.capacity]
        self._room: list[dict[int, int]] = [{} for _ in self.free]
        self._all = (1 << (workload.horizon + 1)) - 1

    def first_fit(self, blocks: Sequence[Block], bound: int) -> int:
        """Return the first week, from `bound` on, in which every week of every block fits, or 0 if there is none up to the horizon."""
        fits = self._all >> bound << bound
        for team, crew, weeks, _ in blocks:
            if weeks > 1:
                room = self._room[team]
                fits &= _run(room[crew] if crew in room else self._weeks_with(team, crew), weeks - 1)
        free = self.free
        while fits:
            first = fits & -fits
            start = first.bit_length() - 1
            for team, _, weeks, last in blocks:
                if free[team][start + weeks - 1] < last:
                    break
            else:
                return start
            fits ^= first
        return 0

    def take(self, blocks: Sequence[Block], start: int) -> None:
        """Reserve what a card needs, from a week in which it fits."""
        for team, crew, weeks, last in blocks:
            free = self.free[team]
            end = start + weeks - 1
            for week in range(start, end):
                free[week] -= crew
            free[end] -= last
            room = self._room[team]
            for load in room:
                for week in range(start, end + 1):
                    if free[week] < load:
                        room[load] &= ~(1 << week)

    def _weeks_with(self, team: int, crew: int) -> int:
        mask = 0
        for week, free in enumerate(self.free[team]):
            if free >= crew:
                mask |= 1 << week
        self._room[team][crew] = mask
        return mask


def _run(mask: int, length: int) -> int:
    """Return the bits at which this many set bits begin."""
    have = 1
    while have < length and mask:
        step = min(have, length - have)
        mask &= mask >> step
        have += step
    return mask
