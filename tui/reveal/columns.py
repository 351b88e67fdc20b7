"""The columns of a reveal's lists, so that the same figure is in the same place in both of them.

From left to right: rank, title, figures (how much attention, or points and the board's rank), the drawing, each side's place, each side's share of
voters that have the card among the first, and the mark of a card to discuss. As the screen gets narrower the shares go first.
"""

from __future__ import annotations

from collections.abc import Sequence

from sessions.wording import ordinal, side_name
from tui.sides import looks
from tui.text import fit, fit_right, length
from tui.widgets.listing import Line, Piece

_WIDE = 108
_MEDIUM = 68
_TITLE_LEAST = 20
_DRAWING_MOST = 40
TALK = "talk"
TALKED = "✓"


class Columns:
    """How many cells each column has in a width.

    `sides` are those whose orders are shown, `longest` is the cells of the longest title; with `words` the figures have words beside them: how
    many duels a card wins.
    """

    def __init__(self, width: int, cards: int, longest: int, sides: Sequence[str], *, words: bool = False) -> None:
        wide, medium = width >= _WIDE, width >= _MEDIUM
        self.width = width
        self.sides = tuple(sides)
        self.looks = looks(sides)
        self.rank = max(3, len(str(cards)) + 1)
        self.aside = (16 if words else 9) if wide else 0
        self.figure = 7 if wide else 6
        self.figures = self.figure + self.aside + (8 if medium else 0)
        self.whole = wide
        names = [length(side_name(side)) for side in sides]
        self.places = tuple(max(min(cells, 12), 5) + 2 if wide else max(min(cells, 4), 3) + 1 for cells in names)
        self.mark = 3 + len(TALK) if wide else 2
        self.share, self.gap = (5 if medium and sides else 0), 2
        beside = self.rank + 2 + self.figures + sum(self.places) + self.mark
        if width - beside - self._shares - self._least < _TITLE_LEAST:
            self.share = 0
        left = width - beside - self._shares
        if left - self._least < _TITLE_LEAST:
            self.places = tuple(0 for _ in sides)
            left = width - self.rank - 2 - self.figures - self.mark
        self.title = max(1, min(left - self._least, max(longest, len("Discuss these 5 cards"))))
        self.drawing = max(0, min(left - self.title, _DRAWING_MOST)) if self._least else 0

    @property
    def _least(self) -> int:
        """Return the fewest cells of the drawing, with the gaps on both sides."""
        if not self.sides:
            return 0
        return 19 if self.width >= _WIDE else 14 if self.width >= _MEDIUM else 12

    @property
    def _shares(self) -> int:
        return len(self.sides) * self.share + (self.gap if self.share else 0)

    @property
    def table(self) -> int:
        """Return the cells that all columns take together."""
        return self.lead + self.title + self.figures + self.drawing + sum(self.places) + self._shares + self.mark

    @property
    def lead(self) -> int:
        """Return the cells in front of the title."""
        return self.rank + 2

    def heading(self, title: str, figures: str, k: int) -> Line:
        """Draw the line above a list. `figures` is as wide as the figures, or shorter."""
        names = "".join(_right(side_name(side), cells) for side, cells in zip(self.sides, self.places, strict=True))
        shares = fit_right(f"in first {k}", self._shares) if self.share else ""
        return [
            Piece(fit(title, self.lead + self.title), "focus", bold=True),
            Piece(figures.ljust(self.figures) + self._axis() + names + shares, "muted"),
        ]

    def _axis(self) -> str:
        """Return which end of the drawing is which."""
        cells = self.drawing - 4
        if cells < len("first last"):
            return " " * self.drawing
        return f"  {'first'}{fit_right('last', cells - 5)}  "

    def beginning(self, rank: int, title: str, *, bold: bool) -> list[Piece]:
        """Draw the rank and the title."""
        return [Piece(fit_right(str(rank), self.rank), bold=True), Piece("  "), Piece(fit(title, self.title), bold=bold)]

    def places_and_shares(self, places: Sequence[int | None], shares: Sequence[str], *, apart: bool) -> Line:
        """Draw where each side puts a card, and the share of its voters that have it among the first."""
        told = [(ordinal(place) if self.whole else str(place)) if place else "–" for place in places]
        put = "".join(fit_right(place, cells) for place, cells in zip(told, self.places, strict=True))
        among = " " * self.gap + "".join(fit_right(share, self.share) for share in shares) if self.share else ""
        return [Piece(put + among, "differ" if apart else "text", bold=apart)]


def _right(name: str, cells: int) -> str:
    """Put a name at the right of its column, with a gap in front of it: whole, or its first letters and a full stop."""
    room = cells - 1
    return fit_right(name if length(name) <= room else f"{name[: max(0, room - 1)]}.", cells) if cells else ""


def below(columns: Columns, *pieces: Piece) -> Line:
    """Draw a line below a card, aligned with its title, with spaces between the pieces."""
    left, line = columns.width - columns.lead, [Piece(" " * columns.lead)]
    for piece in pieces:
        cells = max(0, min(left, length(piece.text)))
        line += [Piece(fit(piece.text, cells), piece.ink, bold=piece.bold), Piece(" ")]
        left -= cells + 1
    return line
