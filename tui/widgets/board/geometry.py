"""The lines of the cards in the list: arithmetic only, no widget."""

from __future__ import annotations

from dataclasses import dataclass

_CONTEXT = 1
"""Cards that stay visible beyond the chosen one."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of `count` cards with `density` lines each and, above density 1, an empty line between two cards.

    Above the card at place `rule`, if any, is a line that is not a card: in the empty line there, or else in one of its own.
    """

    count: int
    density: int
    rule: int | None = None

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
        return max(0, self.count * self.stride - self.gap + (self.inserted < self.count))

    @property
    def inserted(self) -> int:
        """The place of the card above which the rule has a line of its own; behind all cards if it has none."""
        own = self.rule is not None and self.rule < self.count and (self.density == 1 or self.rule == 0)
        return self.rule if own and self.rule is not None else self.count

    def top(self, position: int) -> int:
        """Return the top line of a card."""
        return position * self.stride + (position >= self.inserted)

    def position_at(self, line: int) -> int:
        """Find the place of the card on a line, or of the nearest card when the line is beyond the ends; the rule is its card's."""
        position = line // self.stride
        if position >= self.inserted:
            position = max(self.inserted, (line - 1) // self.stride)
        return max(0, min(position, self.count - 1))

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """Return the top line of a card and the line below the bottom of another."""
        return self.top(first), self.top(last) + self.density

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

        The view moves as little as it can, and keeps a card of context on both sides where it is tall enough.
        """
        top, bottom = self.lines(max(0, position - _CONTEXT), min(self.count - 1, position + _CONTEXT))
        if position <= _CONTEXT:
            top = 0  # with the rule, if it is above all cards
        if bottom - top > height:
            top, bottom = self.lines(position, position)
        if top < seen or bottom - top > height:
            return top
        return max(seen, bottom - height)
