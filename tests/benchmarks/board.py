"""How fast a key moves a card on the board: `python -m tests.benchmarks.board`.

The floor is the least that Textual can do: a bare widget whose key swaps two texts and repaints the lines of two cards.
"""

from __future__ import annotations

import asyncio
from functools import partial

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tests.benchmarks.timing import SIZE, Row, TimedApp, table, time_keys
from tui.themes import DARK, THEMES
from tui.widgets.board import Board, CardFace

SIZES = (10, 100, 1_000, 10_000)
ROUNDS = 60
_DENSITY = 3
_CARD_LINES = 4  # the three rows of a card and the gap below it


class TwoCards(Widget, can_focus=True):
    """The floor: a screen full of plain lines, of which a key changes the lines of two cards."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = [f"card {number}" for number in range(SIZE[1] // _CARD_LINES + 1)]
        self.at = 3

    def render_line(self, y: int) -> Strip:
        text, style = self.cards[y // _CARD_LINES], Style(color="white", bgcolor="black", bold=y // _CARD_LINES == self.at)
        return Strip([Segment(f"{text} {y}".ljust(self.size.width), style)], self.size.width)

    def on_key(self, event: events.Key) -> None:
        here, there = self.at, 7 - self.at  # cards 3 and 4 in turn, whatever the key
        self.cards[here], self.cards[there] = self.cards[there], self.cards[here]
        self.at = there
        self.refresh(Region(0, min(here, there) * _CARD_LINES, self.size.width, 2 * _CARD_LINES))


class FloorApp(TimedApp):
    """The floor's app."""

    def compose(self) -> ComposeResult:
        yield TwoCards()


class BoardApp(TimedApp):
    """An app with our board, whose J and K move the chosen card one place; the list is a plain list."""

    def __init__(self, count: int, at: int) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK
        self.titles = [f"Project {number} with a title of the usual length" for number in range(count)]
        self.at = at

    def compose(self) -> ComposeResult:
        yield Board()

    def on_mount(self) -> None:
        board = self.query_one(Board)
        board.show(len(self.titles), self.face)
        board.cursor = self.at

    def face(self, position: int) -> CardFace:
        return CardFace(
            rank=position + 1,
            title=self.titles[position],
            who="VP Operations · O2",
            worth="$36,000 a month",
            tone=("start", "wait", "plain")[position % 3],
            line="Yes, but not before week 4 (27 Jul): Data & BI is on #1",
            moved="▲ from 6" if position % 4 == 0 else "",
            flags=("talk",) if position % 5 == 0 else (),
            voices="business 2 · IT 1",
            bar=position * 37 % 1000,
            bar_text="16.1",
        )

    def on_key(self, event: events.Key) -> None:
        board = self.query_one(Board)
        here, there = board.cursor, board.cursor + (1 if event.key == "J" else -1)
        self.titles[here], self.titles[there] = self.titles[there], self.titles[here]
        board.show(len(self.titles), self.face, changed=(min(here, there), max(here, there)))
        board.cursor = there


def moves_in_view() -> list[Row]:
    """A card moves one place down and up again, the view stands still."""
    floor, *ours = asyncio.run(time_keys([FloorApp, *(partial(BoardApp, count, 3) for count in SIZES)], ("J", "K"), ROUNDS))
    rows = [Row(f"key to frame, {count:,} cards, a move in view", time, floor, 1.5) for count, time in zip(SIZES, ours, strict=True)]
    return [*rows, Row(f"the same, {SIZES[-1]:,} cards against {SIZES[0]}", ours[-1], ours[0], 1.25)]


def moves_that_scroll() -> list[Row]:
    """A card moves on and on downwards, and the view follows with each move."""
    counts = SIZES[1:]
    floor, *ours = asyncio.run(time_keys([FloorApp, *(partial(BoardApp, count, 12) for count in counts)], ("J",), ROUNDS))
    return [Row(f"key to frame, {count:,} cards, the view scrolls", time, floor, 3.0) for count, time in zip(counts, ours, strict=True)]


ROWS = (moves_in_view, moves_that_scroll)
"""What is measured, in the order of the table."""


def main() -> None:
    print(table([row for measure in ROWS for row in measure()]))


if __name__ == "__main__":
    main()
