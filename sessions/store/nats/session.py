"""An open session of a shared library: its log, what others append to it, and who leads it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from sessions.disk.files import FileOps, make_folder, os_error_text, printable_path
from sessions.errors import ConflictError, RecordError
from sessions.record.chain import Record
from sessions.store.nats.asking import answer
from sessions.store.nats.lease import RENEWED_AFTER, Lease
from sessions.store.nats.log import READ, StreamLog
from sessions.store.nats.proving import Tip, proved_chains, read_payloads
from sessions.store.nats.reading import Message, follow, messages
from sessions.store.nats.wire import NOBODY, NoAnswerError, Wire
from sessions.store.ports import SessionRef
from sessions.store.tinydb.copy import write_copy
from sessions.store.tinydb.lines import file_of, session_file
from sessions.store.tinydb.seat_file import SeatFile
from sessions.store.tinydb.store import ref_to
from sessions.store.tinydb.urn import Urn

_TAKEN_OVER: Final = "session_taken_over"
_LOOK: Final = 0.5
"""Seconds between two looks at the connection."""


class NatsSession:
    """An open session. Its urn and the seats of its room are files of this machine, in `folder`."""

    def __init__(
        self,
        wire: Wire,
        ref: SessionRef,
        tip: Tip,
        *,
        lease: Lease | None,
        reason: str,
        damaged: bool,
        token: Callable[[], str],
        fit: Callable[[], Awaitable[object]],
        read: Callable[[int], Coroutine[Any, Any, list[Message]]],
        folder: Path,
        ops: FileOps,
    ) -> None:
        """`read` returns the messages after a number in the stream; `fit` has the server prove itself."""
        self.ref = ref
        self.damaged = damaged
        self.notices: tuple[str, ...] = ()
        self._wire = wire
        self._lease = lease
        self._why_not = reason
        self._fit = fit
        self._read = read
        self._folder = folder
        self._ops = ops
        self._heard = deque[Message]()
        self._behind = False
        self._follows = False
        self._others = False
        """Whether others have appended: then this handle may not lead any more."""
        self._unfit = ""
        self._astray = False
        """Whether what the server has does not follow from what is known here."""
        self._stop: Callable[[], object] = lambda: None
        self._ends: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self.log = StreamLog(wire, ref.id, tip, token, lambda: self.reason, fit)
        self.urn = Urn(folder / f"{ref.id}.urn", ops, salt=token, guard=self._check_private)
        self.seats = SeatFile(folder / f"{ref.id}.seats", ops, self._check_private)

    def begin(self) -> Self:
        """Follow what is stored; the leader keeps the lease, and answers those who follow."""
        if lease := self._lease:
            self._ends = [self._wire.ask(lambda: answer(self._wire, self.ref.id)), self._wire.ask(lambda: lease.watch(self._ring))]
        else:
            self._ends = [self._wire.ask(self._follow)]
            self._behind = True  # something may have been appended in between
        self._stop = self._wire.soon(self._watch_over())
        return self

    def _ring(self) -> None:
        """Notice that someone else wrote down that they lead."""
        self._others = True

    async def _follow(self) -> Callable[[], Coroutine[Any, Any, None]]:
        return await follow(self._wire, self._wire.address.names.feed(self.ref.id), self.hear)

    @property
    def reason(self) -> str:
        """Return why nothing can be appended now; it may be so for a while only."""
        if self._why_not:
            return self._why_not
        if self._lease and self._lease.taken_by:
            return f"{self.ref.label} was taken over by {self._lease.taken_by}: it can be read here"
        return self.log.lost or (self._wire.away if not self._wire.connected else self._unfit)

    def is_lost(self) -> bool:
        """Return whether the records are gone from the server."""
        return bool(self.log.lost)

    def hear(self, message: Message) -> None:
        """Notice that the server has stored something of this session."""
        self._heard.append(message)

    @property
    def away(self) -> str:
        """Return why nothing can be received for now."""
        return "" if self._wire.connected else self._wire.away

    @property
    def shared(self) -> bool:
        """Return True: others may append, or take over."""
        return True

    def has_news(self) -> bool:
        """Return whether there may be something to receive; costs nothing."""
        while self._heard and self._heard[0].seq <= self.log.tip.seq:
            self._heard.popleft()
        return (self._behind or self.log.behind or bool(self._heard)) and self._wire.connected and not self._astray

    def receive(self) -> list[Record]:
        """Return what others have appended since the last look; nothing while the server does not answer."""
        tip = self.log.tip
        new = None if self.log.behind else self._next_heard()
        if new is None:
            try:
                new = self._wire.ask(lambda: self._read(tip.seq), READ)
            except RecordError:
                self._behind = True
                return []
            self._behind = self.log.behind = False
        payloads = [each.data for each in new]
        chains = proved_chains(payloads, tip.chain)
        records = read_payloads(payloads[: len(chains)], tip.records + 1)
        if records:
            self._others = True
            if self._lease and any(record.get("kind") == _TAKEN_OVER for record in records):
                self._lease.lose()
            self.log.tip = Tip(new[len(records) - 1].seq, chains[len(records) - 1], tip.records + len(records))
        if len(records) < len(new):
            self._astray = True
            self._why_not = f"{self.ref.label}: record {self.log.count + 1} on the server does not follow from those before it: check the session"
            raise ConflictError(self._why_not)
        return records

    def _next_heard(self) -> list[Message] | None:
        """Return what was heard if it follows on what is known; None if something between was not heard."""
        new: list[Message] = []
        last = self.log.tip.seq
        while self._heard:
            message = self._heard.popleft()
            if message.seq <= last:
                continue
            if message.last != last:
                self._behind = True
                break
            new.append(message)
            last = message.seq
        return None if self._behind else new

    def copy(self, target: str, records: Sequence[Record]) -> SessionRef:
        """Write the session to a new file or into a folder, without its sealed ballots; from `records` if the server does not give it."""
        names, tip = self._wire.address.names, self.log.tip
        payloads: list[bytes] = []
        with suppress(RecordError):
            found = self._wire.ask(lambda: messages(self._wire, names.stream, names.subject(self.ref.id)), READ)
            payloads = [each.data for each in found if each.seq <= tip.seq]
            if len(proved_chains(payloads, Tip().chain)) < tip.records:
                payloads = []
        if not payloads and len(records) != tip.records:
            raise RecordError(f"{self.ref.label} cannot be copied while the library {self._wire.address} does not answer")
        return ref_to(write_copy(file_of(payloads) if payloads else session_file(records), f"{self.ref.id}.json", Path(target), self._ops))

    def _check_private(self) -> None:
        """Raise RecordError if nothing can be recorded, or the private files have no folder."""
        if reason := self.reason:
            raise RecordError(reason)
        try:
            make_folder(self._folder, self._ops)
        except OSError as error:
            raise RecordError(f"The folder {printable_path(self._folder)} cannot be made ({os_error_text(error)})") from error

    async def _watch_over(self) -> None:
        """Renew the lease, and after every loss of the connection prove the server again and look for what was missed."""
        times, waited = self._wire.times, 0.0
        while True:
            await asyncio.sleep(_LOOK)
            waited += _LOOK
            came_back = self._wire.times != times
            if not self._wire.connected or not (came_back or waited >= RENEWED_AFTER or self._others):
                continue
            try:
                await self._stay_leader(prove=came_back or bool(self._unfit))
            except NoAnswerError:
                continue
            except RecordError as error:
                # A cluster may be without a leader for seconds; after any error the next look tries again.
                self._unfit = self._wire.away if getattr(error, "code", 0) == NOBODY else str(error)
                continue
            self._unfit = ""
            self._behind |= came_back
            times, waited, self._others = self._wire.times, 0.0, False

    async def _stay_leader(self, *, prove: bool) -> None:
        """Keep the lease; if it was taken, follow from here on. Raises RecordError if nothing may be recorded on this server."""
        lease = self._lease
        if lease is None or self._follows:
            return
        if prove:
            await self._fit()
        await lease.renew()
        if lease.taken_by:
            self._ends.append(await self._follow())
            self._behind = self._follows = True

    def close(self) -> None:
        """Release the session; harmless when done twice."""
        if not self._ends:
            return
        ends, self._ends = self._ends, []
        self._stop()
        with suppress(RecordError):
            self._wire.ask(lambda: self._close(ends))
        self._why_not = self._why_not or f"{self.ref.label} is closed"

    async def _close(self, ends: Sequence[Callable[[], Coroutine[Any, Any, None]]]) -> None:
        for end in ends:
            await end()
        if self._lease and self._wire.connected:
            await self._lease.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
