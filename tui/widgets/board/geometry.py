"""The lines of the cards in the list: arithmetic only, no widget."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

_CONTEXT = 1
"""Cards that stay visible beyond the selected one."""


class Rows(NamedTuple):
    """The lines of `cards` cards with `rows` lines each and `gap` empty lines between two cards.

    Above the cards at the places `inserted`, in ascending order, is a line that is not a card: a heading, or the rule.
    """

    cards: int
    rows: int
    gap: int = 0
    inserted: tuple[int, ...] = ()

    @property
    def stride(self) -> int:
        """The lines from the top of a card to the top of the next."""
        return self.rows + self.gap

    @property
    def height(self) -> int:
        """The lines of the whole list."""
        return max(0, self.cards * self.stride - self.gap + len(self.inserted))

    def begin(self, position: int) -> int:
        """Return the first line of a card or, if there is one, of what is inserted above it."""
        return position * self.stride + bisect_left(self.inserted, position)

    def top(self, position: int) -> int:
        """Return the top line of a card."""
        return position * self.stride + bisect_right(self.inserted, position)

    def position_at(self, line: int) -> int:
        """Find the place of the card on a line, or of the nearest card when the line is beyond the ends; what is inserted is its card's."""
        return max(0, bisect_right(range(self.cards), line, key=self.begin) - 1)

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """Return the top line of a card and the line below the bottom of another."""
        return self.top(first), self.top(last) + self.rows

    def thumb(self, seen: int, height: int) -> range:
        """Return which lines of a view of `height` lines, now at line `seen`, the scrollbar's thumb covers: none when all is in view."""
        if self.height <= height:
            return range(0)
        size = max(1, height * height // self.height)
        top = seen * (height - size) // (self.height - height)
        return range(top, top + size)

    def line_beside(self, y: int, height: int) -> int:
        """Return at which line a view of `height` lines must start when the scrollbar is pressed at line `y` of the view."""
        return max(0, min(y * self.height // height - height // 2, self.height - height))

    def scroll_for(self, position: int, seen: int, height: int) -> int:
        """Return at which line a view of `height` lines, now at line `seen`, must start to show a card.

        The view moves as little as it can, and keeps a card of context on both sides if it is tall enough.
        """
        top, bottom = self.lines(max(0, position - _CONTEXT), min(self.cards - 1, position + _CONTEXT))
        if position <= _CONTEXT:
            top = 0  # with what is inserted above all cards
        if bottom - top > height:
            top, bottom = self.lines(position, position)
        if top < seen or bottom - top > height:
            return top
        return max(seen, bottom - height)
