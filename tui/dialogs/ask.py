"""Ask for one line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from tui.dialogs.base import Dialog
from tui.text import plain, safe
from tui.widgets.inputs import LineInput


class Ask(Dialog[str]):
    """One line of text. `check` returns what is wrong with an answer, or an empty text; an empty answer is refused unless `optional`."""

    def __init__(
        self,
        title: str,
        *,
        about: str = "",
        value: str = "",
        placeholder: str = "",
        optional: bool = False,
        limit: int = 500,
        check: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(title)
        self._about, self._value, self._placeholder = about, value, placeholder
        self._optional, self._limit, self._check = optional, limit, check

    def body(self) -> ComposeResult:
        """Lay out what the line is about, and the line."""
        if self._about:
            yield Static(safe(self._about), id="dialog-about")
        yield LineInput(value=plain(self._value), placeholder=self._placeholder, max_length=self._limit, id="answer")

    @on(Input.Submitted, "#answer")
    def answer(self, event: Input.Submitted) -> None:
        """Take the line, or say why not."""
        text = event.value.strip()
        if not text and not self._optional:
            self.complain("Type something, or leave with esc.")
            return
        wrong = self._check(text) if self._check else ""
        if wrong:
            self.complain(wrong)
            return
        self.dismiss(text)
