"""The fields that people type into. What is typed, pasted, suggested or filled in is made harmless before it is shown.

Textual's own fields hand every character on to the terminal: an escape sequence in a pasted text, or in a file's name, would act there.
"""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from tui.text import typed


class LineInput(Input):
    """A field of one line."""

    def validate_value(self, value: str) -> str:
        """Make a text harmless."""
        return typed(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace what is between two places by a text; cut it to the room there is, with a notice."""
        room = max(0, self.max_length - len(self.value) + abs(end - start)) if self.max_length else len(text)
        if room < len(text) > 1:
            self.app.notify(f"It was cut: this line takes {self.max_length:,} characters.", severity="warning", markup=False)
            text = text[:room]
        super().replace(text, start, end)

    def validate_placeholder(self, placeholder: str) -> str:
        """Make what is in the empty field harmless: it may name what the user has named."""
        return typed(placeholder)


class LinesInput(TextArea):
    """A field of several lines, of at most `limit` characters; what is beyond is not taken."""

    def __init__(self, text: str, *, limit: int, id: str) -> None:  # noqa: A002 - as Textual calls it
        self._limit = limit
        super().__init__(typed(text, keep_lines=True), id=id, tab_behavior="focus", show_line_numbers=False, compact=True)

    def edit(self, edit: Edit) -> EditResult:
        """Make what comes in harmless, and take as much of it as there is room for."""
        replaced = len(self.get_text_range(edit.top, edit.bottom))
        room = self._limit - len(self.text) + replaced
        return super().edit(replace(edit, text=typed(edit.text, keep_lines=True)[: max(0, room)]))
