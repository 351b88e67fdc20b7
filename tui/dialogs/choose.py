"""Choose one of many by typing some of its letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.dialogs.base import Dialog
from tui.text import plain, safe
from tui.widgets.inputs import LineInput

SHOWN = 50
"""The most matches in the list: no one reads more."""


class Choice(NamedTuple):
    """Something to choose: its value, its words, and a second, quieter text."""

    value: str
    text: str
    aside: str = ""


def matches(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return the choices that contain the typed letters in order, the best first."""
    typed = typed.strip()
    if not typed:
        return list(choices[:SHOWN])
    matcher = Matcher(typed)
    scored = [(matcher.match(f"{each.text} {each.aside} {each.value}"), -number) for number, each in enumerate(choices)]
    return [choices[-number] for score, number in sorted(scored, reverse=True)[:SHOWN] if score > 0]


class Choose(Dialog[str]):
    """A list to choose from; its answer is the value of the choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up,ctrl+k", "step(-1)", show=False, priority=True),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], *, placeholder: str = "type some letters", chosen: str = "", numbered: bool = False
    ) -> None:
        """Offer choices, of which one may be highlighted; if they are `numbered`, each has a digit that takes it."""
        digits = f"1–{len(choices)} choose · " if numbered else ""
        super().__init__(title, hint=f"{digits}type to narrow · ↑ ↓ move · enter choose · esc close")
        self._by_digit = {str(number): choice for number, choice in enumerate(choices, 1)} if numbered else {}
        self._choices = choices
        self._placeholder = placeholder
        self._chosen = chosen
        self._shown: list[Choice] = []

    def body(self) -> ComposeResult:
        """Lay out the line to type in, and the list."""
        yield LineInput(placeholder=self._placeholder, id="typed", max_length=100)
        yield OptionList(id="choices")

    def on_mount(self) -> None:
        """Offer everything."""
        self.query_one(OptionList).can_focus = False
        self._offer("")
        for number, choice in enumerate(self._shown):
            if choice.value == self._chosen:
                self.query_one(OptionList).highlighted = number

    @on(Input.Changed, "#typed")
    def narrow(self, event: Input.Changed) -> None:
        """Offer what matches; take the choice that has the digit."""
        if event.value in self._by_digit:
            self.dismiss(self._by_digit[event.value].value)
        else:
            self._offer(event.value)

    def _offer(self, typed: str) -> None:
        self._shown = matches(self._choices, typed)
        options = self.query_one(OptionList)
        options.clear_options()
        digits = {choice.value: f"{digit}  " for digit, choice in self._by_digit.items()}
        options.add_options([Option(_row(choice, digits.get(choice.value, ""))) for choice in self._shown])
        options.highlighted = 0 if self._shown else None
        self.complain("" if self._shown else "Nothing matches.")

    @on(Input.Submitted, "#typed")
    def take(self) -> None:
        """Take the highlighted choice."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self.dismiss(self._shown[highlighted].value)

    @on(OptionList.OptionSelected)
    def take_clicked(self, event: OptionList.OptionSelected) -> None:
        """Take a choice that was clicked."""
        self.dismiss(self._shown[event.option_index].value)

    def action_step(self, by: int) -> None:
        """Highlight another choice."""
        options = self.query_one(OptionList)
        if self._shown:
            options.highlighted = max(0, min((options.highlighted or 0) + by, len(self._shown) - 1))


def _row(choice: Choice, digit: str = "") -> Content:
    indent = " " * (len(choice.text) - len(choice.text.lstrip()))  # `plain` strips it, and ranks would not be below each other
    aside = ("  " + plain(choice.aside), "$text-muted") if choice.aside else ""
    return Content.assemble((digit, "bold $accent"), indent, safe(plain(choice.text)), aside)
