"""The columns of a reveal's list, so that the same thing is in the same place in both of its parts.

From left to right: rank, title, the drawing from first to last place, each side's place, and the mark of a card to discuss. Titles have the room
that they need before the drawing grows, and a second line if the column is too narrow; the sides' names go first, then the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions.record.events import Tally
from tui.sides import looks, shaped_name
from tui.text import fit, fit_right, length, wrap
from tui.themes import Ink
from tui.voting.drawing.spread import spread
from tui.voting.spots import Spot
from tui.widgets.listing import Line, Piece

TALK, TALKED = "talk", "✓"
_LEAST_DRAWING = 12
_LEAST_TITLE = 24
_GAP = 2
_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A card in the group's order. Ranks count from 1, None if there is none."""

    card: str
    title: str
    rank: int
    board: int | None
    tally: Tally
    talked: bool

    @property
    def climbs(self) -> int:
        """The ranks by which the group puts the card higher than the board does; negative is lower."""
        return self.board - self.rank if self.board else 0


class Columns:
    """How many cells each column has in a width. `sides` are those that may be shown apart, `longest` is the cells of the longest title."""

    def __init__(self, width: int, cards: int, longest: int, sides: Sequence[str]) -> None:
        self.width = width
        self.sides = tuple(sides)
        self.looks = looks(sides)
        self.rank = max(3, len(str(cards)) + 1)
        self.lead = self.rank + _GAP
        self.mark = len(TALK) + _GAP if width >= 60 else 3
        short = 2 + len(str(cards)) + _GAP
        whole = [max(short, length(shaped_name(side, self.looks[side])) + _GAP) for side in sides]
        self.title, self.drawing, self.places = self._shared(longest, whole, [short] * len(whole))

    def _shared(self, longest: int, whole: list[int], short: list[int]) -> tuple[int, int, list[int]]:
        """Share the width out among title, drawing and places: with the sides' names if that cuts nothing, else below their shapes alone."""
        left = self.width - self.lead - self.mark
        if not whole:
            return max(1, min(longest, left)), 0, []
        for places in (whole, short):
            drawing = left - sum(places) - longest - 2 * _GAP
            if drawing >= _LEAST_DRAWING:
                return longest, drawing, places
        room = left - sum(short)
        if room - _LEAST_DRAWING - 2 * _GAP >= _LEAST_TITLE:
            return room - _LEAST_DRAWING - 2 * _GAP, _LEAST_DRAWING, short
        if room >= _LEAST_TITLE:
            return min(longest, room), 0, short
        return max(1, min(longest, left)), 0, [0] * len(whole)  # too many sides for a line: the sentence below says it all

    @property
    def names(self) -> bool:
        """Return whether every side's name is above its places."""
        return all(cells >= length(shaped_name(side, self.looks[side])) + _GAP for side, cells in zip(self.sides, self.places, strict=True))

    def heading(self, title: str, ink: Ink) -> Line:
        """Draw the line above a part of the list: what it is, the ends of the drawing, the sides."""
        axis = f"first{fit_right('last', self.drawing - 5)}" if self.sides and self.drawing >= 10 else " " * self.drawing
        beside = f"{' ' * _GAP}{axis}{' ' * _GAP}" if self.drawing else ""
        over = max(0, length(title) + 1 - self.lead - self.title)  # a heading may be longer than every title
        line = [Piece(fit(title, self.lead + self.title + over), ink, bold=True), Piece(beside[over:], "muted")]
        for side, cells in zip(self.sides, self.places, strict=True):
            look = self.looks[side]
            line.append(Piece(fit_right(shaped_name(side, look) if self.names else look.shape, cells), look.ink))
        return line

    def card(self, rank: int, title: str, spot: Spot, *, bold: bool, talked: bool = False) -> Line:
        """Draw a card: its rank, title, spread, each side's place, and whether it is to discuss or was discussed."""
        mark = TALKED if talked else TALK if spot.talk else ""
        return [
            Piece(fit_right(str(rank), self.rank), "focus" if bold else "muted", bold=True),
            Piece(" " * _GAP),
            Piece(title_lines(title, self.title)[0], "text" if bold else "muted", bold=bold),
            *self._drawn(spot),
            *self._told_places(spot),
            Piece(fit_right(mark if self.mark > len(TALK) or talked else "≠" * bool(mark), self.mark), "start" if talked else "differ", bold=True),
        ]

    def more(self, title: str, *, bold: bool) -> list[Line]:
        """Return the lines below a card whose title is longer than its column."""
        if length(title) <= self.title:
            return []
        ink: Ink = "text" if bold else "muted"
        return [[Piece(" " * self.lead), Piece(line, ink, bold=bold)] for line in title_lines(title, self.title)[1:]]

    def _drawn(self, spot: Spot) -> Line:
        if not self.drawing:
            return []
        drawn = spread(spot.positions, self.looks, self.drawing, apart=spot.apart) if spot.positions else [Piece(" " * self.drawing)]
        return [Piece(" " * _GAP), *drawn, Piece(" " * _GAP)]

    def _told_places(self, spot: Spot) -> Line:
        told = []
        for side, place, cells in zip(self.sides, spot.places, self.places, strict=True):
            look = self.looks[side]
            shape = fit_right(look.shape, cells - len(str(place or "–")) - 1) if cells else ""
            told += [Piece(shape, look.ink), Piece(f" {place or '–'}" if cells else "", "differ" if spot.apart else "text", bold=spot.apart)]
        return told


def title_lines(title: str, cells: int) -> list[str]:
    """Return a title in lines of exactly `cells` cells, broken between words."""
    return [fit(line, cells) for line in wrap(title, cells, _TITLE_LINES)]
