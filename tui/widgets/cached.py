"""Widgets that cache their lines while others change, until they declare a change.

In every frame Textual asks all visible widgets for all their lines, and sends only those that changed to the terminal. Its own memory of
lines saves the drawing, but not the way there, which for a screen of plain widgets costs more than the two cards that a key moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from textual.color import Color
from textual.containers import Horizontal
from textual.geometry import Offset, Region
from textual.messages import Update
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object  # Textual takes a widget's CSS from its first base that is a widget: a mixin must be none


class CachedLines(_Base):
    """Mixed in before a widget: its lines are drawn once, and again when `refresh` says so."""

    _kept: dict[int, Strip]
    _kept_from: tuple[int, int] = (-1, -1)
    _kept_ground: Color | None = None
    _kept_offset: Offset | None = None

    @property
    def content_offset(self) -> Offset:
        """Where the content begins: asked for in every repaint, and changed only by the styles."""
        if self._kept_offset is None:
            self._kept_offset = super().content_offset
        return self._kept_offset

    def filtered(self, strips: list[Strip]) -> list[Strip]:
        """Apply the app's filters (another palette, no colour) to lines that were drawn straight."""
        if filters := self.get_line_filters():
            if self._kept_ground is None:
                self._kept_ground = self.background_colors[1]
            for wanted in filters:
                strips = [strip.apply_filter(wanted, self._kept_ground) for strip in strips]
        return strips

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint some regions, or everything.

        A widget tells its screen when it next has nothing else to do, which wakes it first. Here the screen learns of a few lines immediately, and
        paints all that it has heard of in its next frame, as ever. Otherwise a move on a board with a plan takes twice as long (benchmark `keys`).
        """
        if not regions or not repaint or layout or recompose or not self.is_mounted or self._kept_from == (-1, -1):
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        self._set_dirty(*regions)
        self.screen.post_message(Update(self))
        return self

    def draw_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; as the widget does."""
        return super().render_lines(crop)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines: those that are remembered, and the others drawn."""
        if crop.column_span != self._kept_from:
            self._kept, self._kept_from = {}, crop.column_span
        kept = self._kept
        for first, last in _gaps(kept, crop):
            part = Region(crop.x, first, crop.width, last - first)
            kept |= dict(zip(part.line_range, self.draw_lines(part), strict=False))
        return [kept[y] for y in crop.line_range]

    def _set_dirty(self, *regions: Region) -> None:
        # Every change of what a widget shows comes through here: `refresh`, a new size, new styles. Textual has no public name for it.
        if not regions:
            self._forget()
        elif self._kept_from != (-1, -1):
            below = self.content_offset.y
            for region in regions:
                for y in region.line_range:
                    self._kept.pop(y + below, None)
        super()._set_dirty(*regions)

    def notify_style_update(self) -> None:
        """Redraw everything in another style."""
        self._forget()
        self._kept_offset = None
        super().notify_style_update()

    def _forget(self) -> None:
        self._kept_from, self._kept_ground = (-1, -1), None


def _gaps(kept: dict[int, Strip], crop: Region) -> Iterable[tuple[int, int]]:
    """Return the runs of lines that are not remembered, each as its first line and the one after its last."""
    first = None
    for y in crop.line_range:
        if y in kept:
            if first is not None:
                yield first, y
                first = None
        elif first is None:
            first = y
    if first is not None:
        yield first, crop.bottom


class Row(Horizontal):
    """A row of widgets that shows nothing but them."""

    BLANK = True


class CachedText(CachedLines, Static):
    """A text that is replaced as a whole."""
