"""Weeks across, rows down: a list whose rows are bars and figures on a calendar (see `rows` for what a row looks like)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.themes import Ground, Palette
from tui.widgets.calendar.rows import Axis, Layout, Row, Run, heading, layout, row_runs
from tui.widgets.listing import Listing, Piece

_REVERSE = Style(reverse=True)


class Weeks(Listing, inherit_bindings=True):
    """Rows on a calendar, one of which is chosen. `heading` is the widget above it, which shows the weeks in view."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("g", "end(-1)", show=False)]

    def __init__(self, *, id: str | None = None, above: WeeksHeading | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self.axis = Axis()
        self.left = 1
        self._above = above

    def show_rows(self, rows: Sequence[Row], axis: Axis) -> None:
        """Show other rows."""
        self._rows, self.axis = rows, axis
        self.left = max(1, min(self.left, axis.weeks))
        self.show([row.value for row in rows], lambda _place, _width: ())
        self._tell_heading()

    def shift(self, by: int) -> None:
        """Look at later weeks, or earlier ones."""
        shape = self.shape
        last = max(1, self.axis.weeks - max(1, (shape.width - shape.label) // shape.cell) + 1)
        self.left = max(1, min(self.left + by, last))
        self.refresh()
        self._tell_heading()

    @property
    def shape(self) -> Layout:
        """Return how wide the parts are now."""
        return layout(max(0, self.scrollable_size.width - 1), self.axis, self.left)

    def _move(self, place: int) -> None:
        super()._move(place)
        week = self._rows[place].week
        if week and self.size.width and not self.left <= week < self.left + self.shape.weeks_in_view(self.axis):
            self.shift(week - self.left - (0 if week < self.left else self.shape.weeks_in_view(self.axis) // 2))

    def on_resize(self, _event: events.Resize | None = None) -> None:
        """Keep the selected row in view, and the heading over its weeks."""
        self._follow()
        self._tell_heading()

    def _tell_heading(self) -> None:
        if self._above is not None:
            self._above.show(self.axis, self.shape)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        place, width = y + self.scroll_offset.y, self.scrollable_size.width
        if place >= len(self._rows) or width <= 0:
            return Strip.blank(max(0, width), self._palette.style("page"))
        chosen = place == self._cursor
        ground: Ground = "focus" if chosen else "page"
        mark = Segment("▌" if chosen else " ", self._palette.style(ground, "focus"))
        runs = row_runs(self._rows[place], self.axis, self.shape)
        return Strip([mark, *segments(runs, self._palette, ground)]).adjust_cell_length(width, self._palette.style(ground))


class WeeksHeading(Listing, can_focus=False):
    """The two lines above the rows."""

    DEFAULT_CSS = "WeeksHeading { height: 2; overflow-y: hidden; }"

    def show(self, axis: Axis, shape: Layout) -> None:  # type: ignore[override]
        """Show the weeks of a layout."""
        lines = [[Piece(text, ink, bold) for text, ink, _solid, bold in runs] for runs in heading(axis, shape)]
        super().show(["", ""], lambda place, _width: lines[place])


def segments(runs: Sequence[Run], palette: Palette, ground: Ground) -> list[Segment]:
    """Return runs as segments."""
    found = []
    for text, ink, solid, bold in runs:
        style = palette.style(ground, ink, bold=bold)
        found.append(Segment(text, style + _REVERSE if solid else style))
    return found
