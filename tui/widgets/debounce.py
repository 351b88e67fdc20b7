"""Waiting for the keys to pause, at no cost for a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Debounce:
    """Calls something once, `seconds` after it was last begun.

    A Textual timer is a task, which every key would wake; here a key only notes until when to wait.
    """

    def __init__(self, host: MessagePump, seconds: float, then: Callable[[], None]) -> None:
        self._host = host
        self._seconds = seconds
        self._then = then
        self._until: float | None = None
        self._waiting: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Restart the wait from now."""
        loop = asyncio.get_running_loop()
        self._until = loop.time() + self._seconds
        if self._waiting is None:
            self._waiting = loop.call_at(self._until, self._look)

    def stop(self) -> None:
        """Stop waiting."""
        self._until = None

    def _look(self) -> None:
        self._waiting = None
        if self._until is None:
            return
        loop = asyncio.get_running_loop()
        if loop.time() < self._until:
            self._waiting = loop.call_at(self._until, self._look)
        else:
            self._host.call_later(self._end)  # in the host's turn, where Textual looks after what goes wrong

    def _end(self) -> None:
        """Call it, unless it was restarted or stopped while this waited for its turn."""
        if self._until is not None and asyncio.get_running_loop().time() >= self._until:
            self._until = None
            self._then()
