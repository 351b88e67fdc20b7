"""A list of cards that scrolls: where its lines are, and which of them are to be drawn again."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView

from tui.widgets.board.geometry import Rows
from tui.widgets.cached import CachedLines


class ScrolledRows(CachedLines, ScrollView, inherit_bindings=False):
    """The lines of a list, and the part of them in view."""

    _rows = Rows(0, 1)

    @property
    def count(self) -> int:
        """The number of cards shown."""
        return self._rows.cards

    @property
    def page_size(self) -> int:
        """The number of cards in a view."""
        return max(1, self.size.height // self._rows.stride)

    def _arrange(self, rows: Rows) -> None:
        """Take another list of lines. It has no width: the columns adapt, and nothing scrolls sideways."""
        self._rows = rows
        self.virtual_size = Size(0, rows.height)
        self.refresh()

    def _follow(self, position: int) -> None:
        """Scroll until a card is in view."""
        if self.count and self.size.height:
            self._scroll_to_line(self._rows.scroll_for(position, self.scroll_offset.y, self.size.height))

    def _scroll_to_line(self, line: int) -> None:
        """Scroll in this frame, without animation, because the next key may follow immediately."""
        if line != self.scroll_offset.y:
            self.scroll_to(y=line, animate=False, force=True)

    def _repaint(self, first: int, last: int, *, gaps: bool = False) -> None:
        """Redraw the lines of these cards, with the gaps around them if those changed too: only those in view."""
        top, bottom = self._rows.lines(first, last)
        around = self._rows.gap if gaps else 0
        self._repaint_lines(top - around, bottom + around)

    def _repaint_lines(self, top: int, bottom: int) -> None:
        """Redraw the lines of the list from `top` to the one before `bottom`, those in view."""
        seen = self.scroll_offset.y
        width, height = self.size
        top, bottom = max(0, top - seen), min(height, bottom - seen)
        if top < bottom:
            self.refresh(Region(0, top, width, bottom - top))
