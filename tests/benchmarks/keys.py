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
from sessions.portfolio.models import Portfolio
from tests.benchmarks.frames import SIZE, Timed, time_keys
from tests.benchmarks.samples import folder, library, long_session, planned, portfolio
from tests.benchmarks.table import Row
from tests.disk import DiskLibrary
from tui.app.app import QuarterdeckApp
from tui.board.screen import SessionScreen

SIZES = (10, 100, 1_000, 10_000)
PLANNED = (60, 600, 10_000)
"""Cards."""
ROUNDS = 16
_HOURS_OF_EVENTS, _CARDS = 28_000, 60
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
        here, there = self.at, 7 - self.at  # cards 3 and 4 in turn, whichever the key
        self.cards[here], self.cards[there] = self.cards[there], self.cards[here]
        self.at = there
        self.refresh(Region(0, min(here, there) * _CARD_LINES, self.size.width, 2 * _CARD_LINES))


class FloorApp(Timed):
    """The floor's app."""

    def compose(self) -> ComposeResult:
        yield TwoCards()

    def shown_after(self) -> str:
        return "card 3"


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


def ours(path: Path, cards: Portfolio, at: int = 3) -> Ours:
    """Return the app with a new session on the screen."""
    home = library(path)
    return Ours(home, home.create(cards), at)


def _times(counts: tuple[int, ...], at: int, keys: tuple[str, ...]) -> tuple[float, list[float]]:
    with folder() as path:
        floor, *rest = asyncio.run(time_keys([FloorApp, *(partial(ours, path / str(count), portfolio(count), at) for count in counts)], keys, ROUNDS))
    return floor, rest


def moves_in_view() -> list[Row]:
    """A card moves one place down and up again, the view stands still."""
    floor, times = _times(SIZES, 3, ("J", "K"))
    rows = [Row(f"key to frame, {count:,} cards, a move in view", time, floor, 1.6) for count, time in zip(SIZES, times, strict=True)]
    return [*rows, Row(f"the same, {SIZES[-1]:,} cards against {SIZES[0]}", times[-1], times[0], 1.25)]


def moves_that_scroll() -> list[Row]:
    """A card moves on and on downwards, and the view follows with each move."""
    counts = SIZES[1:]
    floor, times = _times(counts, 12, ("J",))
    return [Row(f"key to frame, {count:,} cards, the view scrolls", time, floor, 3.0) for count, time in zip(counts, times, strict=True)]


def moves_after_hours() -> list[Row]:
    """A card moves in a session of four hours, beside one that has only begun."""
    with folder() as path:
        long = library(path / "long", quick=True)
        file = long_session(path / "long", _HOURS_OF_EVENTS, _CARDS)
        contestants = [partial(ours, path / "new", portfolio(_CARDS)), lambda: Ours(long, long.open(file), 3)]
        new, old = asyncio.run(time_keys(contestants, ("J", "K"), ROUNDS))
    return [Row(f"key to frame, after {_HOURS_OF_EVENTS:,} events against a new session", old, new, 1.25)]


def moves_with_a_plan() -> list[Row]:
    """A card moves on a board with teams and work on every card, so that cut line and reasons follow; the floor is the same board without them."""
    rows = []
    for count in PLANNED:
        with folder() as path:
            apps = [partial(ours, path / "without", portfolio(count)), partial(ours, path / "with", planned(count))]
            without, with_plan = asyncio.run(time_keys(apps, ("J", "K"), ROUNDS))
        rows.append(Row(f"key to frame with sequencing, {count:,} cards", with_plan, without, 1.6))
    return rows


ROWS = (moves_in_view, moves_that_scroll, moves_after_hours, moves_with_a_plan)
