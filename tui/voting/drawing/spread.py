"""The sides' places of a card as a small drawing: the list from left to right, its first place at the left.

`──●━━━━━━━◆──` are the sides, each in its shape, and the thick line between them is how far they are apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from tui.sides import SideLook
from tui.themes import Ink
from tui.widgets.listing import Piece


def spread(positions: Mapping[str, Fraction], shown: Mapping[str, SideLook], cells: int, *, apart: bool) -> list[Piece]:
    """Draw a card's positions (1 is the first place, 0 the last) in `cells` cells; the line between them is red if the sides part."""
    marks = sorted(((_cell(position, cells), shown[side]) for side, position in positions.items() if side in shown), key=lambda mark: mark[0])
    if cells < max(2, len(marks)):
        return [Piece(" " * max(0, cells))]
    drawn: list[tuple[str, Ink, bool]] = [("─", "faint", False)] * cells
    places = _apart([cell for cell, _ in marks], cells)
    if places:
        drawn[places[0] : places[-1] + 1] = [("━", "differ" if apart else "bar", False)] * (places[-1] + 1 - places[0])
    for place, (_, look) in zip(places, marks, strict=True):
        drawn[place] = (look.shape, look.ink, True)
    return [Piece("".join(each[0] for each in run), *look) for look, run in groupby(drawn, key=lambda each: (each[1], each[2]))]


def _cell(position: Fraction, cells: int) -> int:
    """Return the cell of a position, halves to the right."""
    return int((1 - position) * (cells - 1) + Fraction(1, 2))


def _apart(wanted: Sequence[int], cells: int) -> list[int]:
    """Return marks a cell each, in their order: those that meet are put side by side."""
    places: list[int] = []
    for cell in wanted:
        places.append(max(cell, places[-1] + 1) if places else cell)
    return [min(place, cells - len(places) + index) for index, place in enumerate(places)]
