"""The board under the mouse: press selects a card, dragging moves it, a double click opens it. Keys belong to the screen."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tui.widgets.board.drag import Drag
from tui.widgets.board.view import BoardView


class Board(BoardView, can_focus=True, inherit_bindings=False):
    """A list of ranked cards, of which one is selected."""

    class Dropped(Message):
        """The mouse dragged the card from `source` to `target`."""

        def __init__(self, source: int, target: int) -> None:
            super().__init__()
            self.source, self.target = source, target

    class Opened(Message):
        """A card was double-clicked."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Choose the card below the mouse, and hold it; beside the cards is the scrollbar."""
        if self._scrolled_by(event) or event.button != 1 or event.y + self.scroll_offset.y >= self._rows.height:
            return
        position = self._rows.position_at(event.y + self.scroll_offset.y)
        self._drag = Drag(position, position)
        self.cursor = position
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark the drop position of the held card; outside the board, none."""
        if self._drag is None:
            self._scrolled_by(event)
            return
        inside = 0 <= event.x < self.size.width and 0 <= event.y < self.size.height
        target = self._rows.position_at(event.y + self.scroll_offset.y) if inside else self._drag.source
        if target != self._drag.target:
            self._mark_drop(Drag(self._drag.source, target))
            self._follow(target)

    def _scrolled_by(self, event: events.MouseEvent) -> bool:
        """Scroll to the pressed place on the scrollbar, if it is pressed."""
        pressed = event.button == 1 and event.x == self.size.width - 1 and self._rows.height > self.size.height
        if pressed:
            self._scroll_to_line(self._rows.line_beside(event.y, self.size.height))
        return pressed

    def on_mouse_up(self) -> None:
        """Let the held card go."""
        if (drag := self._drag) is None:
            return
        self._end_drag()
        self._follow(self.cursor)
        if drag.target != drag.source:
            self.post_message(self.Dropped(drag.source, drag.target))

    def on_key(self, event: events.Key) -> None:
        """Put a held card back with escape, which then means nothing else."""
        if event.key == "escape" and self._drag is not None:
            event.stop()
            event.prevent_default()
            self._end_drag()

    def on_click(self, event: events.Click) -> None:
        """Open a card by a double click."""
        if event.chain == 2 and event.y + self.scroll_offset.y < self._rows.height:
            self.post_message(self.Opened(self.cursor))
