"""The columns of a card for a width in cells: the same on every card, so that they line up.

As the board gets narrower the sponsor is shortened first, then the bar goes, then the voters; the title keeps the most.
"""

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
_FIGURE = len("100.0 pt")
_FLAG = len("fits in a gap")
_ROOMY = 70
"""Cells of a card from which its flags are written whole."""


class Filled(NamedTuple):
    """What the cards of a board hold: a board has no row and no column that is empty on every card."""

    who: bool = True
    worth: int = -1
    """The cells of the longest worth; -1 if it is not known."""
    votes: bool = True
    line: bool = True
    extra: bool = True
    ranks: int = 0
    """The number of ranks there are; 0 if all of their cards are shown."""

    def rows(self, density: int) -> int:
        """Return the rows of a card where `density` is the most that it may have."""
        told = 1 + bool(self.worth or self.votes) + self.line
        return min(density, told + 2 * self.extra if told > 1 else 1)


FULL = Filled()


class Columns(NamedTuple):
    """The columns of a card. A width of 0 leaves the column out.

    `rows` are the lines of a card; `lead` is the edge, the rank and the space before the title; `marks` holds what moved and the flags, at
    the right; `body` is what is left between the two. In a `compact` board the one row holds all that there is room for.
    """

    width: int
    rows: int
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
    compact: bool

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
def columns(width: int, density: int, digits: int, filled: Filled = FULL) -> Columns:
    """Lay out a card `width` cells wide with up to `density` rows (1, 3, 5); the largest rank has `digits` digits."""
    rank = max(2, digits)
    lead = rank + (5 if width >= 60 else 2)
    marks = _marks(width, density, digits)
    body = max(0, width - lead - (marks + GAP if marks else 0) - (1 if width >= 40 else 0))
    row = _one_row if density == 1 else _rows
    who, worth, bar, figure, voices, decision = row(width, body, filled)
    return Columns(width, filled.rows(density), rank, lead, body, marks, who, worth, bar, figure, voices, decision, compact=density == 1)


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


def _one_row(width: int, body: int, filled: Filled) -> tuple[int, int, int, int, int, int]:
    """Share out the one-row card: the decision first, then the worth, then the sponsor, and at least half to the title."""
    spare = body - max(18, body // 2)
    decision = worth = who = 0
    if filled.line and spare >= DECISION + GAP:
        decision, spare = DECISION, spare - DECISION - GAP
    if filled.worth and spare >= _WORTH_IN_A_ROW + GAP:
        worth, spare = _WORTH_IN_A_ROW, spare - _WORTH_IN_A_ROW - GAP
    if filled.who and spare >= _SPONSOR_AT_LEAST + GAP:
        who = min(_SPONSOR, spare - GAP)
        spare -= who + GAP
    if worth and spare > 0:
        worth = min(filled.worth if filled.worth > 0 else _WORTH, worth + spare)
    return who, worth, 0, 0, 0, decision


def _rows(width: int, body: int, filled: Filled) -> tuple[int, int, int, int, int, int]:
    """Share out the cards of several rows: the sponsor is over the voters or, without voters, beside the worth under the title."""
    who = min(_SPONSOR, body // 3) if filled.who and (filled.votes or not filled.worth) and body >= 3 * _SPONSOR_AT_LEAST else 0
    worth = min(filled.worth if filled.worth >= 0 else _WORTH if width >= 100 else _WORTH_NARROW, body)
    spare = body - worth - GAP
    voices = min(_SPONSOR, spare) if filled.votes and spare >= 12 else 0
    spare -= min(voices, 22) + GAP
    figure = _FIGURE if filled.votes and spare >= _FIGURE + 7 else 0
    bar = min(17 if width >= 110 else 7, spare - figure - 1) if figure else 0
    return who, worth, bar, figure, voices, 0
