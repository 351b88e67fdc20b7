"""The palette: every action by name."""

from __future__ import annotations

from textual.command import CommandPalette
from textual.widgets import Input

from tui.dialogs.modal import Modal

_LONGEST_SEARCH = 200
"""Characters that its line takes."""


class Palette(CommandPalette, Modal[None]):
    """Textual's palette, which no key and no paste can crash or stall."""

    def on_mount(self) -> None:
        """Limit the line to what a search can need: a pasted text of any length would be searched for."""
        for line in self.query(Input):
            line.max_length = _LONGEST_SEARCH
