"""The audience's window of a session that is led in another window, or on another machine."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any, Protocol

from textual import work
from textual.app import ComposeResult
from textual.screen import Screen

from tui.host.key_bar import KeyBar
from tui.joined.picture import picture
from tui.stages.picture import Row
from tui.text import fit, length, plain
from tui.widgets.lines import Lines

_MARGIN = 2
_LOOK = 0.1
"""Seconds between two looks for something new."""


class Watched(Protocol):
    """A session that is followed."""

    def has_news(self) -> bool:
        """Return whether there may be something new; costs nothing."""

    def take(self) -> None:
        """Take in what is new; may wait for it."""

    def state(self) -> Mapping[str, Any]:
        """Return what the audience sees."""

    @property
    def problem(self) -> str:
        """Return why nothing new can come now, in few words; empty while it can."""


class WatchScreen(Screen[None]):
    """What the room does now, for all to see."""

    CSS = """
    WatchScreen { background: $background; }
    #watched-top { height: 1; padding: 0 2; background: $panel; }
    #watched { height: 1fr; margin: 1 2 0 2; }
    """

    def __init__(self, watched: Watched) -> None:
        super().__init__()
        self._watched = watched
        self._state = watched.state()
        self._came = monotonic()

    def compose(self) -> ComposeResult:
        """Lay out the session's name, the picture, and the keys."""
        yield Lines(id="watched-top")
        yield Lines(id="watched")
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow, and draw the clock every second."""
        self.set_interval(1, self._draw)
        self._follow()

    def on_resize(self) -> None:
        """Draw what fits the new size."""
        self._draw()

    @work
    async def _follow(self) -> None:
        while True:
            if self._watched.has_news():
                await asyncio.to_thread(self._watched.take)
                self._state, self._came = self._watched.state(), monotonic()
                self._draw()
            await asyncio.sleep(_LOOK)

    def _draw(self) -> None:
        width, height = self.size.width - 2 * _MARGIN, self.size.height - 3
        if width <= 0 or height <= 0 or not self.query("#watched-top"):
            return  # not laid out yet, or gone
        self.query_one("#watched-top", Lines).show_lines([self._top(width)])
        self.query_one("#watched", Lines).show_lines(picture(self._state, monotonic() - self._came, width, height))

    def _top(self, width: int) -> Row:
        problem = self._watched.problem
        who = fit(plain(problem) or "Audience", width // 2)
        name = "   ".join(plain(text) for text in (self._state["title"], self._state["quarter"]) if text)
        return ((fit(name, max(0, width - length(who))), "bold"), (who, "$warning" if problem else "bold $accent"))
