"""Reception: who asks, who is let in, who is here, and what they all follow. The half of a room in which no one acts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from sessions.commands.people import AddParticipant, MarkAttendance
from sessions.errors import RecordError, SessionError
from sessions.live import broadcast
from sessions.live.ports import Clock
from sessions.live.session import LiveSession
from sessions.room.answers import Answers
from sessions.room.following import Following
from sessions.room.names import checked_name
from sessions.room.refused import RoomError
from sessions.room.seats import Seat, Seats, SeatState
from sessions.state.session import Session

AWAY = 30
"""Seconds without a request after which a seat counts as away."""
ASKING_LIMIT = 60
"""How many may ask at a time."""


class SeatRow(NamedTuple):
    """A seat as the facilitator's panel shows it."""

    seat: str
    person: str
    role: str
    side: str
    state: SeatState
    away: bool
    watch: bool


class Reception:
    """The seats of one session, and who hears of a change. Before the meeting (`meeting` is False) no one is marked as present for coming in."""

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
        self._asked: dict[str, str] = {}
        """The seat that each request for one was given."""
        self._answers = Answers()
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
        """Note that a seat's device was heard of. Its first word in a meeting marks the person as present."""
        back = self.is_away(seat)
        self._seen[seat.id] = self._clock.seconds()
        if seat.state != "in":
            return
        if self._meeting and seat.person and not seat.met and not seat.facilitator:
            self._meet(seat)
        if back:
            self._changed()

    def is_away(self, seat: Seat) -> bool:
        """Return whether nothing was heard of a seat's device for a while."""
        return self._clock.seconds() - self._seen.get(seat.id, -AWAY) >= AWAY

    def look_round(self) -> None:
        """Notice who has gone away since the last look."""
        gone = [seat_id for seat_id, seen in self._seen.items() if self._clock.seconds() - seen >= AWAY]
        for seat_id in gone:
            del self._seen[seat_id]
        if gone:
            self._changed()

    def _meet(self, seat: Seat) -> None:
        """Mark a person as present. A session that takes no record, or a full disk, keeps no one out."""
        with suppress(SessionError, RecordError):
            if not self.live.session.closed and self.live.session.presence.get(seat.person) != "present":
                self.live.perform(MarkAttendance(people=(seat.person,), presence="present"))
            self.seats.put(seat.model_copy(update={"met": True}))

    # --- coming in

    @property
    def locked(self) -> bool:
        """Return whether no one may ask to come in."""
        return self.seats.locked

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the sides that somebody new may choose from."""
        return tuple(dict.fromkeys(("business", "it", *self.live.session.sides)))

    def is_free(self, person: str) -> bool:
        """Return whether no one who is here sits in a person's seat."""
        seat = self.seats.of_person(person)
        return seat is None or self.is_away(seat)

    def ask(self, *, person: str = "", role: str = "", side: str = "", watch: bool = False, request: str = "") -> tuple[Seat, str]:
        """Make a seat that waits to be let in, and return it with its token. Raises RoomError: locked, taken, full, name, side.

        A request that is sent again, for its answer was lost, gets the same seat; only the last answer's token holds.
        """
        session = self.live.session
        earlier = self.seats.get(self._asked.get(request, ""))
        if earlier and earlier.state != "out":
            return self.seats.new_token(earlier, keep=False)
        seat, token = self._new(session, person=person, role=role, side=side, watch=watch)
        if request:
            self._asked[request] = seat.id
        return seat, token

    def _new(self, session: Session, *, person: str, role: str, side: str, watch: bool) -> tuple[Seat, str]:
        if self.locked:
            raise RoomError("locked", "The room is locked: ask the facilitator to open it.")
        asking = self._asking()
        if len(asking) >= ASKING_LIMIT:
            for seat in filter(self.is_away, asking):  # asked, and never waited for the answer
                self._forget(seat)
            asking = self._asking()
        if len(asking) >= ASKING_LIMIT:
            raise RoomError("full", "Too many people are asking to come in: try again in a minute.")
        if watch:
            return self._seated(watch=True, role="Audience")
        if person:
            known = session.people.get(person)
            if known is None or person == session.facilitator:
                raise RoomError("name", "Nobody of that name is in this session: choose yourself from the list.")
            if not self.is_free(person):
                raise RoomError("taken", f"{known.role} is here already: ask the facilitator.")
            return self._seated(person=person, role=known.role, side=known.side)
        if side and side not in self.sides:
            raise RoomError("side", "There is no such side in this session: choose yours from the list.")
        name = checked_name(role, [*(each.role for each in session.people.values()), *(seat.role for seat in asking if not seat.person)])
        return self._seated(role=name, side=side)

    def _asking(self) -> list[Seat]:
        return [seat for seat in self.seats.all if seat.state == "asking"]

    def _seated(self, **fields: object) -> tuple[Seat, str]:
        made = self.seats.add(**fields)
        self._seen[made[0].id] = self._clock.seconds()
        self._changed()
        return made

    def admit(self, seat_id: str) -> None:
        """Let in who asks: they are present, and new people join the session. Raises SessionError or RecordError."""
        seat = self.seats.get(seat_id)
        if seat is None or seat.state != "asking":
            raise RoomError("gone", "They do not ask any more.")
        if not seat.watch and not seat.person:
            seat = seat.model_copy(update={"person": self._joined(seat)})
        earlier = self.seats.of_person(seat.person)
        admitted = self.seats.put(seat.model_copy(update={"state": "in"}))
        if earlier:
            self._forget(earlier)
        if seat.person:
            self._meet(admitted)
        self._changed()

    def _joined(self, seat: Seat) -> str:
        """Add a new person to the session and return their id."""
        self.live.perform(AddParticipant(role=seat.role, side=seat.side, seat="voter" if seat.side else "observer"))
        return next(person.id for person in self.live.session.people.values() if person.role == seat.role)

    def admit_all(self) -> None:
        """Let in all who ask. Raises what letting in the first who cannot come in raises, after the others are in."""
        faults: list[SessionError] = []
        for seat in self.seats.all:
            if seat.state == "asking":
                try:
                    self.admit(seat.id)
                except SessionError as error:
                    faults.append(error)
        if faults:
            raise faults[0]

    def turn_away(self, seat_id: str) -> None:
        """Refuse who asks."""
        self._out(seat_id, "asking")

    def remove(self, seat_id: str) -> None:
        """Send out who is in; their tokens hold no more, and their votes stay."""
        self._out(seat_id, "in")

    def _out(self, seat_id: str, state: SeatState) -> None:
        seat = self.seats.get(seat_id)
        if seat is None or seat.state != state:
            raise RoomError("gone", "They have left already.")
        self.seats.put(seat.model_copy(update={"state": "out"}))
        for old in [each for each in self.seats.all if each.state == "out"][:-ASKING_LIMIT]:
            self._forget(old)
        self._changed()

    def _forget(self, seat: Seat) -> None:
        self.seats.drop(seat.id)
        self._answers.forget(seat.id)
        self._seen.pop(seat.id, None)
        self._asked = {request: given for request, given in self._asked.items() if given != seat.id}

    def reissue(self, person: str) -> str:
        """Return a new token for a person's seat, in which they are let in; all earlier ones hold no more."""
        return self._let_in(person, keep=False)

    def link(self, person: str) -> str:
        """Return a token for a person's seat, in which they are let in; earlier ones hold too."""
        return self._let_in(person, keep=True)

    def _let_in(self, person: str, *, keep: bool) -> str:
        known = self.live.session.people.get(person)
        if known is None:
            raise RoomError("name", "Nobody of that name is in this session.")
        seat = self.seats.of_person(person)
        fields = {"state": "in", "person": person, "role": known.role, "side": known.side}
        _, token = self.seats.new_token(seat, keep=keep) if seat else self.seats.add(**fields)
        self._changed()
        return token

    def facilitator_link(self) -> str:
        """Return a token for the facilitator's page."""
        return self._own_link("facilitator", self.live.session.facilitator, "Facilitator")

    def watch_link(self) -> str:
        """Return a token for the audience's window."""
        return self._own_link("watch", "", "Audience")

    def _own_link(self, field: str, person: str, role: str) -> str:
        seat = next((seat for seat in self.seats.all if seat.state == "in" and getattr(seat, field)), None)
        made = self.seats.new_token(seat, keep=True) if seat else self.seats.add(state="in", person=person, role=role, **{field: True})
        return made[1]

    def lock(self, locked: bool) -> None:
        """Let no one ask to come in, or let them again."""
        self.seats.lock(locked)
        self._changed()

    def end(self) -> None:
        """End the room: no token holds any more."""
        self.seats.end()
        self._changed()

    def rows(self) -> list[SeatRow]:
        """Return the seats of who is in or asks, the oldest first."""
        return [
            SeatRow(seat.id, seat.person, seat.role, seat.side, seat.state, self.is_away(seat), seat.watch)
            for seat in self.seats.all
            if seat.state != "out" and not seat.facilitator
        ]
