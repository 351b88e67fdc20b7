"""The fields that people type into. What is typed, pasted, suggested or filled in is made harmless before it is shown.

Textual's own fields hand every character on to the terminal: an escape sequence in a pasted text, or in a file's name, would act there.
"""

from __future__ import annotations

from textual.widgets import Input

from tui.text import safe_input


class LineInput(Input):
    """A field of one line."""

    @property
    def blank(self) -> bool:
        """Return whether what is typed next is the beginning of a text: the field is empty, or all of it would be replaced."""
        return not self.value or len(self.selected_text) == len(self.value)

    def validate_value(self, value: str) -> str:
        """Make a text harmless."""
        return safe_input(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace what is between two places by a text; cut it to the room there is, with a notice."""
        room = max(0, self.max_length - len(self.value) + abs(end - start)) if self.max_length else len(text)
        if room < len(text) > 1:
            self.app.notify(f"It was cut: this line takes {self.max_length:,} characters.", severity="warning", markup=False)
            text = text[:room]
        super().replace(text, start, end)

    def validate_placeholder(self, placeholder: str) -> str:
        """Make what is in the empty field harmless: it may name what the user has named."""
        return safe_input(placeholder)
