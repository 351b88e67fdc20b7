"""The polls that wait for news: one for each seat, answered when something has changed, at most five times a second."""

from __future__ import annotations

import asyncio
from typing import Literal

from sessions.room.room import Room

HELD = 20.0
"""Seconds for which a poll waits."""
SOON, QUIET = 0.03, 0.2
"""Seconds from a change to the pages: soon after a quiet while, otherwise not before the last news is this old."""

Outcome = Literal["changed", "unchanged", "elsewhere"]


class Polls:
    """The waiting polls of a room, by seat."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._published = room.version
        self._told_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._held: dict[str, tuple[int, asyncio.Future[Outcome]]] = {}
        """What each seat knows, and what its poll waits for."""
        self._stop = room.watch(self._changed)
        self._closed = False

    def _changed(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(SOON, self._told_at + QUIET - loop.time()), self._publish)

    def _publish(self) -> None:
        self._timer = None
        self._published = self._room.version
        self._told_at = asyncio.get_running_loop().time()
        self._answer()

    def _answer(self) -> None:
        """Answer the polls of all who do not know the latest news."""
        for since, held in self._held.values():
            if since < self._published or self._closed:
                _settle(held, "changed")

    async def wait(self, seat: str, since: int) -> Outcome:
        """Return when there is news for a seat that knows this version, when nothing has come for a while, or when the seat is used elsewhere."""
        if seat in self._held:
            _settle(self._held.pop(seat)[1], "elsewhere")
        if since < self._published or since > self._room.version or self._closed:
            return "changed"
        loop = asyncio.get_running_loop()
        held: asyncio.Future[Outcome] = loop.create_future()
        self._held[seat] = since, held
        timer = loop.call_later(HELD, _settle, held, "unchanged")
        try:
            return await held
        finally:
            timer.cancel()
            if self._held.get(seat) == (since, held):
                del self._held[seat]

    def close(self) -> None:
        """Answer all polls, and forget them."""
        self._closed = True
        self._stop()
        if self._timer:
            self._timer.cancel()
        self._answer()


def _settle(held: asyncio.Future[Outcome], outcome: Outcome) -> None:
    if not held.done():
        held.set_result(outcome)
