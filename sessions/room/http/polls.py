"""The polls that wait for news: one for each seat, answered when something has changed, at most five times a second."""

from __future__ import annotations

import asyncio
from typing import Literal

from sessions.room.room import Room

HELD = 20.0
"""Seconds for which a poll waits."""
SOON, QUIET = 0.03, 0.2
"""Seconds from a change to the pages: after a quiet while soon, else not before the last news are this old."""

Outcome = Literal["changed", "unchanged", "elsewhere"]


class Polls:
    """The polls of a room that are held, by seat."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._published = room.version
        self._told_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._held: dict[str, asyncio.Future[Outcome]] = {}
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
        self._answer_all("changed")

    def _answer_all(self, outcome: Outcome) -> None:
        held, self._held = self._held, {}
        for waiting in held.values():
            if not waiting.done():
                waiting.set_result(outcome)

    async def wait(self, seat: str, since: int) -> Outcome:
        """Return when there is news for a seat that knows this version, when nothing has come for a while, or when the seat is used elsewhere."""
        earlier = self._held.pop(seat, None)
        if earlier and not earlier.done():
            earlier.set_result("elsewhere")
        if since < self._published or since > self._room.version or self._closed:
            return "changed"
        held: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._held[seat] = held
        try:
            async with asyncio.timeout(HELD):
                return await held
        except TimeoutError:
            return "unchanged"
        finally:
            if self._held.get(seat) is held:
                del self._held[seat]


    def close(self) -> None:
        """Answer all polls, and hold none any more."""
        self._closed = True
        self._stop()
        if self._timer:
            self._timer.cancel()
        self._answer_all("changed")
