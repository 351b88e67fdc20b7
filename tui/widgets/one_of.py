"""Select one of a few words side by side with ← and →, or a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.text import length, plain

_GAP = 2


class OneOf(Widget, can_focus=True, inherit_bindings=False):
    """The words, of which one is chosen; `options` are (value, word), the first of them chosen unless `value` says otherwise."""

    DEFAULT_CSS = """
    OneOf { width: 1fr; height: 1; padding: 0 1; color: $text-muted; }
    OneOf:focus { background: $card-focus-ground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", show=False),
        Binding("right,l,space", "step(1)", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        name: str
        value: str

    class Accepted(Message):
        """Enter was pressed."""

    def __init__(self, options: Sequence[tuple[str, str]], *, value: str = "", id: str) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._options = [(each, plain(word)) for each, word in options]
        values = [each for each, _ in options]
        self._place = values.index(value) if value in values else 0

    @property
    def value(self) -> str:
        """Return the value that is chosen."""
        return self._options[self._place][0]

    def render(self) -> Content:
        """Draw the words; a filled mark says which is chosen, in any colours."""
        parts: list[str | tuple[str, str]] = []
        for place, (_, word) in enumerate(self._options):
            chosen = place == self._place
            parts += [("● " if chosen else "○ ", "$accent" if chosen else ""), (word, "bold $foreground" if chosen else ""), " " * _GAP]
        return Content.assemble(*parts)

    def action_step(self, by: int) -> None:
        """Choose the next word, or the one before; behind the last comes the first."""
        self._choose((self._place + by) % len(self._options))

    def _choose(self, place: int) -> None:
        self._place = place
        self.refresh()
        self.post_message(self.Changed(self.id or "", self.value))

    def on_key(self, event: events.Key) -> None:
        """Accept with enter."""
        if event.key == "enter":
            event.stop()
            self.post_message(self.Accepted())

    def on_click(self, event: events.Click) -> None:
        """Choose the word below the mouse."""
        end = 1
        for place, (_, word) in enumerate(self._options):
            start, end = end, end + 2 + length(word) + _GAP
            if start <= event.x < end:
                self._choose(place)
