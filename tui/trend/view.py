"""The page of a trend, drawn for the width that there is, and scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from sessions.quarters.trend.rows import Row
from tui.host.key_bar import KeyBar
from tui.stages.picture import Block
from tui.trend.figures import figures_table
from tui.trend.page import page
from tui.widgets.lines import Lines

NOTHING = "No session of this series is closed yet: its first row comes with the first one."


class TrendView(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The trend of a series: pictures, or the table of all figures."""

    DEFAULT_CSS = """
    TrendView { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    """

    _rows: Sequence[Row] = ()
    figures = False

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

    def look(self, pages: int) -> None:
        """Scroll by most of what is in view."""
        self.scroll_relative(y=pages * max(1, self.size.height - 3), animate=False)

    def on_resize(self) -> None:
        """Draw for the width that there is now."""
        self._draw()

    def _draw(self) -> None:
        width = self.size.width - 4
        if width <= 0 or not self.is_mounted:
            return
        if not self._rows:
            drawn: Block = [((NOTHING, "$text-muted"),)]
        else:
            drawn = figures_table(self._rows, width) if self.figures else page(self._rows, width, self.size.height)
        self.page.styles.height = len(drawn)
        self.page.show_lines(drawn)
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Have the line of keys say whether the page is longer than the screen."""
        for bar in self.screen.query(KeyBar):
            bar.refresh()
