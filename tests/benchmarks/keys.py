"""How fast a key moves a card: the whole app on a session in a library, the durable record included.

The floor is the least that Textual can do: a bare widget whose key swaps two texts and repaints the lines of two cards.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

import tui.app.app
from sessions.library.library import OpenSession
from tests.benchmarks.frames import SIZE, KeyTime, Timed, time_keys
from tests.benchmarks.samples import folder, library, long_session, portfolio
from tests.benchmarks.table import Row
from tests.disk import DiskLibrary
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen

SIZES = (10, 100, 1_000, 10_000)
ROUNDS = 16
_HOURS_OF_EVENTS, _CARDS = 28_000, 60
_CARD_LINES = 4  # the three rows of a card and the gap below it


class TwoCards(Widget, can_focus=True):
    """The floor: a screen full of plain lines, of which a key changes the lines of two cards."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = [f"card {number}" for number in range(SIZE[1] // _CARD_LINES + 1)]
        self.at = 3
        self.keys = 0

    def render_line(self, y: int) -> Strip:
        text, style = self.cards[y // _CARD_LINES], Style(color="white", bgcolor="black", bold=y // _CARD_LINES == self.at)
        return Strip([Segment(f"{text} {y}".ljust(self.size.width), style)], self.size.width)

    def on_key(self, event: events.Key) -> None:
        here, there = self.at, 7 - self.at  # cards 3 and 4 in turn, whatever the key
        self.cards[here], self.cards[there] = self.cards[there], self.cards[here]
        self.at = there
        self.keys += 1
        self.refresh(Region(0, min(here, there) * _CARD_LINES, self.size.width, 2 * _CARD_LINES))


class FloorApp(Timed):
    """The floor's app."""

    def compose(self) -> ComposeResult:
        yield TwoCards()

    def shown_after(self) -> str:
        return "card 3"

    def done(self) -> int:
        return self.query_one(TwoCards).keys


class Ours(Timed, QuarterdeckApp):
    """The app itself, with a session of its library on the screen, and the card at a place chosen."""

    CSS_PATH = Path(tui.app.app.__file__).with_name("app.tcss")  # a relative one would be looked for beside this file

    def __init__(self, home: DiskLibrary, opened: OpenSession, at: int) -> None:
        super().__init__(home, self._first_screen)
        self.opened, self._at = opened, at

    def _first_screen(self, _: QuarterdeckApp) -> SessionScreen:
        self.keep_open(self.opened)
        self.call_later(self._choose)
        return SessionScreen(self.opened)

    def _choose(self) -> None:
        self.screen.board.cursor = self._at  # type: ignore[attr-defined]

    def shown_after(self) -> str:
        card = self.screen.selected  # type: ignore[attr-defined]
        return str(card.title)

    def done(self) -> int:
        return self.opened.live.session.seq


def ours(path: Path, count: int, at: int) -> Ours:
    """Return the app with a new session of so many cards on the screen."""
    home = library(path / str(count))
    return Ours(home, home.create(portfolio(count)), at)


def _times(counts: tuple[int, ...], at: int, keys: tuple[str, ...]) -> tuple[KeyTime, list[KeyTime]]:
    with folder() as path:
        floor, *rest = asyncio.run(time_keys([FloorApp, *(partial(ours, path, count, at) for count in counts)], keys, ROUNDS))
    return floor, rest


def moves_in_view() -> list[Row]:
    """A card moves one place down and up again, the view stands still."""
    floor, times = _times(SIZES, 3, ("J", "K"))
    rows = [
        Row(f"key to frame, {count:,} cards, a move in view", time.frame, floor.frame, 1.6, series="key to frame", size=count)
        for count, time in zip(SIZES, times, strict=True)
    ]
    rows.append(Row(f"the same, {SIZES[-1]:,} cards against {SIZES[0]}", times[-1].frame, times[0].frame, 1.25))
    for count, time in zip(SIZES, times, strict=True):
        name = "the same with what follows the frame"
        rows.append(Row(f"{name}, {count:,} cards", time.all, floor.all, 0, series="key to frame, and all that follows it", size=count))
    for count, time in zip(SIZES, times, strict=True):
        rows.append(Row(f"one of 40 keys sent at once, {count:,} cards", time.held, floor.held, 0, series="one of many keys at once", size=count))
    return rows


def moves_that_scroll() -> list[Row]:
    """A card moves on and on downwards, and the view follows with each move."""
    counts = SIZES[1:]
    floor, times = _times(counts, 12, ("J",))
    return [
        Row(f"key to frame, {count:,} cards, the view scrolls", time.frame, floor.frame, 3.0, series="key to frame, scrolling", size=count)
        for count, time in zip(counts, times, strict=True)
    ]


def moves_after_hours() -> list[Row]:
    """A card moves in a session of four hours, beside one that has only begun."""
    with folder() as path:
        long = library(path / "long", quick=True)
        file = long_session(path / "long", _HOURS_OF_EVENTS, _CARDS)
        contestants = [partial(ours, path, _CARDS, 3), lambda: Ours(long, long.open(file), 3)]
        new, old = asyncio.run(time_keys(contestants, ("J", "K"), ROUNDS))
    return [Row(f"key to frame, after {_HOURS_OF_EVENTS:,} events against a new session", old.frame, new.frame, 1.25)]


ROWS = (moves_in_view, moves_that_scroll, moves_after_hours)
"""What is measured, in the order of the table."""
