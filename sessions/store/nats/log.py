"""The log of a session on a server: every append names the message that must be the last one before it, and holds once the server has it on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from sessions.errors import ConflictError, RecordError
from sessions.record.chain import Record, encode_all
from sessions.store.nats.proving import Tip
from sessions.store.nats.reading import last, messages
from sessions.store.nats.wire import ANSWER, NOBODY, NoAnswerError, RefusedError, Wire, checked
from sessions.store.ports import refuse_taken

WRONG_LAST: Final = 10071
"""The code of a refusal because another writer was first."""
_DUPLICATE_IN_GROUP: Final = 10201
NO_STREAM: Final = 10059
_FULL: Final = frozenset({10023, 10047, 10077, 10122})
_ATTEMPTS: Final = 2
_PATIENCE: Final = 1.5
"""Seconds that an append waits for a lost connection to come back."""
_LONGEST: Final = 10.0
MOST_TOGETHER: Final = 500


class NoLibraryError(RecordError):
    """The stream is not on the server."""


class StreamLog:
    """The records of one session. `guard` returns why nothing may be appended; `fit` has the server proved again after every connection."""

    def __init__(
        self, wire: Wire, session: str, tip: Tip, token: Callable[[], str], guard: Callable[[], str], fit: Callable[[], Awaitable[object]]
    ) -> None:
        self.tip = tip
        self.behind = False
        """Whether something may be stored that is not known here: another writer was first, or an answer was lost."""
        self.lost = ""
        """That the records are gone from the server, as a sentence."""
        self._wire = wire
        self._session = session
        self._token = token
        self._guard = guard
        self._fit = fit

    @property
    def count(self) -> int:
        """Return how many records are known to be on the server."""
        return self.tip.records

    def append_all(self, records: Sequence[Record]) -> None:
        """Append records, all or none. Raises ConflictError if another writer was first, RecordError if they are not recorded, or no one knows."""
        if reason := self._guard():
            raise RecordError(reason)
        tip = self.tip
        refuse_taken(records, tip.records)
        payloads, chain = encode_all(records, tip.records, tip.chain)
        seq = self._store(payloads)
        self.tip = Tip(seq, chain, tip.records + len(payloads))

    def _store(self, payloads: Sequence[bytes]) -> int:
        try:
            return self._wire.ask(lambda: self._stored(payloads, self._token()), _LONGEST)
        except ConflictError:
            self.behind = True
            raise
        except NoLibraryError:
            self.lost = f"The library {self._wire.address} was deleted on its server: save a copy of what you see"
            raise RecordError(self.lost) from None
        except NoAnswerError:
            self.behind = True
            raise RecordError(f"The library {self._wire.address} did not answer: it will show whether the last action was recorded") from None

    async def _stored(self, payloads: Sequence[bytes], identity: str) -> int:
        await self._fit()
        return await store(self._wire, self._session, payloads, self.tip.seq, identity)


async def store(wire: Wire, session: str, payloads: Sequence[bytes], after: int, identity: str) -> int:
    """Store payloads together after a message, and return the number of the last one.

    Without an answer they are sent again under the same identity, and then looked for. Raises ConflictError, NoAnswerError if it remains unknown
    whether they are stored, NoLibraryError, or RecordError if they are not stored.
    """
    sent = False
    for _ in range(_ATTEMPTS):
        try:
            return await _publish(wire, session, payloads, after, identity)
        except NoAnswerError:
            sent = True
        except RefusedError as error:
            if error.code in (WRONG_LAST, _DUPLICATE_IN_GROUP):
                return await _found_or_conflict(wire, session, after, identity, sent=sent)
            if error.code != NOBODY:
                raise RecordError(_why_refused(wire, error)) from None
        if not await _comes_back(wire):
            raise NoAnswerError(wire.away)
    seq = await _find(wire, session, after, identity)
    if seq is None:
        raise RecordError(f"The library {wire.address} did not take the last action in: try again")
    return seq


async def _publish(wire: Wire, session: str, payloads: Sequence[bytes], after: int, identity: str) -> int:
    subject = wire.address.names.subject(session)
    largest = max(map(len, payloads))
    if largest > wire.client.max_payload - 1000:
        raise RecordError(f"A record of {largest} bytes is more than the server takes: raise `max_payload` in its configuration")
    headers = {"Nats-Expected-Last-Subject-Sequence": str(after), "Nats-Msg-Id": _message_id(identity, 1)}
    if len(payloads) == 1:
        return int(checked(await wire.request(subject, payloads[0], headers))["seq"])
    for number, payload in enumerate(payloads, 1):
        headers |= {"Nats-Batch-Id": identity, "Nats-Batch-Sequence": str(number), "Nats-Msg-Id": _message_id(identity, number)}
        if number < len(payloads):
            await wire.send(subject, payload, headers)
            headers.pop("Nats-Expected-Last-Subject-Sequence", "")
    return int(checked(await wire.request(subject, payloads[-1], headers | {"Nats-Batch-Commit": "1"}))["seq"])


def _message_id(identity: str, number: int) -> str:
    return f"{identity}.{number}"


async def _comes_back(wire: Wire) -> bool:
    """Wait a little for the connection to come back, and return whether it did."""
    try:
        await asyncio.wait_for(wire.until_connected(), _PATIENCE)
    except TimeoutError:
        return False
    return True


async def _found_or_conflict(wire: Wire, session: str, after: int, identity: str, *, sent: bool) -> int:
    seq = await _find(wire, session, after, identity) if sent else None
    if seq is None:
        raise ConflictError("Another window was first to record something: receive what it appended, and decide again")
    return seq


async def _find(wire: Wire, session: str, after: int, identity: str) -> int | None:
    """Return the number of the last message of a group that was sent, if it is stored, even if others follow it."""
    names = wire.address.names
    try:
        latest = await last(wire, names.stream, names.subject(session))
        if latest is None or latest.seq <= after:
            return None
        new = await messages(wire, names.stream, names.subject(session), start=after + 1)
    except RefusedError as error:
        raise (no_library(wire) if error.code == NO_STREAM else RecordError(_why_refused(wire, error))) from None
    ours = [each.seq for each in new if each.message_id.startswith(f"{identity}.")]
    return max(ours, default=None)


def no_library(wire: Wire) -> NoLibraryError:
    """Return the error of a missing library."""
    return NoLibraryError(f"There is no library at {wire.address}: make it with `quarterdeck library init {wire.address}`")


def _why_refused(wire: Wire, error: RefusedError) -> str:
    if error.code in _FULL:
        return "The disk of the server is full: the last action was not recorded; have its operator free space, and try again"
    return f"{str(error).rstrip('.')}; the last action was not recorded" if error.code else str(error)


READ: Final = 30 * ANSWER
"""Seconds that reading a whole session may take."""
