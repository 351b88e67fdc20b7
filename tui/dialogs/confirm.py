"""Ask for a yes or a no; leaving is a no."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.dialogs.base import Dialog
from tui.text import safe

_AROUND = 10
"""Lines of the dialog around the consequences, if its title and its keys take two lines each."""
_SCROLL = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 10, "pageup": -10}
"""Keys that scroll through long consequences, by lines."""


class Confirm(Dialog[bool]):
    """A question with its consequences, which the arrows scroll.

    `key` confirms, so that a dangerous step can ask for another key than enter; `again` is the key that asked, which confirms too.
    """

    def __init__(self, title: str, lines: Sequence[str] = (), *, yes: str = "yes", key: str = "enter", again: str = "") -> None:
        super().__init__(title, hint=f"{key} {yes} · esc goes back")
        self._lines = lines
        self._key = key
        self._again = again

    def body(self) -> ComposeResult:
        """Lay out the consequences."""
        with VerticalScroll(can_focus=False, id="dialog-lines"):
            yield Static(safe("\n".join(self._lines)))

    def on_resize(self, event: events.Resize) -> None:
        """Leave room below the consequences for the keys that answer."""
        self.query_one("#dialog-lines").styles.max_height = max(2, event.size.height * 94 // 100 - _AROUND)

    def on_key(self, event: events.Key) -> None:
        """Answer yes to the confirming key, and no to n."""
        if self._key in (event.key, event.character) or event.character == self._again:
            event.stop()
            self.dismiss(True)
        elif event.key in _SCROLL:
            event.stop()
            self.query_one("#dialog-lines", VerticalScroll).scroll_relative(y=_SCROLL[event.key], animate=False)
        elif event.key == "n":
            event.stop()
            self.leave()
