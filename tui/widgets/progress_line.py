"""How far a replay has come: one line with marks at the chapters. A click jumps there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class ProgressLine(Widget):
    """A line from the first position to the last."""

    @dataclass
    class Clicked(Message):
        """A place on the line was clicked."""

        position: int

    DEFAULT_CSS = "ProgressLine { height: 1; width: 1fr; }"

    def __init__(self, count: int, marks: Sequence[int]) -> None:
        super().__init__()
        self._count = count
        self._marks = marks
        self._position = 1

    def show(self, position: int) -> None:
        """Show a position."""
        if position != self._position:
            self._position = position
            self.refresh()

    def render(self) -> Content:
        """Draw the line: behind the head in the accent's colour, marks as crossings."""
        width = self.content_size.width
        if width < 1:
            return Content("")
        head = self._cell(self._position, width)
        crossed = {self._cell(mark, width) for mark in self._marks}
        behind = "".join("┿" if cell in crossed else "━" for cell in range(head))
        ahead = "".join("┼" if cell in crossed else "─" for cell in range(head + 1, width))
        return Content.assemble((behind, "$accent"), ("●", "bold $accent"), (ahead, "$text-muted"))

    def on_click(self, event: events.Click) -> None:
        """Return the position below the mouse."""
        last = max(1, self.content_size.width - 1)
        self.post_message(self.Clicked(1 + (event.x * (self._count - 1) + last // 2) // last))

    def _cell(self, position: int, width: int) -> int:
        """Return the cell of a position; the first and the last are at the ends."""
        return (position - 1) * (width - 1) // max(1, self._count - 1)
