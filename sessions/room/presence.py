"""Who is here and what they all follow: the part of a room that concerns all who are in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sessions.commands.people import MarkAttendance
from sessions.errors import RecordError, SessionError
from sessions.live import broadcast
from sessions.live.ports import Clock
from sessions.live.session import LiveSession
from sessions.room.following import Following
from sessions.room.seats import Seat, Seats

AWAY = 30
"""Seconds without a request after which a seat counts as away."""


class Presence:
    """The devices of one session, and who hears of a change. Before the meeting (`meeting` is False) no one is marked as present for coming in."""

    def __init__(self, live: LiveSession, seats: Seats, clock: Clock, *, meeting: bool = True) -> None:
        self.live = live
        self.seats = seats
        self.following: Following | None = None
        self.curtained = False
        # Later than any version of an earlier run, so that no page takes this run's state for the one that it has.
        self.version = self.board_version = int(datetime.fromisoformat(clock.now()).timestamp() * 1000)
        self._clock = clock
        self._meeting = meeting
        self._watchers: list[Callable[[], None]] = []
        self._seen: dict[str, float] = {}
        self._order = live.session.order
        self._stop = live.watch(lambda *_: self._changed())

    # --- hearing of changes

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after any change: of the session, a seat, presence, or what is followed. Return the function that stops it."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback) if callback in self._watchers else None

    def _changed(self) -> None:
        self.version += 1
        if self.live.session.order != self._order:
            self._order, self.board_version = self.live.session.order, self.version
        for callback in tuple(self._watchers):
            try:
                callback()
            except Exception as error:  # noqa: BLE001 - the change has happened: who fails to show it must not stop the others
                broadcast.log_failure(error)

    # --- what the facilitator's screen shows

    def follow(self, following: Following) -> None:
        """Let all pages follow the facilitator's screen."""
        if following != self.following:
            self.following = following
            self._changed()

    def curtain(self, drawn: bool) -> None:
        """Cover all pages, or uncover them."""
        if drawn != self.curtained:
            self.curtained = drawn
            self._changed()

    # --- presence, which changes nothing but how a name looks

    def touch(self, seat: Seat) -> None:
        """Note that a seat's device sent something. The first time in a meeting marks the person as present."""
        back = self.is_away(seat)
        self._seen[seat.id] = self._clock.seconds()
        if seat.state != "in":
            return
        if self._meeting and seat.person and not seat.met and not seat.facilitator:
            self._meet(seat)
        if back:
            self._changed()

    def is_away(self, seat: Seat) -> bool:
        """Return whether a seat's device has been silent for a while."""
        return self._clock.seconds() - self._seen.get(seat.id, -AWAY) >= AWAY

    def look_round(self) -> None:
        """Notice who has gone away since the last look."""
        gone = [seat_id for seat_id, seen in self._seen.items() if self._clock.seconds() - seen >= AWAY]
        for seat_id in gone:
            del self._seen[seat_id]
        if gone:
            self._changed()

    def _meet(self, seat: Seat) -> None:
        """Mark a person as present. A read-only session or a full disk keeps no one out."""
        with suppress(SessionError, RecordError):
            if not self.live.session.closed and self.live.session.presence.get(seat.person) != "present":
                self.live.perform(MarkAttendance(people=(seat.person,), presence="present"))
            self.seats.put(seat.model_copy(update={"met": True}))
