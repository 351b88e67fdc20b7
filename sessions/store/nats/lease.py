"""Who leads a session: a note in the bucket that its holder renews, and that the server forgets when it is not renewed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from sessions.disk.files import REAL_FILES
from sessions.errors import RecordError
from sessions.store.nats.log import WRONG_LAST
from sessions.store.nats.reading import Message, last, listen
from sessions.store.nats.wire import RefusedError, Wire, checked
from sessions.store.ports import HeldError

RENEWED_AFTER: Final = 10
"""Seconds after which a holder renews its note."""
_FORGOTTEN_AFTER: Final = "30s"
_SOMEBODY: Final = "another window"


class Lease:
    """The note of one handle about one session. All methods run in the connection's thread."""

    def __init__(self, wire: Wire, session: str, holder: str, identity: str, machine: str) -> None:
        self.taken_by = ""
        """Who leads the session now instead of this handle."""
        self._wire = wire
        self._session = session
        self._holder = holder
        self._identity = identity
        self._machine = machine
        self._revision = 0

    async def take(self, *, over: bool = False) -> None:
        """Become the holder; `over` instead of the one there is. Raises HeldError, which names the holder."""
        names = self._wire.address.names
        there = await last(self._wire, names.bucket_stream, names.lease(self._session))
        said = _said(there)
        if said and not over and said.get("identity") != self._identity and not self._is_dead(said):
            raise held(self._session, said)
        try:
            await self._write(there.seq if there else 0)
        except RefusedError as error:
            if error.code != WRONG_LAST:
                raise
            raise held(self._session, _said(await last(self._wire, names.bucket_stream, names.lease(self._session))) or {}) from None

    async def renew(self) -> None:
        """Stay the holder, or learn in `taken_by` who it is now. Raises NoAnswerError."""
        if self.taken_by:
            there = await last(self._wire, self._wire.address.names.bucket_stream, self._wire.address.names.lease(self._session))
            self.taken_by = _holder(_said(there) or {})
            return
        try:
            await self._write(self._revision)
        except RefusedError as error:
            if error.code != WRONG_LAST:
                raise
            try:
                await self.take()  # the note was forgotten while the server was away, or someone has it
            except HeldError as taken:
                self.taken_by = taken.holder

    def lose(self) -> None:
        """Stop holding: the record says that someone else leads; the next `renew` learns who."""
        self.taken_by = self.taken_by or _SOMEBODY

    async def watch(self, ring: Callable[[], None]) -> Callable[[], Coroutine[Any, Any, None]]:
        """Call a function when another handle writes the note; return what ends it."""

        async def heard(message: Any) -> None:  # noqa: ANN401 - the client's own
            said = _said(Message(0, 0, "", message.data))
            if said is not None and said.get("identity") != self._identity:
                ring()

        return await listen(self._wire, self._wire.address.names.lease(self._session), heard)

    async def release(self) -> None:
        """Remove the note, if it is still this handle's; the server forgets one that stays."""
        revision, self._revision = self._revision, 0
        if revision and not self.taken_by:
            with suppress(RecordError):
                await self._publish(b"", revision, {"KV-Operation": "DEL", "Nats-TTL": "1s"})

    def _is_dead(self, said: dict[str, Any]) -> bool:
        """Return whether a note was left by a process of this machine that is gone."""
        process = said.get("process")
        return said.get("machine") == self._machine and type(process) is int and not REAL_FILES.is_running(process)

    async def _write(self, after: int) -> None:
        note = {"holder": self._holder, "machine": self._machine, "process": os.getpid(), "identity": self._identity}
        self._revision = await self._publish(json.dumps(note).encode(), after, {"Nats-TTL": _FORGOTTEN_AFTER})

    async def _publish(self, data: bytes, after: int, headers: dict[str, str]) -> int:
        subject = self._wire.address.names.lease(self._session)
        expected = {"Nats-Expected-Last-Subject-Sequence": str(after)}
        return int(checked(await self._wire.request(subject, data, headers | expected))["seq"])


def held(session: str, said: dict[str, Any]) -> HeldError:
    """Return the error of a session that is led elsewhere."""
    holder = _holder(said)
    return HeldError(f"{session} is open in {holder}: close it there, or open it here for reading only", holder, can_be_taken=True)


def _holder(said: dict[str, Any]) -> str:
    return "".join(char for char in str(said.get("holder", "")) if char.isprintable())[:200] or _SOMEBODY


def _said(message: Message | None) -> dict[str, Any] | None:
    """Return what a note says; None if there is none."""
    if message is None or not message.data:
        return None
    try:
        found = json.loads(message.data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
