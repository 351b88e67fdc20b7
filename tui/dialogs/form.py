"""Ask for several lines together: a form of labelled fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from tui.dialogs.base import Dialog
from tui.text import plain, safe
from tui.widgets.inputs import LineInput

_AROUND = 9
"""Lines around the fields: the edge, the title, a line of what is wrong, the keys, and the space between them."""


FORM_KEYS: list[BindingType] = [
    Binding("down", "app.focus_next", show=False),
    Binding("up", "app.focus_previous", show=False),
    Binding("ctrl+s", "accept", show=False),
]


class Field(NamedTuple):
    """A line of a form. `suggestions` complete what is typed (→ takes them); typing takes the place of a value to be `replaced`."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    suggestions: tuple[str, ...] = ()
    limit: int = 500
    replaced: bool = False


def field_row(label: str, line: Widget) -> Horizontal:
    """Return a line of a form, its label beside it."""
    return Horizontal(Label(safe(label), classes="field-label"), line, classes="field", id=f"row-{line.id}")


def field_rows(fields: Iterable[Field]) -> ComposeResult:
    """Yield a label and an input for each field."""
    for field in fields:
        suggester = SuggestFromList([plain(each) for each in field.suggestions], case_sensitive=False) if field.suggestions else None
        line = LineInput(
            value=plain(field.value),
            placeholder=plain(field.placeholder),
            suggester=suggester,
            max_length=field.limit,
            id=f"field-{field.name}",
            select_on_focus=field.replaced,
        )
        yield field_row(field.label, line)


class Form(Dialog[dict[str, str]]):
    """A form; its answer is the text of every field. `check` returns what is wrong with an answer, or an empty text."""

    BINDINGS: ClassVar[list[BindingType]] = FORM_KEYS

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        about: str = "",
        check: Callable[[dict[str, str]], str] | None = None,
        first: str = "",
    ) -> None:
        super().__init__(title, hint=f"{'tab or ↓ next field · ' if len(fields) > 1 else ''}enter accepts · esc cancel")
        self._fields, self._about, self._check, self._first = fields, about, check, first

    def body(self) -> ComposeResult:
        """Lay out the fields, label beside line."""
        if self._about:
            yield Static(safe(self._about), id="dialog-about")
        with VerticalScroll(can_focus=False, id="fields"):
            yield from field_rows(self._fields)

    def on_resize(self, event: events.Resize) -> None:
        """Lay many fields line by line and let them scroll, so that what is wrong and the keys are always in view."""
        room = event.size.height - _AROUND - (self._about.count("\n") + 2 if self._about else 0)
        self.set_class(2 * len(self._fields) > room, "-short")
        self.query_one("#fields").styles.max_height = max(3, room)

    def on_mount(self) -> None:
        """Begin in the field that matters."""
        if self._first:
            self.query_one(f"#field-{self._first}", Input).focus()

    def go_to(self, field: str) -> None:
        """Go to a field, if the form has it."""
        for line in self.query(f"#field-{field}").results(Input):
            line.focus()

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Take the form, or say why not."""
        answer = {field.name: self.query_one(f"#field-{field.name}", Input).value.strip() for field in self._fields}
        if wrong := self._check(answer) if self._check else "":
            self.complain(wrong)
        else:
            self.dismiss(answer)
