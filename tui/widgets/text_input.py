"""The field of several lines that people type into, apart from the one of one line because Textual's TextArea is slow to import."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from tui.text import safe_input


class LinesInput(TextArea):
    """A field of several lines, of at most `limit` characters; what is beyond is not taken."""

    def __init__(self, text: str, *, limit: int, id: str) -> None:  # noqa: A002 - as Textual calls it
        self._limit = limit
        super().__init__(safe_input(text, keep_lines=True), id=id, tab_behavior="focus", show_line_numbers=False, compact=True)

    @property
    def blank(self) -> bool:
        """Return whether the field is empty."""
        return not self.text

    def edit(self, edit: Edit) -> EditResult:
        """Make what comes in harmless, and take as much of it as there is room for."""
        replaced = len(self.get_text_range(edit.top, edit.bottom))
        room = self._limit - len(self.text) + replaced
        return super().edit(replace(edit, text=safe_input(edit.text, keep_lines=True)[: max(0, room)]))
