"""How fast a letter of a search narrows the list: the find dialog over boards of several sizes.

The floor is the least that Textual can do: a bare field, and a bare list of as many lines, all of which change with each letter.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from tests.benchmarks.frames import Timed, time_keys
from tests.benchmarks.keys import Ours
from tests.benchmarks.samples import folder, library, portfolio
from tests.benchmarks.table import Row
from tui.board.find import LINES, FindCard

ROUNDS = 16
SIZES = ((495, 1.6), (10_000, 5.0))


class TwoLists(Widget):
    """The floor's list."""

    DEFAULT_CSS = f"TwoLists {{ height: {LINES}; }}"
    number = 0

    def render_line(self, y: int) -> Strip:
        text = f"line {y} of list {self.number} with a title of the usual length"
        return Strip([Segment(text.ljust(self.size.width), Style(color="white", bgcolor="black", bold=y == 0))], self.size.width)


class FloorSearch(Timed):
    """The floor's app."""

    def compose(self) -> ComposeResult:
        yield Input()
        yield TwoLists()

    def on_input_changed(self, event: Input.Changed) -> None:
        found = self.query_one(TwoLists)
        found.number = len(event.value)
        found.refresh(Region(0, 0, found.size.width, LINES))

    def shown_after(self) -> str:
        return f"line 0 of list {self.query_one(TwoLists).number}"

    def done(self) -> object:
        return self.query_one(TwoLists).number


class Finding(Ours):
    """The app with the find dialog open; every letter shows another title first."""

    def _choose(self) -> None:
        self.run_worker(self._open())

    async def _open(self) -> None:
        await self.screen.run_action("find")

    @property
    def typed(self) -> str:
        return self.screen.query_one("#typed").value if isinstance(self.screen, FindCard) else ""  # type: ignore[attr-defined]

    def shown_after(self) -> str:
        return self.screen.first[:12] if isinstance(self.screen, FindCard) else "?"

    def done(self) -> object:
        return self.typed


def _finding(path: Path, count: int) -> Finding:
    home = library(path / str(count))
    return Finding(home, home.create(portfolio(count)), 3)


def letters() -> list[Row]:
    """A letter goes into the search and out again."""
    with folder() as path:
        contestants = [FloorSearch, *(partial(_finding, path, count) for count, _ in SIZES)]
        floor, *times = asyncio.run(time_keys(contestants, ("9", "backspace"), ROUNDS, held=False))
    return [Row(f"a letter of a search, {count:,} cards", time.frame, floor.frame, most) for (count, most), time in zip(SIZES, times, strict=True)]


ROWS = (letters,)
"""What is measured, in the order of the table."""
