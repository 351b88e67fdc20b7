"""The line that shows while a file is read in a thread: what is done, for how long, and that esc stops it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

from textual.content import Content
from textual.widgets import Static

from tui.text import plain

T = TypeVar("T")

MANY = 2_000
"""Cards that take more than a moment."""
_SOON = 0.4
"""Seconds until the line appears: most files are read before."""


class Stopped(Exception):  # noqa: N818 - it is no error
    """The work was stopped."""


class Patience(Static):
    """Hidden unless something takes long."""

    def __init__(self) -> None:
        super().__init__(id="new-waiting")
        self.display = False
        self._stop: Event | None = None
        self.busy = False

    def stop(self) -> bool:
        """Stop what can be stopped, and return whether something is being done."""
        if self._stop is not None:
            self._stop.set()
        return self.busy

    async def reading(self, name: str, read: Callable[[Callable[[], None]], T]) -> T:
        """Read a file in a thread; `read` gets a function to call for every row. Raises Stopped, and what it raises."""
        stop = self._stop = Event()

        def on_row() -> None:
            if stop.is_set():
                raise Stopped("The reading was stopped.")

        try:
            return await self.doing(f"Reading {name}", lambda: read(on_row), "esc", "stops")
        finally:
            stop.set()  # the thread of a screen that has gone ends too
            if self._stop is stop:
                self._stop = None

    async def doing(self, what: str, work: Callable[[], T], *key: str) -> T:
        """Do some work in a thread. Raises what it raises."""
        began, self.busy = monotonic(), True

        def draw() -> None:
            seconds = int(monotonic() - began)
            told = f"{plain(what)}, {seconds} s" if seconds else plain(what)
            self.update(Content.assemble(f"{told}   ", *((key[0], "bold $accent"), (f" {key[1]}", "$text-muted")) if key else ()))
            self.display = True

        timer = self.set_interval(_SOON, draw)
        try:
            return await asyncio.to_thread(work)
        finally:
            timer.stop()
            self.busy = self.display = False
