"""The square that a phone's camera reads: black on white in every theme, with the quiet zone that the standard asks for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

import segno

from tui.widgets.lines import Part

Square = tuple[tuple[Part, ...], ...]

_QUIET = 4
"""Modules of white around the code."""
_BLACK, _WHITE = "on #000000", "on #ffffff"
_HALVES = {
    (True, True): (" ", _BLACK),
    (True, False): ("▄", "#ffffff on #000000"),
    (False, True): ("▄", "#000000 on #ffffff"),
    (False, False): (" ", _WHITE),
}
"""Only the lower half block: many fonts leave a gap above a block, which then has the colour of the half above it."""


@lru_cache(maxsize=8)
def square(text: str, width: int, height: int) -> Square:
    """Return the code of a text, as large as fits into the cells; nothing if it does not fit."""
    modules = [[bool(module) for module in row] for row in segno.make(text, error="l", boost_error=False, micro=False).matrix_iter(border=_QUIET)]
    side = len(modules)
    if 2 * side <= width and side <= height:
        return tuple(_row(("  ", _BLACK if dark else _WHITE) for dark in row) for row in modules)
    if side <= width and (side + 1) // 2 <= height:
        rows = [[False] * side, *modules]  # a code has an odd number of rows
        return tuple(_row(_HALVES[halves] for halves in zip(*pair, strict=True)) for pair in zip(rows[::2], rows[1::2], strict=True))
    return ()


def _row(cells: Iterable[Part]) -> tuple[Part, ...]:
    """Join the cells of one style."""
    return tuple(("".join(text for text, _ in run), style) for style, run in groupby(cells, lambda cell: cell[1]))


def square_width(drawn: Square) -> int:
    """Return the cells of a row of the code."""
    return sum(len(text) for text, _ in drawn[0]) if drawn else 0
