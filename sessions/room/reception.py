"""Reception: who asks to come in, and who is let in. The half of a room that records no acts."""

from __future__ import annotations

from typing import NamedTuple

from sessions.commands.people import AddParticipant
from sessions.errors import SessionError
from sessions.live.ports import Clock
from sessions.live.session import LiveSession
from sessions.room.answers import Answers
from sessions.room.names import checked_name
from sessions.room.presence import Presence
from sessions.room.refused import RoomError
from sessions.room.seats import Seat, Seats, SeatState, numbers_of
from sessions.state.session import Session

ASKING_LIMIT, ASKING_OF_ONE = 60, 10
"""How many may ask at a time, and how many of them from one address."""


class SeatRow(NamedTuple):
    """A seat as the facilitator's panel shows it. `number` tells apart those who ask for the same role; 0 if only one does."""

    seat: str
    person: str
    role: str
    side: str
    state: SeatState
    away: bool
    watch: bool
    number: int = 0


class Reception(Presence):
    """The seats of one session: asking, in, or out."""

    def __init__(self, live: LiveSession, seats: Seats, clock: Clock, *, meeting: bool = True) -> None:
        super().__init__(live, seats, clock, meeting=meeting)
        self._asked: dict[str, str] = {}
        """The seat that each request for one was given."""
        self._from: dict[str, str] = {}
        """The address from which each seat was requested."""
        self._answers = Answers()

    @property
    def locked(self) -> bool:
        """Return whether no one may ask to come in."""
        return self.seats.locked

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the sides that someone new may choose from."""
        return tuple(dict.fromkeys(("business", "it", *self.live.session.sides)))

    def is_free(self, person: str) -> bool:
        """Return whether no one who is here sits in a person's seat."""
        seat = self.seats.of_person(person)
        return seat is None or self.is_away(seat)

    def ask(self, *, person: str = "", role: str = "", side: str = "", watch: bool = False, request: str = "", address: str = "") -> tuple[Seat, str]:
        """Make a seat that waits to be let in, and return it with its token. Raises RoomError: locked, taken, full, name, side.

        A request that is sent again, for its answer was lost, gets the same seat; only the last answer's token holds. An `address`, if one
        device has it for itself, may ask for a few seats only.
        """
        session = self.live.session
        earlier = self.seats.get(self._asked.get(request, ""))
        if earlier and earlier.state != "out":
            return self.seats.new_token(earlier, keep=False)
        self._check_room(address)
        seat, token = self._new(session, person=person, role=role, side=side, watch=watch)
        if request:
            self._asked[request] = seat.id
        if address:
            self._from[seat.id] = address
        return seat, token

    def _check_room(self, address: str) -> None:
        """Raise RoomError if too many ask already, or too many from this address."""
        if self.locked:
            raise RoomError("locked", "The room is locked: ask the facilitator to open it.")
        asking = self._asking()
        if len(asking) >= ASKING_LIMIT:
            for seat in filter(self.is_away, asking):  # whose person asked, and never waited for the answer
                self._forget(seat)
            asking = self._asking()
        if len(asking) >= ASKING_LIMIT:
            raise RoomError("full", "Too many people are asking to come in: try again in a minute.")
        if address and sum(self._from.get(seat.id) == address and not self.is_away(seat) for seat in asking) >= ASKING_OF_ONE:
            raise RoomError("full", "Enough people ask from this device or network: wait until the facilitator has let them in.")

    def _new(self, session: Session, *, person: str, role: str, side: str, watch: bool) -> tuple[Seat, str]:
        if watch:
            return self._seated(watch=True, role="Audience")
        if person:
            known = session.people.get(person)
            if known is None or person == session.facilitator:
                raise RoomError("name", "No one of that name is in this session: choose yourself from the list.")
            if not self.is_free(person):
                raise RoomError("taken", f"{known.role} is here already: ask the facilitator.")
            return self._seated(person=person, role=known.role, side=known.side)
        if side and side not in self.sides:
            raise RoomError("side", "There is no such side in this session: choose yours from the list.")
        name = checked_name(role, [*(each.role for each in session.people.values()), *(seat.role for seat in self._asking() if not seat.person)])
        return self._seated(role=name, side=side)

    def _asking(self) -> list[Seat]:
        return [seat for seat in self.seats.all if seat.state == "asking"]

    def _seated(self, **fields: object) -> tuple[Seat, str]:
        made = self.seats.add(**fields)
        self._seen[made[0].id] = self._clock.seconds()
        self._changed()
        return made

    def _rivals(self, seat: Seat) -> list[Seat]:
        return [each for each in self._asking() if seat.person and each.person == seat.person and each.id != seat.id]

    def admit(self, seat_id: str) -> None:
        """Let someone in who asks: they are present, and new people join the session; others who ask for the same role are turned away.

        Raises SessionError or RecordError.
        """
        seat = self.seats.get(seat_id)
        if seat is None or seat.state != "asking":
            raise RoomError("gone", "They are no longer asking.")
        if not seat.watch and not seat.person:
            seat = seat.model_copy(update={"person": self._joined(seat)})
        earlier = self.seats.of_person(seat.person)
        rivals = self._rivals(seat)
        admitted = self.seats.put(seat.model_copy(update={"state": "in"}))
        for rival in rivals:
            self.turn_away(rival.id)
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
        """Let in all who ask, except those who ask for the same role: that is the facilitator's choice.

        Raises what letting in the first who cannot come in raises, after the others are in.
        """
        faults: list[SessionError] = []
        for seat in self._asking():
            try:
                if self._rivals(seat):
                    role = self._role(seat)
                    raise RoomError("twice", f"Several ask as {role}: ask for the number on the phone, and let that one in.")
                self.admit(seat.id)
            except SessionError as error:
                faults.append(error)
        if faults:
            raise faults[0]

    def turn_away(self, seat_id: str) -> None:
        """Refuse someone who asks."""
        self._out(seat_id, "asking")

    def turn_all_away(self) -> None:
        """Refuse all who ask."""
        for seat in self._asking():
            self.turn_away(seat.id)

    def remove(self, seat_id: str) -> None:
        """Send someone out; their tokens become invalid, and their votes stay."""
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
        self._from.pop(seat.id, None)
        self._asked = {request: given for request, given in self._asked.items() if given != seat.id}

    def reissue(self, person: str) -> str:
        """Return a new token for a person's seat, in which they are let in; all earlier ones become invalid."""
        return self._let_in(person, keep=False)

    def link(self, person: str) -> str:
        """Return a token for a person's seat, in which they are let in; earlier ones stay valid."""
        return self._let_in(person, keep=True)

    def _let_in(self, person: str, *, keep: bool) -> str:
        known = self.live.session.people.get(person)
        if known is None:
            raise RoomError("name", "No one of that name is in this session.")
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
        """Lock the room to new requests, or unlock it."""
        self.seats.lock(locked)
        self._changed()

    def end(self) -> None:
        """End the room: every token becomes invalid."""
        self.seats.end()
        self._changed()

    def _role(self, seat: Seat) -> str:
        """Return the role of a seat as it is called now."""
        return self.live.session.role(seat.person) if seat.person in self.live.session.people else seat.role

    def rows(self) -> list[SeatRow]:
        """Return the seats of everyone who is in or asks, the oldest first."""
        numbers = numbers_of(self._asking())
        return [
            SeatRow(seat.id, seat.person, self._role(seat), seat.side, seat.state, self.is_away(seat), seat.watch, numbers.get(seat.id, 0))
            for seat in self.seats.all
            if seat.state != "out" and not seat.facilitator
        ]
