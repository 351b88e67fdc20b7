"""The port of a store, which lists, creates, opens, reads and copies sessions.

A store keeps records as plain dicts, chained by `record.chain`. Sealed ballots never enter the record: with any store, the urn stays on the
facilitator's machine.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from sessions.errors import ConflictError, RecordError
from sessions.live.ports import Log, StoredSeats, Urn
from sessions.record.chain import Record

Mode = Literal["write", "read"]
Judge = Callable[[Sequence[Record]], str]
"""Looks at the proved records of a session before anything in it is changed; returns why nothing may be added, or nothing."""


class HeldError(RecordError):
    """Another window or process holds the session; it can still be opened for reading. `holder` describes who has it.

    `can_be_taken`: opening it with `over` takes it over.
    """

    def __init__(self, text: str, holder: str = "", *, can_be_taken: bool = False) -> None:
        super().__init__(text)
        self.holder = holder
        self.can_be_taken = can_be_taken


class DamagedError(RecordError):
    """What is stored is not what was written, and none of it can be read."""


class NewerVersionError(RecordError):
    """A newer version of Quarterdeck wrote the session."""


def refuse_taken(records: Sequence[Record], count: int) -> None:
    """Raise ConflictError if the first of these records has a number that is already taken in a session of `count` records."""
    seq = records[0].get("seq") if records and isinstance(records[0], dict) else None
    if type(seq) is int and 0 < seq <= count:
        raise ConflictError(f"record {seq} is already recorded: receive what was appended, and decide again")


class SessionRef(NamedTuple):
    """One session of a store. Only the store reads `key`; `id` and `name` are unique in a listing; `location` is fit to be printed."""

    key: str
    id: str
    name: str
    location: str

    @property
    def label(self) -> str:
        """Return the name, fit to be printed."""
        return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in self.name)


class Listed(NamedTuple):
    """A session in a listing. Its `stamp` changes whenever the session may have changed; the stamps of a store sort by time of writing."""

    ref: SessionRef
    stamp: str


class Stored(NamedTuple):
    """The records of a session that are whole, and the damage after them (empty if there is none)."""

    records: list[Record]
    damage: str = ""


class CheckReport(NamedTuple):
    """The result of a check: how many records are proved, and one sentence about the first thing that is wrong (empty if whole).

    `damaged`: stored bytes are not what was written, so that more records may follow the proved ones.
    """

    records: int
    whole: bool
    problem: str
    damaged: bool = False


class RepairReport(NamedTuple):
    """What a repair wrote and where, and how many bytes of the original it had to leave out."""

    location: str
    records: int
    bytes_left_out: int


class StoredUrn(Urn, Protocol):
    """The urn of a stored session."""

    def missing(self, round_number: int, seals: Mapping[str, str]) -> tuple[str, ...]:
        """Return the voters whose sealed ballot is not here or does not match its seal. Raises RecordError when the urn cannot be read."""
        ...

    def keep_only(self, seals: Collection[str]) -> None:
        """Delete the ballots that a killed process left: all but those with these seals."""
        ...


class SessionHandle(Protocol):
    """An open session. `log.append` takes the record with the next number, and raises ConflictError if another writer has used it."""

    @property
    def ref(self) -> SessionRef:
        """Return the session that is open."""
        ...

    @property
    def log(self) -> Log:
        """Return where records are appended."""
        ...

    @property
    def urn(self) -> StoredUrn:
        """Return where ballots are sealed."""
        ...

    @property
    def seats(self) -> StoredSeats:
        """Return the store of the room's seats."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what opening had to do, in sentences."""
        ...

    @property
    def reason(self) -> str:
        """Return why nothing can be appended, as a sentence; empty while something can."""
        ...

    @property
    def damaged(self) -> bool:
        """Return whether stored bytes are not what was written."""
        ...

    def is_lost(self) -> bool:
        """Return whether another program deleted or changed what this handle writes; if so, nothing more can be appended."""
        ...

    @property
    def away(self) -> str:
        """Return why nothing can be received for now, as a sentence; empty while it can."""
        ...

    @property
    def shared(self) -> bool:
        """Return whether others may append while this handle writes."""
        ...

    def has_news(self) -> bool:
        """Return whether another writer may have appended something since the last look; costs nothing."""
        ...

    def receive(self) -> list[Record]:
        """Return what another writer has appended since the last look. Raises ConflictError when the earlier records have changed."""
        ...

    def copy(self, target: str, records: Sequence[Record]) -> SessionRef:
        """Write the session elsewhere, without its sealed ballots; from `records` if the store no longer holds what was recorded.

        Raises RecordError, and then nothing was written; nothing is ever overwritten.
        """
        ...

    def close(self) -> None:
        """Release the session, so that another window can open it; harmless when done twice."""
        ...


class Store(Protocol):
    """A place that keeps sessions."""

    @property
    def location(self) -> str:
        """Return the place of the sessions, for people."""
        ...

    def listing(self) -> list[Listed]:
        """Return the sessions, by name. Raises RecordError when they cannot be listed."""
        ...

    def ref(self, name: str) -> SessionRef:
        """Return the session that is listed under a name."""
        ...

    def locate(self, text: str) -> SessionRef | None:
        """Return the session at a place that a user typed, in this store or not; None if there is none."""
        ...

    def create(self, first: Record) -> SessionHandle:
        """Create a session with its first record, durably, and open it for writing. Raises RecordError."""
        ...

    def open(self, ref: SessionRef, mode: Mode, judge: Judge, *, over: bool = False) -> SessionHandle:
        """Open a session; for reading only when it is damaged, cannot be written, or is refused by `judge`. `over` takes it over from a holder.

        Raises:
            HeldError: it is to be written, and another window holds it; with `over`, only if it cannot be taken over.
            DamagedError: no record can be read.
            RecordError: it cannot be read.
        """
        ...

    def read(self, ref: SessionRef) -> Stored:
        """Return the records of a session without opening it. Raises as `open` does, except that it needs no lock."""
        ...

    def check(self, ref: SessionRef) -> CheckReport:
        """Return whether a session is whole; changes nothing. Raises RecordError when it cannot be read."""
        ...

    def repair(self, ref: SessionRef) -> RepairReport:
        """Write a copy with every record before the first damage; the original is never touched. Raises RecordError."""
        ...

    def lines(self, ref: SessionRef) -> list[bytes]:
        """Return the JSON of every record as it is stored, chain included. Raises DamagedError if the session is not whole."""
        ...

    def take_in(self, name: str, lines: Sequence[bytes]) -> SessionRef:
        """Keep a session, given as such lines, under a new name, durably. Raises RecordError, above all if the name is taken."""
        ...

    @property
    def can_delete(self) -> bool:
        """Return whether `delete` is offered: not if others share the sessions."""
        ...

    def delete(self, ref: SessionRef) -> str:
        """Put a session aside, with its sealed ballots, out of every listing; return its new place, for people.

        Raises:
            HeldError: another window holds it.
            RecordError: it cannot be moved, and stays in place.
        """
        ...

    def load_index(self) -> list[dict[str, Any]]:
        """Return the rows that were saved last; empty if they are lost, damaged, or of another version."""
        ...

    def save_index(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Save rows that make the next listing faster; when that fails, do without."""
        ...

    def most_seen(self, ref: SessionRef) -> int:
        """Return the highest number of records that a listing has seen in a session; 0 if it was never listed."""
        ...
