"""The base of the plan's forms: single lines, and one field of several lines. A refusal appears in the form, which stays open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label, Static, TextArea

from sessions.errors import QuarterdeckError
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.dialogs.form import Field, field_rows
from tui.dialogs.typed_figures import FigureError
from tui.text import plain, safe
from tui.widgets.text_input import LinesInput

T = TypeVar("T")

LINES_LIMIT = 8000
"""Characters that the field of several lines takes."""


_ROOMY = 32
_AROUND = 13
"""Lines around the fields: title, what it is about, two lines of what is wrong, the hint, and the space between them."""


class PlanForm(Dialog[T]):
    """A form whose answer is a value made of what was typed. Subclasses define the fields and `made`, which raises FigureError.

    `accept` does what the form is for, and may raise a QuarterdeckError: then its sentence is shown and nothing that was typed is lost.
    """

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, Path(__file__).with_name("plan_forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "accept", show=False, priority=True)]
    MANY = "lines"

    def __init__(self, title: str, fields: list[Field], label: str, lines: str, about: str, accept: Callable[[T], object]) -> None:
        super().__init__(title, hint="tab next field · ctrl+s accepts · esc cancel")
        self._fields, self._label, self._lines, self._about, self._accept = fields, label, lines, about, accept

    def body(self) -> ComposeResult:
        """Lay out the field of several lines, then the single lines, label beside line."""
        yield Static(safe(self._about), id="dialog-about")
        with VerticalScroll(can_focus=False, id="fields"):
            yield from field_rows(field for field in self._fields if not self._below(field))
            with Horizontal(classes="field-many"):
                yield Label(safe(self._label), classes="field-label")
                yield LinesInput(self._lines, limit=LINES_LIMIT, id=f"field-{self.MANY}")
            yield from field_rows(field for field in self._fields if self._below(field))

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the line that says what is wrong: the fields scroll, that line never does."""
        self.set_class(event.size.height < _ROOMY, "-short")
        self.query_one("#fields").styles.max_height = max(3, event.size.height - _AROUND)

    def _below(self, field: Field) -> bool:
        """Return whether a line is below the field of several lines."""
        return field.name not in ("id", "name", "people")

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Take the form, or say why not."""
        answer = {field.name: self.query_one(f"#field-{field.name}", Input).value.strip() for field in self._fields}
        answer[self.MANY] = self.query_one(f"#field-{self.MANY}", TextArea).text
        try:
            value = self.made(answer)
            self._accept(value)
        except (FigureError, QuarterdeckError) as error:
            self.complain(str(error))
        else:
            self.dismiss(value)

    def made(self, answer: Mapping[str, str]) -> T:
        """Return what the form makes of the lines. Raises FigureError with what is wrong."""
        raise NotImplementedError


def lines_of(text: str) -> list[list[str]]:
    """Return the words of every line that is not empty."""
    return [line.replace(":", " ").split() for line in map(plain, text.split("\n")) if line.strip()]
