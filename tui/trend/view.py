"""The page of a trend, drawn for the width that there is, and scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from sessions.quarters.trend.rows import Row
from tui.trend.figures import figures_table
from tui.trend.page import page
from tui.widgets.lines import Lines

NOTHING = "No session of this series is closed yet: its first row comes with the first one."


class TrendView(VerticalScroll):
    """The trend of a series: pictures, or the table of all figures."""

    DEFAULT_CSS = """
    TrendView { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("space,ctrl+d", "page_down", show=False),
        Binding("ctrl+u", "page_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self.figures = False

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield Lines(id="trend-page")

    @property
    def page(self) -> Lines:
        """Return what is drawn."""
        return self.query_one("#trend-page", Lines)

    def show(self, rows: Sequence[Row]) -> None:
        """Show the rows of a series."""
        self._rows = rows
        self._draw()

    def turn(self) -> None:
        """Change between the pictures and the figures."""
        self.figures = not self.figures
        self._draw()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Draw for the width that there is now."""
        self._draw()

    def _draw(self) -> None:
        width = self.size.width - 4
        if width <= 0 or not self.is_mounted:
            return
        drawn = [((NOTHING, "$text-muted"),)] if not self._rows else figures_table(self._rows, width) if self.figures else page(self._rows, width)
        self.page.styles.height = len(drawn)
        self.page.show_lines(drawn)
