"""The logs that a live session writes to: the table of a journal that is open, or of one whose file the first record brings into being."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from sessions.errors import RecordError
from sessions.store.tinydb.files import FileOps
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.table import EVENTS, open_database


class TableLog:
    """The log of a live session: the `events` table of its TinyDB database, whose insert appends to the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._table = open_database(journal).table(EVENTS)

    @property
    def count(self) -> int:
        """Return how many records are on the disk."""
        return self._journal.next_seq - 1

    def append(self, record: dict[str, Any]) -> None:
        """Append a record; it is on the disk once this returns."""
        self._table.insert(record)

    def append_all(self, records: Sequence[dict[str, Any]]) -> None:
        """Append records, all or none; they are on the disk once this returns."""
        self._journal.append_all(records)


class NewLog:
    """The log of a session that is about to begin: its file comes into being with the first record in it."""

    def __init__(self, create: Callable[[dict[str, Any]], Journal]) -> None:
        self._create = create
        self._journal: Journal | None = None

    @property
    def journal(self) -> Journal:
        """Return the journal, once the session has begun."""
        if self._journal is None:
            raise RecordError("The session has not begun yet.")
        return self._journal

    @property
    def count(self) -> int:
        """Return how many records are on the disk."""
        return self._journal.next_seq - 1 if self._journal else 0

    def check_writable(self) -> None:
        """Raise RecordError where nothing can be recorded."""
        self.journal.check_writable()

    def append(self, record: dict[str, Any]) -> None:
        """Make the file with the first record, append any other."""
        if self._journal is None:
            self._journal = self._create(record)
        else:
            self._table.append(record)

    def append_all(self, records: Sequence[dict[str, Any]]) -> None:
        """Append records, all or none, once the session has begun."""
        self.journal.append_all(records)

    @cached_property
    def _table(self) -> TableLog:
        return TableLog(self.journal)

    def undo(self, ops: FileOps) -> None:
        """Take the file away again: a session whose beginning does not hold is no session."""
        if self._journal is not None:
            with contextlib.suppress(OSError):
                ops.unlink(self._journal.path)
            self._journal.close()
