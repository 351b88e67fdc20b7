"""The index of a library on the disk: a TinyDB database beside the sessions, replaced as a whole, and never the truth.

It holds the hash of its rows, so that no changed byte is ever shown; the library rebuilds it when it is missing, damaged or of another version.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from tinydb import TinyDB
from tinydb.storages import Storage

from sessions.disk.files import FileOps, read_all, reading, write_atomically
from sessions.errors import RecordError

INDEX = "library.json"
INDEX_VERSION = 6

_LARGEST = 64_000_000
"""Bytes of the largest index that is read: enough for a hundred thousand sessions."""


def read_rows(folder: Path, ops: FileOps) -> list[dict[str, Any]]:
    """Return the rows of the index; none if it cannot be read or was not written like this."""
    try:
        with TinyDB(folder / INDEX, ops, storage=_IndexStorage) as database:
            rows: list[dict[str, Any]] = [dict(row) for row in database.table("sessions")]
            return rows if database.table("index").all() == [_heading(rows)] else []
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return []


def write_rows(folder: Path, rows: Sequence[Mapping[str, Any]], ops: FileOps) -> None:
    """Replace the index; a folder that cannot be written goes without."""
    # JSON in ASCII, because a file's name may hold bytes that are not text.
    tables = {"index": {"1": _heading(rows)}, "sessions": {str(number): row for number, row in enumerate(rows, 1)}}
    try:
        write_atomically(folder / INDEX, json.dumps(tables, indent=0).encode(), ops, mode=0o600)
    except (OSError, RecordError):
        return


class _IndexStorage(Storage):
    """Shows the index to TinyDB, through the record's own system calls; only `write_rows` replaces it."""

    def __init__(self, path: Path, ops: FileOps) -> None:
        self._path = path
        self._ops = ops

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, read once. Raises OSError or ValueError if the file holds none."""
        return self._tables

    @cached_property
    def _tables(self) -> dict[str, dict[str, Any]] | None:
        # Do not follow a link, or wait for a pipe, in the place of the index.
        with reading(self._path, self._ops) as fd:
            status = self._ops.fstat(fd)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return None
            tables: dict[str, dict[str, Any]] = json.loads(read_all(fd, self._ops))
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Refuse: an index is replaced as a whole."""
        raise RecordError("the index is replaced as a whole, never changed")


def _heading(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the index says about itself: its version, and the hash of the rows."""
    return {"version": INDEX_VERSION, "sha256": sha256(json.dumps(rows).encode()).hexdigest()}
