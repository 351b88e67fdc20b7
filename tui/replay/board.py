"""The board of a replay: only the record moves it."""

from __future__ import annotations

from textual import events

from tui.widgets.board.board import Board


class StillBoard(Board):
    """The board, on which the mouse can neither choose nor carry: the record does both."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Do nothing."""
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Do nothing."""
        event.prevent_default()
