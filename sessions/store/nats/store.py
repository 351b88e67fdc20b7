"""A stream as a store: every session is a subject of it. Urns and the seats of rooms are files of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sessions.disk.files import REAL_FILES, FileOps
from sessions.errors import ConflictError, RecordError
from sessions.record.chain import Record, encode
from sessions.store.nats.address import Address, can_name_a_session
from sessions.store.nats.asking import ask, led_now, only_follows
from sessions.store.nats.index import Index
from sessions.store.nats.lease import Lease
from sessions.store.nats.log import MOST_TOGETHER, NO_STREAM, READ, no_library, store
from sessions.store.nats.login import Login
from sessions.store.nats.machine import machine_of
from sessions.store.nats.making import IDENTITY
from sessions.store.nats.proof import prove
from sessions.store.nats.proving import Tip, proved_chains, read_payloads
from sessions.store.nats.reading import Message, messages
from sessions.store.nats.session import NatsSession
from sessions.store.nats.stamps import stamps
from sessions.store.nats.wire import RefusedError, Wire
from sessions.store.ports import CheckReport, DamagedError, Judge, Listed, Mode, RepairReport, SessionHandle, SessionRef, Stored
from sessions.store.tinydb.store import TinyDbStore

_MOST_COPIES: Final = 1000


class NatsStore:
    """The sessions of a library on a server. `folder` is for the private files of this machine; `token` gives 32 random hex digits."""

    def __init__(
        self, address: Address, login: Login, folder: Path, token: Callable[[], str], *, holder: str = "", ops: FileOps = REAL_FILES
    ) -> None:
        self._wire = Wire(address, login)
        self._names = address.names
        self._folder = folder
        self._token = token
        self._holder = holder
        self._ops = ops
        self._files = TinyDbStore(folder, token, holder=holder, ops=ops)
        self._index = Index(self._wire)
        self._proved = 0
        self._identity = ""

    @property
    def location(self) -> str:
        """Return the address of the library."""
        return str(self._wire.address)

    def close(self) -> None:
        """End the connection."""
        self._wire.close()

    async def _fit(self) -> None:
        """Have the server prove that it keeps what it acknowledges, once for every connection. Raises RecordError."""
        if self._proved == self._wire.times:
            return
        times = self._wire.times
        try:
            info = await self._wire.api(f"STREAM.INFO.{self._names.stream}")
        except RefusedError as error:
            raise self._missing(error) from None
        await prove(self._wire, info)
        self._identity = str((info["config"].get("metadata") or {}).get(IDENTITY, ""))
        self._proved = times

    def _missing(self, error: RefusedError) -> RecordError:
        return no_library(self._wire) if error.code == NO_STREAM else RecordError(str(error))

    def listing(self) -> list[Listed]:
        """Return the sessions, by name."""
        try:
            found = self._wire.ask(self._stamps, READ)
        except RefusedError as error:
            raise self._missing(error) from None
        return [Listed(self.ref(name), found[name]) for name in sorted(found)]

    async def _stamps(self) -> dict[str, str]:
        if await only_follows(self._wire):
            return dict.fromkeys(await led_now(self._wire), "")
        return await stamps(self._wire, self._index.stamps)

    def ref(self, name: str) -> SessionRef:
        """Return the session of a name."""
        return SessionRef(name, name, name, f"{self.location} {name}")

    def locate(self, text: str) -> SessionRef | None:
        """Return the session file at a path, if one is there."""
        return self._files.locate(text)

    def _is_file(self, ref: SessionRef) -> bool:
        return ref != self.ref(ref.name)

    def create(self, first: Record) -> NatsSession:
        """Create a session with its first record, and lead it."""
        ref = self.ref(str(first["session"]))
        if not can_name_a_session(ref.id):
            raise RecordError(f"{ref.label} cannot name a session on a server")
        payload, chain = encode(first, 1, Tip().chain)
        lease = self._lease(ref)

        async def make() -> int:
            await self._fit()
            await lease.take()
            try:
                return await store(self._wire, ref.id, [payload], 0, self._token())
            except BaseException:
                await lease.release()
                raise

        try:
            seq = self._wire.ask(make, READ)
        except ConflictError:
            raise RecordError(f"{ref.label} could not be created in {self.location}: the name is taken") from None
        return self._session(ref, Tip(seq, chain, 1), lease, "", damaged=False).begin()

    def open(self, ref: SessionRef, mode: Mode = "write", judge: Judge = lambda _: "", *, over: bool = False) -> SessionHandle:
        """Open a session and, to write, lead it; `over` instead of its leader."""
        if self._is_file(ref):
            return self._files.open(ref, mode, judge)
        lease = self._lease(ref) if mode == "write" else None

        async def begin() -> list[Message]:
            self._check_name(ref)
            if lease is None:
                return await self._messages(ref)
            await self._fit()
            await lease.take(over=over)
            try:
                return await self._messages(ref)
            except BaseException:
                await lease.release()
                raise

        try:
            found = self._wire.ask(begin, READ)
        except RefusedError as error:
            raise self._missing(error) from None
        records, chain, damage = self._prove(ref, found)
        reason = judge(records)
        if damage:
            reason = f"{ref.label}: {damage}: its {len(records)} proved records can be read, but nothing can be recorded"
        elif mode == "read":
            reason = reason or f"{ref.label} is open for reading only"
        tip = Tip(found[len(records) - 1].seq, chain, len(records))
        if reason and lease:
            self._wire.ask(lease.release)
            lease = None
        return self._session(ref, tip, lease, reason, damaged=bool(damage)).begin()

    def _lease(self, ref: SessionRef) -> Lease:
        return Lease(self._wire, ref.id, self._holder, self._token(), machine_of(self._folder, self._token, self._ops))

    def _session(self, ref: SessionRef, tip: Tip, lease: Lease | None, reason: str, *, damaged: bool) -> NatsSession:
        folder = self._folder / f"{self._names.library}-{self._identity}"
        return NatsSession(
            self._wire, ref, tip, lease=lease, reason=reason, damaged=damaged, token=self._token, fit=self._fit,
            read=lambda after: self._messages(ref, after), folder=folder, ops=self._ops,
        )  # fmt: skip

    async def _messages(self, ref: SessionRef, after: int = 0) -> list[Message]:
        """Return the messages of a session after a number; without rights on the stream, from the session's leader."""
        self._check_name(ref)
        if await only_follows(self._wire):
            return await ask(self._wire, ref.id, after)
        found = await messages(self._wire, self._names.stream, self._names.subject(ref.id), start=after + 1 if after else 0)
        if not found and not after:
            raise self._unknown(ref)
        return found

    def _check_name(self, ref: SessionRef) -> None:
        if not can_name_a_session(ref.id):
            raise self._unknown(ref)

    def _unknown(self, ref: SessionRef) -> RecordError:
        return RecordError(f"{ref.label} cannot be read: {self.location} has no such session")

    def _prove(self, ref: SessionRef, found: Sequence[Message]) -> tuple[list[Record], bytes, str]:
        """Return the proved records of a session, their last chain, and the damage after them. Raises DamagedError if it is the first one."""
        payloads = [each.data for each in found]
        chains = proved_chains(payloads, Tip().chain)
        records = read_payloads(payloads[: len(chains)], 1)
        count = len(records)
        damage = f"record {count + 1} is damaged (message {found[count].seq} of {self._names.stream})" if count < len(found) else ""
        if not records:
            raise DamagedError(f"{ref.label}: {damage}: it is the first record, so nothing can be read")
        return records, chains[count - 1], damage

    def _found(self, ref: SessionRef) -> list[Message]:
        try:
            return self._wire.ask(lambda: self._messages(ref), READ)
        except RefusedError as error:
            raise self._missing(error) from None

    def read(self, ref: SessionRef) -> Stored:
        """Return the records of a session."""
        if self._is_file(ref):
            return self._files.read(ref)
        records, _, damage = self._prove(ref, self._found(ref))
        return Stored(records, damage)

    def check(self, ref: SessionRef) -> CheckReport:
        """Return whether all records of a session are proved."""
        if self._is_file(ref):
            return self._files.check(ref)
        try:
            records, _, damage = self._prove(ref, self._found(ref))
        except DamagedError as error:
            return CheckReport(0, whole=False, problem=str(error), damaged=True)
        again = f"{ref.label}: {damage}; `quarterdeck repair` makes a copy with the proved records ({len(records)})"
        return CheckReport(len(records), not damage, again if damage else "", bool(damage))

    def repair(self, ref: SessionRef) -> RepairReport:
        """Keep the proved records of a damaged session as another one; nothing of the original changes."""
        if self._is_file(ref):
            return self._files.repair(ref)
        found = self._found(ref)
        records, _, damage = self._prove(ref, found)
        if not damage:
            raise RecordError(f"{ref.label} is whole ({len(records)} records): there is nothing to repair")
        payloads = [each.data for each in found]
        taken = {each.ref.name for each in self.listing()}
        names = (f"{ref.id}-repaired" + (f"-{number}" if number > 1 else "") for number in range(1, _MOST_COPIES))
        copy = self.take_in(next(name for name in names if name not in taken), payloads[: len(records)])
        return RepairReport(copy.location, len(records), sum(map(len, payloads[len(records) :])))

    def lines(self, ref: SessionRef) -> list[bytes]:
        """Return the JSON of every record, as it is stored. Raises DamagedError if the session is not whole."""
        if self._is_file(ref):
            return self._files.lines(ref)
        found = self._found(ref)
        _, _, damage = self._prove(ref, found)
        if damage:
            raise DamagedError(f"{ref.label}: {damage}; `quarterdeck repair` makes a copy with what is proved")
        return [each.data for each in found]

    def take_in(self, name: str, lines: Sequence[bytes]) -> SessionRef:
        """Keep a session under a new name. Raises RecordError, above all if the name is taken."""
        ref = self.ref(name)
        if not can_name_a_session(name):
            raise RecordError(f"{ref.label} cannot name a session on a server: letters, digits, - and _ can")

        async def keep() -> None:
            await self._fit()
            there, seq = await self._copied_before(name, lines)
            for start in range(there, len(lines), MOST_TOGETHER):
                seq = await store(self._wire, name, lines[start : start + MOST_TOGETHER], seq, self._token())
                await asyncio.sleep(0)

        try:
            self._wire.ask(keep, 10 * READ)
        except ConflictError:
            raise RecordError(f"{ref.label} is taken in {self.location}: nothing was copied") from None
        return ref

    async def _copied_before(self, name: str, lines: Sequence[bytes]) -> tuple[int, int]:
        """Return how many of these records an interrupted copy left, and the number of their last message; 0 if none."""
        if len(lines) <= MOST_TOGETHER:
            return 0, 0
        found = await messages(self._wire, self._names.stream, self._names.subject(name))
        count = len(found)
        broken_off = count < len(lines) and count % MOST_TOGETHER == 0 and [each.data for each in found] == [*lines[:count]]
        return (count, found[-1].seq) if found and broken_off else (0, 0)

    @property
    def can_delete(self) -> bool:
        """Return False: others share the sessions."""
        return False

    def delete(self, ref: SessionRef) -> str:
        """Refuse: what several share is not deleted by one."""
        raise RecordError(f"{ref.label} is shared: it cannot be deleted from here; `quarterdeck archive` takes it out of the list")

    def load_index(self) -> list[dict[str, Any]]:
        """Return the rows of the index in the bucket."""
        return self._index.rows()

    def save_index(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Save the rows of the index that have changed."""
        self._index.save(rows)

    def most_seen(self, ref: SessionRef) -> int:
        """Return the number of records that a listing has seen in a session."""
        return self._files.most_seen(ref) if self._is_file(ref) else self._index.most(ref.id)
