"""A journal as a TinyDB database: every stock query works, and an insert is one appended line.

Only `insert` writes. Everything that would change or remove a record raises RecordError, before anything is touched.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, Protocol, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from sessions.errors import RecordError
from sessions.record.chain import Record

EVENTS = "events"
"""The one table of a session file."""


class Records(Protocol):
    """The records of a session, as an open journal has them."""

    @property
    def records(self) -> list[Record]:
        """Return all records in order, `chain` included."""
        ...

    @property
    def next_seq(self) -> int:
        """Return the number that the next record must have."""
        ...

    def append(self, record: Record) -> None:
        """Record one event durably."""
        ...


class JournalStorage(Storage):
    """Shows a journal's records to TinyDB; closing it leaves the journal open, because the journal belongs to its opener."""

    def __init__(self, journal: Records) -> None:
        self.journal = journal

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the one table, as it is in the file."""
        return {EVENTS: {str(record["seq"]): record for record in self.journal.records}}

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Refuse: what is recorded stays."""
        raise RecordError("the record is append-only: nothing in it can be changed or removed")


class EventTable(Table):
    """A table whose `insert` appends one line through the journal."""

    _searched = 0  # the number of the next record at the last search

    @property
    def _journal(self) -> Records:
        return cast("JournalStorage", self._storage).journal

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append a record, durably, and return its number. Raises RecordError when it is not recorded."""
        if self.name != EVENTS:
            raise RecordError(f"a session file has one table, {EVENTS!r}: nothing can be inserted into another")
        if isinstance(document, Document) and document.doc_id != document.get("seq"):
            raise RecordError("the document's id is not its record's seq")
        self._journal.append(dict(document))
        return int(document["seq"])

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append records one by one; when one is refused, those before it are recorded."""
        return [self.insert(document) for document in documents]

    def search(self, cond: QueryLike) -> list[Document]:
        """Return all records that match; answers kept from before the last append are not used."""
        if self._searched != self._journal.next_seq:
            self.clear_cache()
            self._searched = self._journal.next_seq
        return super().search(cond)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> NoReturn:
        # Every change that TinyDB knows comes through here, and would change the documents before it calls the storage.
        raise RecordError("the record is append-only: nothing in it can be changed or removed")


class _SessionDatabase(TinyDB):
    """TinyDB over a journal."""

    table_class = EventTable
    default_table_name = EVENTS


def open_database(journal: Records) -> TinyDB:
    """Return a TinyDB over an open journal; its table `events` (also the default one) answers every query."""
    return _SessionDatabase(journal, storage=JournalStorage)
