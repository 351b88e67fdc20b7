"""The index of a library in its bucket: one row for each session, never the truth."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from pydantic_core import from_json

from sessions.errors import RecordError
from sessions.store.nats.reading import Message, last, messages
from sessions.store.nats.stamps import session_of
from sessions.store.nats.wire import ANSWER, Wire

INDEX_VERSION: Final = 2
_TOGETHER: Final = 200
_LONGEST: Final = 30 * ANSWER


class Index:
    """The rows of a library. It remembers what it read, and writes only what has changed since."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._known: dict[str, bytes] = {}
        self.stamps: dict[str, str] = {}
        """When each session was written last, as far as the rows know."""

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows that were saved last; without those of another version, and without anything else."""
        names = self._wire.address.names
        found: list[Message] = []
        with suppress(RecordError):
            found = self._wire.ask(lambda: messages(self._wire, names.bucket_stream, names.row("*"), latest=True), _LONGEST)
        self._known = {session_of(each.subject): each.data for each in found if each.data}
        rows = [row for each in self._known.values() if (row := _sound(each))]
        self.stamps = {str(row.get("file")): str(row.get("stamp")) for row in rows}
        return rows

    def most(self, session: str) -> int:
        """Return the highest number of records that was seen in a session; 0 if it is not known."""
        names = self._wire.address.names
        with suppress(RecordError):
            most = _row(self._wire.ask(lambda: last(self._wire, names.bucket_stream, names.row(session)))).get("most")
            return most if type(most) is int else 0
        return 0

    def save(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Save the rows that have changed, and remove those of sessions that are gone; the next listing makes up for what fails."""
        new = {str(row["file"]): json.dumps({"version": INDEX_VERSION, "row": row}).encode() for row in rows}
        changed = {session: data for session, data in new.items() if self._known.get(session) != data}
        changed |= dict.fromkeys(self._known.keys() - new.keys(), b"")
        with suppress(RecordError):
            self._wire.ask(lambda: self._write(changed), _LONGEST)
            self._known = new

    async def _write(self, changed: Mapping[str, bytes]) -> None:
        row = self._wire.address.names.row
        items = list(changed.items())
        for start in range(0, len(items), _TOGETHER):
            some = items[start : start + _TOGETHER]
            await asyncio.gather(*(self._wire.request(row(session), data, {} if data else {"KV-Operation": "DEL"}) for session, data in some))


def _row(message: Message | None) -> dict[str, Any]:
    """Return the row in a message; empty if it holds none of this version."""
    return _sound(message.data) if message and message.data else {}


def _sound(text: bytes) -> dict[str, Any]:
    """Return the row in a JSON text; empty if it is not one of this version."""
    try:
        found = from_json(text, allow_inf_nan=False)
    except ValueError:
        return {}
    if isinstance(found, dict) and found.get("version") == INDEX_VERSION and isinstance(row := found.get("row"), dict):
        return row
    return {}
