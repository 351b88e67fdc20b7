"""A store in memory: for tests, and a model of one that several writers share."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sessions.errors import RecordError
from sessions.record.chain import FIRST_CHAIN, Record, chain_in, encode_all, proved, unchained
from sessions.store.ports import CheckReport, DamagedError, HeldError, Judge, Listed, Mode, RepairReport, SessionRef, Stored, refuse_taken


class MemoryUrn:
    """An urn in memory, whose seals count up."""

    def __init__(self) -> None:
        self.ballots: dict[tuple[int, str], dict[str, Any]] = {}
        self._voters: dict[str, str] = {}
        """Who sealed what, by seal; it never shrinks, so that no seal comes twice."""

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Restore the earlier ballots if the block raises."""
        before = self.ballots
        self.ballots = dict(before)
        try:
            yield
        except BaseException:
            self.ballots = before
            raise

    def seal(self, round_number: int, voice: str, ballot: dict[str, Any]) -> str:
        """Keep a ballot and return its seal."""
        seal = f"{len(self._voters) + 1:064x}"
        self._voters[seal] = voice
        self.ballots[round_number, seal] = ballot
        return seal

    def keep_latest(self, round_number: int, voice: str, seal: str) -> None:
        """Forget the voter's other ballots of the round. Raises RecordError if this one is not here."""
        if (round_number, seal) not in self.ballots:
            raise RecordError(f"the ballot of {voice!r} for round {round_number} is not here: ask for it again")
        earlier = {key for key in self.ballots if key[0] == round_number and key[1] != seal and self._voters[key[1]] == voice}
        self.ballots = {key: ballot for key, ballot in self.ballots.items() if key not in earlier}

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return (salt, ballot) by voter."""
        return {voice: ("", self.ballots[round_number, seal]) for voice, seal in seals.items()}

    def discard(self, round_number: int) -> None:
        """Destroy the ballots of a round."""
        self.ballots = {key: ballot for key, ballot in self.ballots.items() if key[0] != round_number}

    def missing(self, round_number: int, seals: Mapping[str, str]) -> tuple[str, ...]:
        """Return the voters whose sealed ballot is not here."""
        return tuple(voter for voter, seal in seals.items() if (round_number, seal) not in self.ballots)

    def keep_only(self, seals: Collection[str]) -> None:
        """Delete all ballots but those with these seals."""
        self.ballots = {key: ballot for key, ballot in self.ballots.items() if key[1] in seals}


class MemorySeats:
    """The seats of a room, in memory."""

    def __init__(self) -> None:
        self._data = b""

    def read(self) -> bytes:
        """Return what was written last."""
        return self._data

    def write(self, data: bytes) -> None:
        """Keep these bytes."""
        self._data = data


@dataclass
class _Kept:
    """A session as it is stored."""

    records: list[Record] = field(default_factory=list)
    urn: MemoryUrn = field(default_factory=MemoryUrn)
    seats: MemorySeats = field(default_factory=MemorySeats)
    writer: MemorySession | None = None
    written: int = 0


class MemorySession:
    """An open session, and its own log: `count` is how far this handle knows the records."""

    def __init__(self, store: MemoryStore, ref: SessionRef, kept: _Kept, reason: str) -> None:
        self.ref = ref
        self.reason = reason
        self.notices: tuple[str, ...] = ()
        self.damaged = False
        self.count = len(kept.records)
        self._store = store
        self._kept = kept

    @property
    def log(self) -> MemorySession:
        """Return this handle: it takes the records itself."""
        return self

    @property
    def urn(self) -> MemoryUrn:
        """Return where ballots are sealed."""
        return self._kept.urn

    @property
    def seats(self) -> MemorySeats:
        """Return the store of the room's seats."""
        return self._kept.seats

    def append_all(self, records: Sequence[Record]) -> None:
        """Append records, all or none."""
        if self.reason:
            raise RecordError(self.reason)
        there = self._kept.records
        refuse_taken(records, len(there))
        there += map(json.loads, encode_all(records, len(there), chain_in(there))[0])
        self.count = len(there)
        self._kept.written = self._store.tick()

    def is_lost(self) -> bool:
        """Return False: no other program reaches the memory."""
        return False

    @property
    def away(self) -> str:
        """Return nothing: the memory is always there."""
        return ""

    @property
    def shared(self) -> bool:
        """Return whether others may append."""
        return self._store.shared

    def has_news(self) -> bool:
        """Return whether other writers have appended since the last look."""
        return self.count < len(self._kept.records)

    def receive(self) -> list[Record]:
        """Return what other writers have appended since the last look."""
        new = self._kept.records[self.count :]
        self.count += len(new)
        return new

    def copy(self, target: str, records: Sequence[Record]) -> SessionRef:
        """Keep the records under another name, without the urn."""
        return self._store.keep(target, self._kept.records[: self.count] or records)

    def close(self) -> None:
        """Release the session."""
        if self._kept.writer is self:
            self._kept.writer = None
        self.reason = self.reason or f"{self.ref.label} is closed"


class MemoryStore:
    """Sessions in memory. With `shared`, several writers may hold a session, as on a server: the first to append wins."""

    def __init__(self, *, shared: bool = False, holder: str = "") -> None:
        self.shared = shared
        self._holder = holder
        self._sessions: dict[str, _Kept] = {}
        self._trash: dict[str, _Kept] = {}
        self._index: list[dict[str, Any]] = []
        self._ticks = 0

    @property
    def location(self) -> str:
        """Return the name of the place."""
        return "memory"

    def tick(self) -> int:
        """Count a write, and return how many there were."""
        self._ticks += 1
        return self._ticks

    def listing(self) -> list[Listed]:
        """Return the sessions, by name."""
        return [Listed(self.ref(name), f"{kept.written:020d}") for name, kept in sorted(self._sessions.items())]

    def ref(self, name: str) -> SessionRef:
        """Return the session under a name."""
        return SessionRef(name, name, name, f"memory: {name}")

    def locate(self, text: str) -> SessionRef | None:
        """Return the session of this name."""
        return self.ref(text) if text in self._sessions else None

    def keep(self, name: str, records: Sequence[Record]) -> SessionRef:
        """Keep chained records under a new name."""
        if name in self._sessions:
            raise RecordError(f"{name} is taken: choose another name")
        self._sessions[name] = _Kept(list(records), written=self.tick())
        return self.ref(name)

    def create(self, first: Record) -> MemorySession:
        """Create a session, named by its id."""
        lines, _ = encode_all([first], 0, FIRST_CHAIN)
        return self.open(self.take_in(str(first["session"]), lines))

    def open(self, ref: SessionRef, mode: Mode = "write", judge: Judge = lambda _: "", *, over: bool = False) -> MemorySession:
        """Open a session; `over` from the handle that writes it now."""
        kept = self._find(ref)
        reason = judge(self.read(ref).records) or (f"{ref.label} is open for reading only" if mode == "read" else "")
        if not reason and kept.writer and not self.shared:
            if not over:
                raise self._held(ref)
            kept.writer.reason = f"{ref.label} was taken over by {self._holder}: it can be read here"
        handle = MemorySession(self, ref, kept, reason)
        if not reason:
            kept.writer = handle
        return handle

    def _held(self, ref: SessionRef) -> HeldError:
        return HeldError(f"{ref.label} is open in {self._holder}: close it there, or open it here for reading only", self._holder, can_be_taken=True)

    def _find(self, ref: SessionRef) -> _Kept:
        try:
            return self._sessions[ref.key]
        except KeyError:
            raise RecordError(f"{ref.label} cannot be read: it does not exist") from None

    def read(self, ref: SessionRef) -> Stored:
        """Return the records that are proved."""
        records = self._find(ref).records
        count = proved(records)
        if not count:
            raise DamagedError(f"{ref.label}: record 1 is damaged")
        return Stored(records[:count], f"record {count + 1} is damaged" if count < len(records) else "")

    def check(self, ref: SessionRef) -> CheckReport:
        """Return whether all records are proved."""
        records = self._find(ref).records
        count = proved(records)
        problem = f"{ref.label}: record {count + 1} is damaged" if count < len(records) else ""
        return CheckReport(count, not problem, problem, bool(problem))

    def repair(self, ref: SessionRef) -> RepairReport:
        """Keep the proved records under another name."""
        records, damage = self.read(ref)
        if not damage:
            raise RecordError(f"{ref.label} is whole ({len(records)} records): there is nothing to repair")
        copy = self.keep(f"{ref.name}.repaired", records)
        return RepairReport(copy.location, len(records), 0)

    def lines(self, ref: SessionRef) -> list[bytes]:
        """Return the JSON of every record."""
        records, damage = self.read(ref)
        if damage:
            raise DamagedError(f"{ref.label}: {damage}")
        return encode_all(list(map(unchained, records)), 0, FIRST_CHAIN)[0]

    def take_in(self, name: str, lines: Sequence[bytes]) -> SessionRef:
        """Keep a session under a new name."""
        return self.keep(name, [json.loads(line) for line in lines])

    @property
    def can_delete(self) -> bool:
        """Return whether one writer may decide this alone."""
        return not self.shared

    def delete(self, ref: SessionRef) -> str:
        """Put a session aside."""
        if not self.can_delete:
            raise RecordError(f"{ref.label} is shared: it cannot be deleted from here")
        if self._find(ref).writer:
            raise self._held(ref)
        self._trash[ref.key] = self._sessions.pop(ref.key)
        return f"memory, trash: {ref.name}"

    def load_index(self) -> list[dict[str, Any]]:
        """Return the rows that were saved last."""
        return self._index

    def save_index(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Save rows."""
        self._index = [dict(row) for row in rows]

    def most_seen(self, ref: SessionRef) -> int:
        """Return the number of records that a listing has seen."""
        return max((row["most"] for row in self._index if row["file"] == ref.name), default=0)
