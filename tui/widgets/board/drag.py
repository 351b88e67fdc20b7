"""What the mouse holds: a card on its way from one place to another."""

from __future__ import annotations

from typing import NamedTuple

from tui.widgets.board.face import Drop


class Drag(NamedTuple):
    """A card pressed at `source` that would be at `target` if it were let go now; both places, 0 first."""

    source: int
    target: int

    @property
    def gap(self) -> int | None:
        """The place of the card below which the dropped card would be put; -1 before all cards, None while it has not moved."""
        if self.target == self.source:
            return None
        return self.target if self.target > self.source else self.target - 1

    def mark(self, position: int) -> Drop:
        """Return on which side of the card at `position` the dropped card would be put."""
        if position != self.target or self.target == self.source:
            return ""
        return "after" if self.target > self.source else "before"
