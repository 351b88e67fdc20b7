"""The index over the session files of a library, for the home screen: it saves time, and is never the truth.

It is a TinyDB database of its own, replaced as a whole, and rebuilt from the sessions whenever it is missing, stale, damaged or of another version:
it holds the hash of what it lists, so that no changed byte is ever shown.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from tinydb import TinyDB
from tinydb.storages import Storage

from sessions.errors import RecordError
from sessions.store.tinydb.files import FileOps, read_all, shown, write_atomically

INDEX = "library.json"
INDEX_VERSION = 4

_LARGEST = 64_000_000
"""Bytes of the largest index that is read: some hundred thousand sessions."""


class Entry(NamedTuple):
    """A session as the home screen lists it. `problem` says what is wrong with a file that cannot be read whole.

    `id` is the file's name without its ending, by which it can always be asked for: a copy holds the same session, under another name.
    `most` is the highest number of events that was ever seen in it: a record that somebody removed leaves no other trace.
    """

    id: str
    file: str
    title: str = ""
    quarter: str = ""
    state: str = ""
    cards: int = 0
    decisions: int = 0
    events: int = 0
    opened_at: str = ""
    last_at: str = ""
    next_session: str = ""
    problem: str = ""
    size: int = 0
    mtime: int = 0
    ctime: int = 0
    most: int = 0

    def is_fresh(self, status: os.stat_result) -> bool:
        """Return whether the file is as it was when it was read. Size and time of writing can be set to what they were; the change's time cannot."""
        return (self.size, self.mtime, self.ctime) == (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def read_index(folder: Path, ops: FileOps) -> dict[str, Entry]:
    """Return the index by file name; an index that cannot be read, or that we did not write like this, is as good as none."""
    try:
        with TinyDB(folder / INDEX, ops, storage=_IndexStorage) as database:
            rows: list[dict[str, Any]] = [dict(row) for row in database.table("sessions")]
            if database.table("index").all() != [_heading(rows)]:
                return {}
        entries = [Entry(**row) for row in rows]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {entry.file: entry for entry in entries} if all(map(_is_sound, entries)) else {}


def write_index(folder: Path, entries: Sequence[Entry], ops: FileOps) -> None:
    """Replace the index; a folder that cannot be written goes without."""
    rows = [entry._asdict() for entry in entries]
    # JSON in ASCII, because a file's name may hold bytes that are no text.
    tables = {"index": {"1": _heading(rows)}, "sessions": {str(number): row for number, row in enumerate(rows, 1)}}
    try:
        write_atomically(folder / INDEX, json.dumps(tables, indent=0).encode(), ops, mode=0o600)
    except (OSError, RecordError):
        return


def missed(path: Path, count: int, ops: FileOps) -> str:
    """Return that a session ends before what its library has listed of it; empty where it does not, or was never listed."""
    try:
        path = path.resolve()  # the index lies beside the file itself, not beside a link to it
    except (OSError, RuntimeError, ValueError):
        return ""
    known = read_index(path.parent, ops).get(path.name)
    return shortened(path, count, known.most) if known else ""


def shortened(path: Path, count: int, most: int) -> str:
    """Return how many records are gone from the end. What is left without them is whole: no chain can tell, only who has seen them."""
    if most <= count:
        return ""
    gone = "the last record is" if most == count + 1 else f"the last {most - count} records are"
    return (
        f"{shown(Path(path.name))}: it ends with record {count}, but {most} were there when the library was last listed: "
        f"{gone} missing, removed or lost with an older copy that was put back"
    )


class _IndexStorage(Storage):
    """Shows the index to TinyDB, through the record's own system calls; it is replaced by `write_index` alone."""

    def __init__(self, path: Path, ops: FileOps) -> None:
        self._path = path
        self._ops = ops

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, read once. Raises OSError or ValueError where the file holds none."""
        return self._tables

    @cached_property
    def _tables(self) -> dict[str, dict[str, Any]] | None:
        # Neither a link nor a pipe that somebody put there is followed or waited for.
        fd = self._ops.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            status = self._ops.fstat(fd)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return None
            tables: dict[str, dict[str, Any]] = json.loads(read_all(fd, self._ops))
        finally:
            self._ops.close(fd)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Refuse: an index is replaced as a whole."""
        raise RecordError("the index is replaced as a whole, never changed")


def _heading(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what the index says about itself: its version, and the hash of the rows."""
    return {"version": INDEX_VERSION, "sha256": sha256(json.dumps(rows).encode()).hexdigest()}


def _is_sound(entry: Entry) -> bool:
    """Return whether an entry from the index is one that this program could have made; whoever edits the file can hash it, too."""
    kinds = all(type(found) is type(right) for found, right in zip(entry, Entry("", ""), strict=True))
    return kinds and entry.id == Path(entry.file).stem
