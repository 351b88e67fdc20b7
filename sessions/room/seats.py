"""The seats of a room, and the hashes of the tokens by which their devices are known.

A token is seen once, by the person who gets it; only its hash is stored. Seats are stored for good once someone is let in.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Literal

from pydantic import ValidationError

from sessions.errors import RecordError
from sessions.live.ports import StoredSeats
from sessions.portfolio.models import Value

SeatState = Literal["asking", "in", "out"]
TOKEN_LENGTH = 32
"""Hex digits of a token: 128 bits."""
KEYS_LIMIT = 16
"""How many unused tokens of a seat are valid together; a new link invalidates the oldest of them, never a used one."""


class Seat(Value):
    """A place in the room.

    `met` says whether its person has been marked as present once; `keys` are the hashes of its tokens,
    `used` those of the tokens that a device has brought.
    """

    id: str
    state: SeatState = "asking"
    person: str = ""
    role: str = ""
    side: str = ""
    watch: bool = False
    facilitator: bool = False
    met: bool = False
    keys: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


class _Kept(Value):
    """What the file holds."""

    next: int = 1
    locked: bool = False
    seats: tuple[Seat, ...] = ()


def numbers_of(asking: Sequence[Seat]) -> dict[str, int]:
    """Return a number for each of the seats that ask for the same role, by which people tell them apart."""
    asked = Counter(seat.person for seat in asking if seat.person)
    return {seat.id: int(seat.id[1:]) for seat in asking if asked[seat.person] > 1}


def key_of(token: str) -> str:
    """Return the hash under which a token is known."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()


class Seats:
    """The seats of one room. `token` gives random hex text of a length."""

    def __init__(self, file: StoredSeats, token: Callable[[int], str]) -> None:
        self._file = file
        self._token = token
        kept = _read(file)
        self._next = kept.next
        self._locked = kept.locked
        self._seats = {seat.id: seat for seat in kept.seats}
        self._by_key = {key: seat.id for seat in kept.seats for key in seat.keys}

    @property
    def all(self) -> tuple[Seat, ...]:
        """Return all seats, the oldest first."""
        return tuple(self._seats.values())

    @property
    def locked(self) -> bool:
        """Return whether no one may ask for a seat."""
        return self._locked

    def get(self, seat_id: str) -> Seat | None:
        """Return a seat as it is now."""
        return self._seats.get(seat_id)

    def of_token(self, token: str) -> Seat | None:
        """Return the seat that a token belongs to."""
        key = key_of(token)
        seat = self._seats.get(self._by_key.get(key, ""))
        if seat is None or not any(hmac.compare_digest(key, each) for each in seat.keys):
            return None
        if key in seat.used:
            return seat
        with suppress(RecordError):  # a full disk keeps no one out
            seat = self.put(seat.model_copy(update={"used": (*seat.used, key)[-KEYS_LIMIT:]}))
        return seat

    def of_person(self, person: str) -> Seat | None:
        """Return the seat in which a person is let in."""
        return next((seat for seat in self.all if seat.state == "in" and person and seat.person == person and not seat.facilitator), None)

    def add(self, **fields: object) -> tuple[Seat, str]:
        """Make a seat, and return it with its token."""
        seat = Seat.model_validate({"id": f"s{self._next}", **fields})
        self._next += 1
        return self.new_token(seat, keep=False)

    def new_token(self, seat: Seat, *, keep: bool) -> tuple[Seat, str]:
        """Issue another token to a seat, and return both. With `keep` its earlier tokens stay valid."""
        token = self._token(TOKEN_LENGTH)
        used = seat.used if keep else ()
        unused = [key for key in (seat.keys if keep else ()) if key not in used]
        keys = (*used, *unused[1 - KEYS_LIMIT :], key_of(token))
        return self.put(seat.model_copy(update={"keys": keys, "used": used})), token

    def put(self, seat: Seat) -> Seat:
        """Keep a seat as it now is. Raises RecordError if it cannot be stored; nothing has changed then."""
        before = self._seats
        self._seats = {**before, seat.id: seat}
        self._save(before)
        return seat

    def drop(self, *seat_ids: str) -> None:
        """Forget seats, and with them their tokens. Raises RecordError, as `put`."""
        before = self._seats
        self._seats = {seat_id: seat for seat_id, seat in before.items() if seat_id not in seat_ids}
        self._save(before)

    def lock(self, locked: bool) -> None:
        """Lock the room to new requests, or unlock it."""
        self._locked = locked
        self._write()

    def end(self) -> None:
        """Forget all seats: every token becomes invalid."""
        self._seats, self._by_key, self._locked = {}, {}, False
        self._file.write(b"")

    def _save(self, before: dict[str, Seat]) -> None:
        """Write the file if the seats of those let in have changed."""
        kept = [seat for seat in before.values() if seat.state == "in"]
        try:
            if kept != [seat for seat in self.all if seat.state == "in"]:
                self._write()
        except Exception:
            self._seats = before
            raise
        self._by_key = {key: seat.id for seat in self.all for key in seat.keys}

    def _write(self) -> None:
        kept = _Kept(next=self._next, locked=self._locked, seats=tuple(seat for seat in self.all if seat.state == "in"))
        self._file.write(kept.model_dump_json().encode())


def _read(file: StoredSeats) -> _Kept:
    """Return the stored seats; none from a file that is damaged: people ask for a seat again."""
    try:
        return _Kept.model_validate_json(file.read() or b"{}")
    except ValidationError:
        return _Kept()
