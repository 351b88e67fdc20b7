"""Choose one of many by typing some of its letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events, on
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
_TALLEST, _AROUND = 18, 10
"""The most lines of the list, and those around it: the edge, the title, what is typed and what is wrong, the keys, and the space between them."""


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
        self, title: str, choices: Sequence[Choice], *, placeholder: str = "type some letters", chosen: str = "", digits: str = ""
    ) -> None:
        """Offer choices, of which one may be highlighted. `digits` are those that take them, in their order: "1245"."""
        self._by_digit = dict(zip(digits, choices, strict=False))
        numbers = f"{digits[0]}–{digits[len(self._by_digit) - 1]} choose · " if digits else ""
        super().__init__(title, hint=f"{numbers}type to narrow · ↑ ↓ move · enter choose · esc close")
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

    def on_resize(self, event: events.Resize) -> None:
        """Leave room below the list for the keys."""
        self.query_one("#choices").styles.max_height = max(3, min(_TALLEST, event.size.height * 94 // 100 - _AROUND))

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
