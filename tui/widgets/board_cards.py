"""The cards in view, asked for and drawn once: what makes a key cost two cards, whatever the length of the list."""

from __future__ import annotations

from collections.abc import Callable

from textual.strip import Strip

from tui.themes import Palette
from tui.widgets.board_columns import Columns
from tui.widgets.board_lines import CardFace, Look, Painter

_KEPT = 1024
"""Faces, and drawn cards, that are remembered: far more than any screen shows."""


class Cards:
    """Remembers the faces of the places that were in view, and the lines of the faces that were drawn."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._ask: Callable[[int], CardFace] | None = None
        self._faces: dict[int, CardFace] = {}
        self._drawn: dict[tuple[CardFace, Look, bool, bool, Columns], tuple[Strip, ...]] = {}

    @property
    def palette(self) -> Palette:
        """The colours that cards are drawn with; setting others forgets what was drawn."""
        return self._palette

    @palette.setter
    def palette(self, palette: Palette) -> None:
        self._palette = palette
        self._drawn.clear()

    def take(self, face: Callable[[int], CardFace], changed: tuple[int, int] | None) -> None:
        """Ask `face` from now on, and ask again for the places from the first to the last of `changed`, or for all."""
        self._ask = face
        if changed is None:
            self._faces.clear()
            return
        first, last = changed
        for position in [known for known in self._faces if first <= known <= last]:
            del self._faces[position]

    def draw(self, position: int, look: Look, *, marked: bool, thumb: bool, columns: Columns) -> tuple[Strip, ...]:
        """Give the lines of the card at a place, and of the gap below it; what the rest means, the painter says."""
        key = (self._face(position), look, marked, thumb, columns)
        if (lines := self._drawn.get(key)) is None:
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()
            lines = self._drawn[key] = Painter(key[0], look, columns, self._palette).lines(marked=marked, thumb=thumb)
        return lines

    def _face(self, position: int) -> CardFace:
        """Ask for a face once, until it is said to have changed."""
        if (face := self._faces.get(position)) is None:
            if self._ask is None:
                raise LookupError("a card was drawn before any were given")
            if len(self._faces) >= _KEPT:
                self._faces.clear()
            face = self._faces[position] = self._ask(position)
        return face
