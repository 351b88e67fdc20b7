"""The cards in view, computed and drawn once, so that a key costs two cards for any length of the list."""

from __future__ import annotations

from collections.abc import Callable

from textual.strip import Strip

from tui.themes import Palette
from tui.widgets.board.card_lines import Painter
from tui.widgets.board.columns import Columns
from tui.widgets.board.face import CardFace, Look

_KEPT = 512
"""Faces, and drawn cards, that are remembered: more than any screen shows. A drawn card takes some 15 kB."""


class Cards:
    """Remembers the faces of the places that were in view, and the lines of the faces that were drawn."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._ask: Callable[[int], CardFace] | None = None
        self._faces: dict[int, CardFace] = {}
        self._drawn: dict[tuple[CardFace, Look, bool, bool, Columns, int], tuple[Strip, ...]] = {}

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

    def recheck(self, first: int, last: int, rows: int) -> dict[int, range]:
        """Ask for all faces again, those of the places from `first` to `last` now; return the changed rows of the changed cards."""
        if self._ask is None:
            return {}
        before, self._faces = self._faces, {position: self._ask(position) for position in range(first, last + 1)}
        changes = {position: (before.get(position), face) for position, face in self._faces.items() if before.get(position) != face}
        return {position: _rows_changed(old, new, rows) for position, (old, new) in changes.items()}

    def draw(self, position: int, look: Look, *, marked: bool, thumb: bool, columns: Columns, gap: int) -> tuple[Strip, ...]:
        """Return the lines of the card at a place, and of the gap below it; `Painter` explains the rest."""
        key = (self._face(position), look, marked, thumb, columns, gap)
        if (lines := self._drawn.get(key)) is None:
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()
            lines = self._drawn[key] = Painter(key[0], look, columns, self._palette, gap).lines(marked=marked, thumb=thumb)
        return lines

    def _face(self, position: int) -> CardFace:
        """Return a face, computed once until it changes."""
        if (face := self._faces.get(position)) is None:
            if self._ask is None:
                raise LookupError("a card was drawn before any were given")
            if len(self._faces) >= _KEPT:
                self._faces.clear()
            face = self._faces[position] = self._ask(position)
        return face


def _rows_changed(old: CardFace | None, new: CardFace, rows: int) -> range:
    """Return the rows of a card that look different: only those of its sentence, if nothing but that has changed, as after most moves."""
    if old is None or old._replace(line=new.line) != new:
        return range(rows)
    return range(1, rows)
