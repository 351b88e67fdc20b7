"""A list of single lines, one of which may be chosen. It draws only the lines in view, so that its length costs nothing.

It knows lines, not their subject: its user gives a value for each line (empty for a heading or a gap, which
cannot be chosen) and a function from a line's place and the width to its pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from tui.themes import Ground, Ink, Palette, palette


class Piece(NamedTuple):
    """A part of a line: text that was made by `fit`, and what it says."""

    text: str
    ink: Ink = "text"
    bold: bool = False
    italic: bool = False


Line = Sequence[Piece]
Draw = Callable[[int, int], Line]
"""Return the pieces of the line at a place (0 first), for a width in cells."""


class Listing(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines, of which one is chosen. The first cell of every line belongs to the mark of the chosen one."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Listing {
        width: 1fr;
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", show=False),
        Binding("k,up", "step(-1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("G,end", "end(1)", show=False),
        Binding("pagedown,ctrl+d", "page(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
    ]

    class Chosen(Message):
        """A key or the mouse chose another line. `choose` does not send it: a list that mirrors another would answer its own answer forever."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(self, *, id: str | None = None, notes_below: bool = False) -> None:  # noqa: A002
        """Make a list. Lines without a value belong to the line below them, as headings do; with `notes_below` to the line above them."""
        super().__init__(id=id)
        self._notes_below = notes_below
        self._values: Sequence[str] = ()
        self._draw: Draw = lambda _place, _width: ()
        self._cursor = -1
        self._palette: Palette = palette({})

    def show(self, values: Sequence[str], draw: Draw) -> None:
        """Show other lines; the selection stays if it still exists, else its neighbour is selected."""
        chosen = self.chosen
        self._values, self._draw = values, draw
        if chosen in values and chosen:
            self._cursor = values.index(chosen)
        elif self._cursor >= len(values) or self._cursor < 0 or not values[self._cursor]:
            near = [place for place, value in enumerate(values) if value]
            self._cursor = min(near, key=lambda place: abs(place - self._cursor), default=-1)
        self.virtual_size = Size(0, len(values))
        self._follow()
        self.refresh(layout=True)

    @property
    def values(self) -> Sequence[str]:
        """Return the value of each line."""
        return self._values

    @property
    def chosen(self) -> str:
        """Return the value of the selected line, or an empty text."""
        return self._values[self._cursor] if 0 <= self._cursor < len(self._values) else ""

    def choose(self, value: str) -> None:
        """Choose the line of a value, if there is one."""
        if value and value in self._values:
            self._go(self._values.index(value))

    def action_step(self, by: int) -> None:
        """Choose the next line that can be chosen; one up if `by` is negative."""
        place = self._cursor + by
        while 0 <= place < len(self._values) and not self._values[place]:
            place += by
        if 0 <= place < len(self._values):
            self._move(place)
        else:
            self.scroll_to(y=0 if by < 0 else self.max_scroll_y, animate=False, force=True)

    def action_end(self, side: int) -> None:
        """Choose the first line, or the last."""
        places = [place for place, value in enumerate(self._values) if value]
        if places:
            self._move(places[0 if side < 0 else -1])

    def action_page(self, by: int) -> None:
        """Choose a line one view further down, or up."""
        for _ in range(max(1, self.size.height - 1)):
            self.action_step(by)

    def scroll_page(self, by: int) -> None:
        """Look one view further down, or up, and choose nothing."""
        self.scroll_to(y=self.scroll_offset.y + by * max(1, self.size.height - 1), animate=False, force=True)

    def _move(self, place: int) -> None:
        self._go(place)
        self.post_message(self.Chosen(self.chosen))

    def _go(self, place: int) -> None:
        old, self._cursor = self._cursor, place
        self._repaint(old)
        self._repaint(place)
        self._follow()

    def _repaint(self, place: int) -> None:
        line = place - self.scroll_offset.y
        if 0 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def _follow(self) -> None:
        """Keep the selected line in view, with the headings right above it when it is the first of its group, or the notes below it."""
        if self._cursor < 0 or not self.size.height:
            return
        top = bottom = self._cursor
        while top > 0 and not self._values[top - 1] and not (self._notes_below and any(self._values[:top])):
            top -= 1
        while self._notes_below and bottom + 1 < len(self._values) and not self._values[bottom + 1]:
            bottom += 1
        seen, height = self.scroll_offset.y, self.size.height
        wanted = min(seen, top) if self._cursor - top < height else min(seen, self._cursor)
        wanted = max(wanted, min(bottom, self._cursor + height - 1) - height + 1)
        if wanted != seen:
            self.scroll_to(y=wanted, animate=False, force=True)

    def on_mount(self) -> None:
        """Take the theme's colours, now and whenever it changes."""
        self._take_colours()
        self.app.theme_changed_signal.subscribe(self, self._take_colours)

    def on_resize(self) -> None:
        """Keep the selected line in view."""
        self._follow()

    def _take_colours(self, _theme: Theme | None = None) -> None:
        self._palette = palette(self.app.theme_variables)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        place, width = y + self.scroll_offset.y, self.scrollable_size.width
        if place >= len(self._values) or width <= 0:
            return Strip.blank(max(0, width), self._palette.style("page"))
        chosen = place == self._cursor and self.can_focus
        ground: Ground = "focus" if chosen else "page"
        style = self._palette.style
        segments = [Segment("▌" if chosen else " ", style(ground, "focus"))]
        segments += [Segment(piece.text, style(ground, piece.ink, bold=piece.bold, italic=piece.italic)) for piece in self._draw(place, width - 1)]
        return Strip(segments).adjust_cell_length(width, style(ground))

    def on_click(self, event: events.Click) -> None:
        """Choose the line below the mouse."""
        place = event.y + self.scroll_offset.y
        if self.can_focus and 0 <= place < len(self._values) and self._values[place]:
            self._move(place)
