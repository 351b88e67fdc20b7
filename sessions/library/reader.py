"""From stored records to events: strictly, to make something of them, and as far as this version knows them, to look at a session."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from sessions.errors import RecordError
from sessions.record.base import SCHEMA
from sessions.record.codec import Recorded, is_known, recorded_from
from sessions.store.ports import DamagedError, NewerVersionError


def read_strictly(records: Sequence[dict[str, Any]], name: str) -> list[Recorded]:
    """Return stored records as events. Raises RecordError, naming the session, if this version does not know all of them."""
    if not records:
        raise DamagedError(f"{name}: it holds no record")
    recordeds: list[Recorded] = []
    for record in records:
        try:
            recordeds.append(recorded_from(record))
        except RecordError as error:
            kind = NewerVersionError if _is_newer(record) else DamagedError
            raise kind(f"{name}: {error}") from None
    return recordeds


class VersionedReader:
    """Reads a session's records as far as this version knows them: what a newer one wrote is shown up to there, and never added to."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.recordeds: list[Recorded] = []

    def read(self, records: Sequence[dict[str, Any]]) -> str:
        """Read, and return why nothing may be added, or nothing. Raises RecordError when not even the first record can be read."""
        if not records:
            raise DamagedError(f"{self._name}: it holds no record")
        reason = self._begin(records[0])
        try:
            for record in records[1:]:
                self.recordeds.append(recorded_from(record))
        except RecordError as error:
            reason = reason or str(error)
        return f"{self._name}: {reason} What this version knows of it is shown, and nothing can be recorded." if reason else ""

    def _begin(self, first: dict[str, Any]) -> str:
        try:
            self.recordeds = [recorded_from(first)]
        except RecordError as error:
            newer = _is_newer(first)
            with contextlib.suppress(RecordError):
                self.recordeds = [recorded_from({**first, "schema_version": SCHEMA})]
            if not self.recordeds or not newer:
                raise (NewerVersionError if newer else DamagedError)(f"{self._name}: {error}") from None
            return str(error)
        return ""


def _is_newer(record: dict[str, Any]) -> bool:
    """Return whether a record that cannot be read is of a newer version: by its schema, or by a kind that is not known here."""
    version, kind = record.get("schema_version"), record.get("kind")
    return (type(version) is int and version > SCHEMA) or (isinstance(kind, str) and not is_known(kind))
