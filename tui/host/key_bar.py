"""The keys that matter now, in one line at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tui.host.actions import Action, actions_at
from tui.widgets.cached import CachedLines

SMALL = (40, 10)
"""Columns and lines from which a screen can show what it is for."""

_BRIEFER = {
    "accept the rest": "accept", "agree to differ": "differ", "all here": "all", "another outcome": "other", "by person": "person",
    "by side": "side", "cancel this vote": "cancel", "change": "edit", "delivered": "used", "here/away": "here", "keep it": "keep",
    "keep ours": "keep", "move it": "move", "no quorum": "quorum", "other ways to vote": "other ways", "park it": "park", "secret vote": "secret",
    "teams/cards": "turn", "the line": "line", "to the card": "card", "try again": "again", "undo to here": "undo",
    "use it": "use", "who asks": "asks", "who is missing": "missing", "write down": "write",
}  # fmt: skip
"""Shorter words for a narrow window."""


def key_bar(actions: Iterable[Action], width: int) -> list[tuple[str, str]]:
    """Return (key, word) pairs of the actions worth a place in the key bar, as many as fit into `width` cells: shorter words before fewer keys.

    The ways back and to help come last, and always fit.
    """
    chosen = [action for action in actions if action.bar]
    shown = [(action.shown, action.short) for action in chosen]
    if _cells(shown) > width:
        shown = [(key, _BRIEFER.get(word, word)) for key, word in shown]
    last = sum(action.where == "everywhere" for action in chosen)
    while _cells(shown) > width and len(shown) > last:
        del shown[-last - 1]
    return shown


def _cells(shown: Iterable[tuple[str, str]]) -> int:
    return sum(len(key) + len(word) + 3 for key, word in shown) - 2


def offered(screen: Screen[Any]) -> list[Action]:
    """Return what a screen can do at the moment."""
    return [each for each in actions_at(*getattr(screen, "PLACES", ()), "everywhere") if screen.check_action(each.name, ())]


class KeyBar(CachedLines, Widget):
    """One line of keys: those of `actions`, else all that its screen offers; what does not fit is left to help.

    Under a dialog, which has keys of its own, the line is empty. In a terminal that is too small for its screen it says so: keys without a visible
    effect do not help.
    """

    def __init__(self, actions: Callable[[], Sequence[Action]] | None = None) -> None:
        super().__init__()
        self._actions = actions
        self._drawn: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        """Hear which screen is in front."""
        self.app.screen_change_signal.subscribe(self, self._turn)

    def _turn(self, front: Screen[object]) -> None:
        """Draw the keys again when a dialog comes or goes above them."""
        if front is self.screen or isinstance(front, ModalScreen):
            self.follow()

    def follow(self) -> None:
        """Draw the keys again if others matter now: most events change none."""
        if self._keys() != self._drawn:
            self.refresh()

    def _keys(self) -> list[tuple[str, str]]:
        if isinstance(self.app.screen, ModalScreen):
            return []
        return key_bar(self._actions() if self._actions else offered(self.screen), self.content_size.width)

    def render(self) -> Content:
        """Draw as many keys as there is room for."""
        width, height = self.app.size
        if width < SMALL[0] or height < SMALL[1]:
            return Content.styled(f"too small ({width}x{height}): make the window larger", "$warning")
        self._drawn = self._keys()
        parts: list[tuple[str, str] | str] = []
        for key, word in self._drawn:
            parts += [(key, "bold $accent"), f" {word}  "]
        return Content.assemble(*parts)
