"""The audience's window of a session that someone else leads: what an audience may see, from the record alone."""

from __future__ import annotations

from typing import Any

from sessions.live.session import LiveSession
from sessions.room.seats import Seat
from sessions.room.view import View

_SEAT = Seat(id="audience", state="in", role="Audience", watch=True)


class Audience:
    """Those who watch a session and take no part in it."""

    def __init__(self, live: LiveSession) -> None:
        self._live = live

    def state(self) -> dict[str, Any]:
        """Return what they see now, as a room tells it."""
        return View(self._live, version=self._live.session.seq).state(_SEAT)
