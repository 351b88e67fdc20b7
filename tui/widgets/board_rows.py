"""On which lines of the list the cards stand: sums only, no widget."""

from __future__ import annotations

from dataclasses import dataclass

_CONTEXT = 1
"""Cards that stay visible beyond the chosen one."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of `count` cards with `density` lines each and, above density 1, an empty line between two cards."""

    count: int
    density: int

    @property
    def gap(self) -> int:
        """The empty lines below a card."""
        return 1 if self.density > 1 else 0

    @property
    def stride(self) -> int:
        """The lines from the top of a card to the top of the next."""
        return self.density + self.gap

    @property
    def height(self) -> int:
        """The lines of the whole list."""
        return max(0, self.count * self.stride - self.gap)

    def position_at(self, line: int) -> int:
        """Find the place of the card on a line, or of the nearest card when the line is beyond the ends."""
        return max(0, min(line // self.stride, self.count - 1))

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """Give the top line of a card and the line below the bottom of another."""
        return first * self.stride, last * self.stride + self.density

    def thumb(self, seen: int, height: int) -> range:
        """Say which lines of a view of `height` lines, now at line `seen`, the scrollbar's thumb covers: none when all is in view."""
        if self.height <= height:
            return range(0)
        size = max(1, height * height // self.height)
        top = seen * (height - size) // (self.height - height)
        return range(top, top + size)

    def line_beside(self, y: int, height: int) -> int:
        """Say at which line a view of `height` lines must start when the scrollbar is pressed at line `y` of the view."""
        return max(0, min(y * self.height // height - height // 2, self.height - height))

    def scroll_for(self, position: int, seen: int, height: int) -> int:
        """Say at which line a view of `height` lines, now at line `seen`, must start to show a card.

        The view moves as little as it can, and keeps a card of context on both sides where it is tall enough.
        """
        top, bottom = self.lines(max(0, position - _CONTEXT), min(self.count - 1, position + _CONTEXT))
        if bottom - top > height:
            top, bottom = self.lines(position, position)
        if top < seen or bottom - top > height:
            return top
        return max(seen, bottom - height)
