"""The card in full, for a room that wants to read all of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.modal import ScrollingText


class CardView(ScrollingText):
    """A card's detail over the whole screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "leave", show=False)]

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content: Content = content

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with Vertical(id="dialog"):
            with VerticalScroll(can_focus=False, id="card-text"):
                yield Static(self._content)
            yield Static("↑ ↓ scroll · esc close", id="dialog-hint")
