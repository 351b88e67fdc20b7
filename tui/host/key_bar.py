"""The keys that matter now, in one line at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget

from tui.host.actions import Action, key_bar
from tui.widgets.cached import CachedLines

SMALL = (40, 10)
"""Columns and lines from which a screen can show what it is for."""


class KeyBar(CachedLines, Widget):
    """One line of keys. `actions` gives what the screen can do at the moment; what does not fit is left to help.

    In a terminal that is too small for its screen the line says so: keys without a visible effect do not help.
    """

    def __init__(self, actions: Callable[[], Sequence[Action]]) -> None:
        super().__init__()
        self._actions = actions
        self._drawn: list[tuple[str, str]] = []

    def follow(self) -> None:
        """Draw the keys again where others matter now: most events change none."""
        if self._keys() != self._drawn:
            self.refresh()

    def _keys(self) -> list[tuple[str, str]]:
        return key_bar(self._actions(), self.content_size.width)

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
