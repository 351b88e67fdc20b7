"""The dialog that all dialogs are: a title, what it asks, and a line that says which keys answer."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.dialogs.modal import Modal
from tui.text import hint_lines, safe

T = TypeVar("T")

StyleSheets = str | PurePath | list[str | PurePath] | None
STYLES = Path(__file__).with_name("dialogs.tcss")
"""An absolute path, because Textual looks for a relative one beside the subclass."""


class KeyHints(Widget):
    """The line that says which keys answer. If it is too long for one, it breaks between two hints and not inside one."""

    DEFAULT_CSS = "KeyHints { height: auto; }"
    hint = reactive("", layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the hints take."""
        return len(hint_lines(self.hint, width))

    def render(self) -> Content:
        """Draw the hints."""
        return safe("\n".join(hint_lines(self.hint, self.content_size.width)))


class Dialog(Modal[T | None]):
    """A dialog whose answer is of type T, or None if escape cancelled it. Subclasses define `body`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back", show=False)]
    CSS_PATH: ClassVar[StyleSheets] = [STYLES]

    def __init__(self, title: str, *, hint: str = "enter accepts · esc cancel") -> None:
        super().__init__()
        self._title = title
        self.keys = KeyHints(id="dialog-hint")
        self.keys.hint = hint

    def compose(self) -> ComposeResult:
        """Lay out title, body, error line and hint."""
        with Vertical(id="dialog"):
            yield Static(safe(self._title), id="dialog-title")
            yield from self.body()
            yield Static("", id="dialog-error")
            yield self.keys

    def body(self) -> ComposeResult:
        """Lay out what the dialog asks."""
        yield from ()

    def complain(self, text: str) -> None:
        """Show why the answer is invalid."""
        self.query_one("#dialog-error", Static).update(safe(text))

    def leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.leave()
