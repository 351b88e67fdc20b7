"""Lines of styled words that change with every key: drawn straight to strips, and painted only from the first cell that changed.

Textual's `Static` lays out the whole screen again whenever its text changes; here a new text costs only its own cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.visual import Visual
from textual.widget import Widget

from tui.widgets.cached import CachedLines

Part = tuple[str, str]
"""Words as one clean line (tui.text), and their style in Textual's syntax: "bold $accent"."""


def cells_of(parts: Iterable[Part]) -> int:
    """Return how many cells parts take."""
    return sum(cell_len(words) for words, _ in parts)


class Lines(CachedLines, Widget):
    """Shows lines of parts. Its height comes from its CSS; what does not fit is cut."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[tuple[Part, ...]] = []
        self._styles_of: dict[str, Style] = {}

    @property
    def text(self) -> str:
        """What is shown, without its styles."""
        return "\n".join("".join(words for words, _ in line) for line in self._lines)

    def show_lines(self, lines: Sequence[Sequence[Part]]) -> None:
        """Show these lines; cells that stay as they are are not painted again."""
        before, self._lines = self._lines, [tuple(line) for line in lines]
        for y in range(max(len(before), len(self._lines))):
            old, new = (each[y] if y < len(each) else () for each in (before, self._lines))
            if old != new:
                same = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
                x = cells_of(part for part, _ in same)
                self.refresh(Region(x, y, max(0, self.content_size.width - x), 1))

    def on_mount(self) -> None:
        """Take the theme's colours, now and whenever it changes."""
        self.app.theme_changed_signal.subscribe(self, self._take_colours)

    def _take_colours(self, _theme: Theme) -> None:
        self._styles_of.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Take other colours when the styles change."""
        self._styles_of.clear()
        super().notify_style_update()

    def draw_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines: straight, because Textual's own way costs more than what it draws."""
        left, top = self.content_offset
        strips = [self._line(y - top, left, crop.right) for y in crop.line_range]
        return self.filtered([strip.crop(*crop.column_span) for strip in strips] if crop.x else strips)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self._line(y, 0, self.content_size.width)

    def _line(self, y: int, left: int, width: int) -> Strip:
        """Draw a line in exactly `width` cells, some of which are empty at the left and at the right."""
        parts = self._lines[y] if 0 <= y < len(self._lines) else ()
        segments = [Segment(words, self._style(style)) for words, style in ((" " * left, ""), *parts) if words]
        used = sum(cell_len(segment.text) for segment in segments)
        most = min(width, left + self.content_size.width)
        if used > most:
            segments, used = list(Strip(segments, used).crop(0, most)), most
        if used < width:
            segments.append(Segment(" " * (width - used), self._style("")))
        return Strip(segments, width)

    def _style(self, style: str) -> Style:
        """Return a style as Textual draws it on this widget's ground."""
        if (known := self._styles_of.get(style)) is None:
            if not self.is_attached:
                return Style()  # it was removed, and is still in the frame that is under way
            strip = Visual.to_strips(self, Content.styled("x", style), 1, 1, self.visual_style)[0]
            known = self._styles_of[style] = next(iter(strip)).style or Style()
        return known
