"""The columns of a card for a width in cells: the same on every card, so that they line up.

As the board gets narrower the sponsor is shortened first, then the bar goes, then the voters; the title keeps the most.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

GAP = 2
"""Empty cells between two columns."""

DECISION = 9
"""Cells of a decision word and its glyph: "≠ differs"."""

_SPONSOR = 28
_SPONSOR_AT_LEAST = 13
_WORTH = 20
_WORTH_NARROW = 16
_WORTH_IN_A_ROW = 15
_MOVED_SHORT = 5
_MOVED_WORDS = len("▲ from ")
_CARRYING = len("carrying")
_FLAG = len("fits in a gap")
_ROOMY = 70
"""Cells of a card from which its flags are written whole."""


class Columns(NamedTuple):
    """The columns of a card. A width of 0 leaves the column out.

    `lead` is the edge, the rank and the space before the title; `marks` holds what moved and the flags, at the right;
    `body` is what is left between the two.
    """

    width: int
    density: int
    rank: int
    lead: int
    body: int
    marks: int
    who: int
    worth: int
    bar: int
    figure: int
    voices: int
    decision: int

    @property
    def tells_moves(self) -> bool:
        """Return whether every move fits in words: some in words and some in signs would be read as two things."""
        return self.marks >= _MOVED_WORDS + self.rank

    @property
    def title(self) -> int:
        """The title's column in the one-row card; with more rows the title takes what its card's sponsor leaves."""
        used = sum(column + GAP for column in (self.who, self.worth, self.decision) if column)
        return max(0, self.body - used)


@lru_cache(maxsize=64)
def columns(width: int, density: int, digits: int) -> Columns:
    """Lay out a card `width` cells wide with `density` rows (1, 3, 5); the largest rank has `digits` digits."""
    rank = max(2, digits)
    lead = rank + (5 if width >= 60 else 2)
    marks = _marks(width, density, digits)
    body = max(0, width - lead - (marks + GAP if marks else 0) - (1 if width >= 40 else 0))
    row = _one_row if density == 1 else _rows
    who, worth, bar, figure, voices, decision = row(width, body)
    return Columns(width, density, rank, lead, body, marks, who, worth, bar, figure, voices, decision)


def _marks(width: int, density: int, digits: int) -> int:
    """Size the column of moves and flags: their words if there is room, signs and figures below."""
    if width < 32:
        return 0
    if width < 50:
        return max(_MOVED_SHORT, 2 + digits)
    words = _MOVED_WORDS + max(2, digits)
    if density > 1 and width >= _ROOMY:
        return max(_FLAG, words)
    return max(_CARRYING, words)


def _one_row(width: int, body: int) -> tuple[int, int, int, int, int, int]:
    """Share out the one-row card: the decision first, then the worth, then the sponsor, and at least half to the title."""
    spare = body - max(18, body // 2)
    decision = worth = who = 0
    if spare >= DECISION + GAP:
        decision, spare = DECISION, spare - DECISION - GAP
    if spare >= _WORTH_IN_A_ROW + GAP:
        worth, spare = _WORTH_IN_A_ROW, spare - _WORTH_IN_A_ROW - GAP
    if spare >= _SPONSOR_AT_LEAST + GAP:
        who = min(_SPONSOR, spare - GAP)
        spare -= who + GAP
    if worth and spare > 0:
        worth = min(_WORTH, worth + spare)
    return who, worth, 0, 0, 0, decision


def _rows(width: int, body: int) -> tuple[int, int, int, int, int, int]:
    """Share out the cards of three and five rows, if the sponsor is over the voters and the worth under the title."""
    who = min(_SPONSOR, body // 3) if body >= 3 * _SPONSOR_AT_LEAST else 0
    worth = min(_WORTH if width >= 100 else _WORTH_NARROW, body)
    spare = body - worth - GAP
    voices = min(_SPONSOR, spare) if spare >= 12 else 0
    spare -= min(voices, 22) + GAP
    figure = 5 if spare >= 12 else 0
    bar = min(20 if width >= 110 else 10, spare - figure - 1) if figure else 0
    return who, worth, bar, figure, voices, 0
