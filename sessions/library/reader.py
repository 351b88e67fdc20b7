"""From a file's bytes to events: strictly, where something is made of them, and as far as it goes, where a session is opened to be seen."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sessions.errors import RecordError
from sessions.library.index import missed
from sessions.record.events import SCHEMA, Recorded, recorded_from
from sessions.store.ports import DamagedError
from sessions.store.tinydb import repair
from sessions.store.tinydb.files import REAL_FILES, FileOps, shown
from sessions.store.tinydb.repair import scan_named


def read_session(path: Path, ops: FileOps = REAL_FILES) -> tuple[list[Recorded], str]:
    """Read a session file without opening it: the events that are whole, and what is wrong or missing behind them (or empty).

    Raises:
        RecordError: there is nothing to read.
    """
    recordeds, problem = read_alone(path, ops)
    if not problem and (gone := missed(path, len(recordeds), ops)):
        problem = f"{gone}."
    return recordeds, problem


def read_alone(path: Path, ops: FileOps = REAL_FILES) -> tuple[list[Recorded], str]:
    """Read a session file as `read_session` does, but ask only the file itself, not what the library has seen of it."""
    found = scan_named(repair.read_session(path, ops), path)
    recordeds = _recorded(found.records, path)
    if not recordeds:
        raise RecordError(f"{path.name} holds no session: {found.damage or 'there is no record in it'}.")
    return recordeds, f"{path.name}: {found.damage}; what stands before it is shown." if found.damage else ""


class Reading:
    """Reads a session's records as far as this version knows them: what a newer one wrote is shown up to there, and never added to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.recordeds: list[Recorded] = []

    def read(self, records: Sequence[dict[str, Any]]) -> str:
        """Read, and return why nothing may be added, or nothing. Raises RecordError when not even the first record can be read."""
        if not records:
            raise _named(DamagedError("it holds no record"), self._path)
        reason = self._begin(records[0])
        try:
            for record in records[1:]:
                self.recordeds.append(recorded_from(record))
        except RecordError as error:
            reason = reason or str(error)
        return f"{_named(RecordError(reason), self._path)} What this version knows of it is shown, and nothing can be recorded." if reason else ""

    def _begin(self, first: dict[str, Any]) -> str:
        try:
            self.recordeds = [recorded_from(first)]
        except RecordError as error:
            with contextlib.suppress(RecordError):
                self.recordeds = [recorded_from({**first, "schema_version": SCHEMA})]
            if not self.recordeds or not _is_newer(first):
                raise _named(error, self._path) from None
            return str(error)
        return ""


def _recorded(records: Sequence[dict[str, Any]], path: Path) -> list[Recorded]:
    """Read stored records; what is raised names the file."""
    try:
        return [recorded_from(record) for record in records]
    except RecordError as error:
        raise _named(error, path) from None


def _named(error: RecordError, path: Path) -> RecordError:
    return type(error)(f"{shown(Path(path.name))}: {error}")


def _is_newer(first: dict[str, Any]) -> bool:
    version = first.get("schema_version")
    return type(version) is int and version > SCHEMA
