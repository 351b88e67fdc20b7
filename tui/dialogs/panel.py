"""The card in full, for a room that wants to read all of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.modal import Modal


class CardView(Modal[None]):
    """A card's detail over the whole screen."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(12)", show=False),
        Binding("pageup", "scroll(-12)", show=False),
    ]

    def __init__(self, content: Content) -> None:
        super().__init__()
        self._content: Content = content

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with Vertical(id="dialog"):
            with VerticalScroll(can_focus=False, id="card-text"):
                yield Static(self._content)
            yield Static("↑ ↓ scroll · esc close", id="dialog-hint")

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#card-text", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
