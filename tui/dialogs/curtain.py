"""The curtain: hide everything on a shared screen with one key."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from tui.dialogs.modal import Modal


class Curtain(Modal[None]):
    """A calm, empty screen. Any key opens it; the key does nothing else."""

    CSS_PATH = "dialogs.tcss"
    covers_all = True

    def compose(self) -> ComposeResult:
        """Lay out the one line there is."""
        yield Static("One moment, please", id="curtain-line")
        yield Static("any key opens the curtain", id="curtain-hint")

    def on_key(self, event: events.Key) -> None:
        """Open, and let the key do nothing else."""
        event.stop()
        event.prevent_default()
        self.dismiss()
