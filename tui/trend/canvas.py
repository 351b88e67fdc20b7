"""A sheet of cells on which a picture is drawn: dotted lines between cells, and signs above them."""

from __future__ import annotations

from itertools import groupby

from rich.cells import cell_len

from tui.widgets.lines import Part

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille cell, by row and column."""
_BRAILLE = 0x2800
_DOTTED = 2
"""One in this many dots of a line is drawn."""


class Canvas:
    """A sheet of cells. Row 0 is at the top, and nothing outside is drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._dots: dict[tuple[int, int], tuple[int, str]] = {}
        self._signs: dict[tuple[int, int], tuple[str, str]] = {}

    def line(self, start: tuple[int, int], end: tuple[int, int], style: str, *, every: int = _DOTTED) -> None:
        """Draw a dotted line between the middles of two cells (column, row)."""
        (x0, y0), (x1, y1) = ((2 * x, 4 * y + 1) for x, y in (start, end))
        steps = max(abs(x1 - x0), abs(y1 - y0))
        for step in range(0, steps + 1, every):
            self._dot(round(x0 + (x1 - x0) * step / steps) if steps else x0, round(y0 + (y1 - y0) * step / steps) if steps else y0, style)

    def _dot(self, x: int, y: int, style: str) -> None:
        cell = x // 2, y // 4
        bits, _ = self._dots.get(cell, (0, ""))
        self._dots[cell] = bits | _DOTS[y % 4][x % 2], style

    def write(self, x: int, y: int, text: str, style: str) -> None:
        """Write a text above the lines; a character that takes two cells becomes a dot."""
        for place, character in enumerate(text, x):
            self._signs[place, y] = character if cell_len(character) == 1 else "·", style

    def behind(self, x: int, y: int, sign: str, style: str) -> None:
        """Write a sign if no line is drawn there."""
        if (x, y) not in self._dots:
            self._signs[x, y] = sign, style

    def rows(self, ground: str = "") -> list[tuple[Part, ...]]:
        """Return the rows as parts; `ground` is the style of empty cells."""
        return [self._row(y, ground) for y in range(self.height)]

    def _row(self, y: int, ground: str) -> tuple[Part, ...]:
        cells = [self._cell(x, y, ground) for x in range(self.width)]
        return tuple(("".join(text for text, _ in run), style) for style, run in groupby(cells, lambda cell: cell[1]))

    def _cell(self, x: int, y: int, ground: str) -> tuple[str, str]:
        if (x, y) in self._signs:
            return self._signs[x, y]
        bits, style = self._dots.get((x, y), (0, ground))
        return (chr(_BRAILLE + bits), style) if bits else (" ", ground)
