"""Calm drawing: what comes from the devices of others is shown immediately after a pause, otherwise a few times a second."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.message_pump import MessagePump

CALM = 0.2
"""Seconds between two drawings."""


class Calm:
    """Calls `act` at most every CALM seconds, as long as its widget lives; `soon` asks for it."""

    def __init__(self, node: MessagePump, act: Callable[[], None]) -> None:
        self._node, self._act = node, act
        self._last = 0.0
        self._waits = False

    def soon(self) -> None:
        """Act: now after a pause, or when the time has come."""
        if self._waits:
            return
        wait = self._last + CALM - monotonic()
        if wait <= 0:
            self.now()
        else:
            self._waits = True
            self._node.set_timer(wait, self.now)

    def now(self) -> None:
        """Act without waiting."""
        self._waits, self._last = False, monotonic()
        self._act()
