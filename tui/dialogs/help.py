"""What the keys do: all of them, those of the screen in front first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import PLACES, actions_at


class Help(ModalScreen[None]):
    """The list of keys, made from the registry of actions."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(15)", show=False),
        Binding("pageup", "scroll(-15)", show=False),
    ]

    def __init__(self, places: Sequence[str] = ()) -> None:
        super().__init__()
        self._places = [*places, *(place for place in PLACES if place not in places)]

    def compose(self) -> ComposeResult:
        """Lay out a paragraph for each place."""
        with Vertical(id="help"):
            yield Static("Keys", id="dialog-title")
            with VerticalScroll(can_focus=False, id="help-lines"):
                for place in self._places:
                    yield Static(_paragraph(place))
            yield Static("↑ ↓ scroll · esc leaves · ctrl+p finds any of these by name", id="dialog-hint")

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#help-lines", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _paragraph(place: str) -> Content:
    lines: list[Content | str | tuple[str, str]] = [(f"{PLACES[place]}\n", "bold $accent")]
    for action in actions_at(place):
        lines += [(f"  {action.shown:<9}", "bold"), f"{action.help}\n"]
    if place == "board":
        lines += [("  12 enter ", "bold"), "Move the card to rank 12\n"]
    return Content.assemble(*lines)
