"""What the keys do: all of them, those of the screen in front first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.modal import ScrollingText
from tui.host.actions import actions_at
from tui.host.places import PLACES
from tui.text import wrap


class Help(ScrollingText):
    """The list of keys, made from the registry of actions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "leave", show=False),
        Binding("space", "scroll(12)", show=False),
    ]

    def __init__(self, places: Sequence[str] = ()) -> None:
        super().__init__()
        here = [*places, "everywhere"]
        self._columns = [here, [place for place in PLACES if place not in here]]

    def compose(self) -> ComposeResult:
        """Lay out a column for the screen in front, and one for the others; on a narrow screen one is below the other."""
        with Vertical(id="help"):
            yield Static("Keys", id="dialog-title")
            with VerticalScroll(can_focus=False, id="help-lines"), ItemGrid(id="help-columns", min_column_width=_COLUMN):
                yield Static("", id="help-keys", classes="help-column")
                yield Static("", id="help-more", classes="help-column")
            yield Static("↑ ↓ scroll · esc close · ctrl+p finds any of these by name", id="dialog-hint")

    def on_resize(self) -> None:
        """Wrap the lines at the edges of their columns, indented to their first word."""
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        for column, places in zip(self.query(".help-column").results(Static), self._columns, strict=True):
            width = column.content_size.width - 1  # a gap before the scrollbar
            column.update(Content("\n").join([_paragraph(place, width) for place in places]))


_NEXT = ("]", "Take the next step, which the line at the top names")
_WITHOUT_NEXT = ("board", "card", "session", "home", "new", "replay", "summary", "history", "spotlight", "what_if", "everywhere")
"""Places that name the key themselves, or that are no screen of the meeting."""
_ALSO = {
    **{place: [_NEXT] for place in PLACES if place not in _WITHOUT_NEXT},
    "board": [("12 enter", "Move the card to rank 12")],
    "home": [("j k ↓ ↑", "Choose a session")],
    "replay": [("0 to 9", "Jump to that tenth of the session")],
}
"""Keys that belong to no action of the registry, by place."""
_COLUMN = 48
"""Cells from which there is room for a second column."""
_KEYS = 13
"""Cells of the column of keys."""


def _paragraph(place: str, width: int) -> Content:
    """Return a place's keys as lines of at most `width` cells."""
    lines: list[Content | str | tuple[str, str]] = [(f"{PLACES[place]}\n", "bold $accent")]
    for shown, text in [*((action.shown, action.help) for action in actions_at(place)), *_ALSO.get(place, ())]:
        words = wrap(text, max(10, width - _KEYS), len(text))
        lines += [(f"  {shown}".ljust(_KEYS), "bold"), f"\n{' ' * _KEYS}".join(words), "\n"]
    return Content.assemble(*lines)
