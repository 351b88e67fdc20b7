"""A stage with the square to scan at its right, while people may still join."""

from __future__ import annotations

from collections.abc import Callable

from tui.host.shared import SharedRoom
from tui.stages.picture import Block, line
from tui.widgets.lines import cells_of

_GAP, _LEAST = 4, 56
"""Cells between a picture and the square, and the least that a picture keeps."""
_MOST = 24
"""Rows of the square, or two thirds of a high picture: it is beside what the room looks at."""


def inviting(shared: SharedRoom | None, draw: Callable[[int, int], Block], width: int, height: int, key: str = " · I shows the square") -> Block:
    """Draw a picture, with the square beside it if there is room for both, else with the address in its last row, and the key that shows it."""
    if shared is None or not shared.address:
        return draw(width, height)
    square = [tuple(row) for row in shared.invitation(width - _GAP - _LEAST, min(height, max(_MOST, height * 2 // 3)))]
    if not square:
        return [*draw(width, height - 1), line(f"Join at {shared.address}{key}", "$text-muted", width)]
    room = width - _GAP - cells_of(square[0])
    picture = draw(room, height)
    rows: Block = []
    for y in range(max(len(picture), len(square))):
        row = picture[y] if y < len(picture) else ()
        more = square[y] if y < len(square) else ()
        rows.append((*row, (" " * (room + _GAP - cells_of(row)), ""), *more) if more else row)
    return rows
