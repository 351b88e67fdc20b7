"""The index over the session files of a library, for the home screen: it saves time, and is never the truth.

It is a TinyDB database of its own, replaced as a whole, and rebuilt from the sessions whenever it is missing, stale, damaged or of another version.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tinydb import TinyDB

from sessions.errors import RecordError
from sessions.record.files import FileOps, write_atomically

INDEX = "library.json"
INDEX_VERSION = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as the home screen lists it. `problem` says what is wrong with a file that cannot be read whole.

    `id` is the file's name without its ending, by which it can always be asked for: a copy holds the same session, under another name.
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


def read_index(folder: Path) -> dict[str, Entry]:
    """Give the index by file name; an index that cannot be read is as good as none."""
    try:
        with TinyDB(folder / INDEX, access_mode="r") as database:
            if database.table("index").all() != [{"version": INDEX_VERSION}]:
                return {}
            entries = [Entry(**row) for row in database.table("sessions").all()]
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {entry.file: entry for entry in entries} if all(map(_is_sound, entries)) else {}


def write_index(folder: Path, entries: Sequence[Entry], ops: FileOps) -> None:
    """Replace the index; a folder that cannot be written goes without."""
    rows = {str(number): asdict(entry) for number, entry in enumerate(entries, 1)}
    # ASCII, because a file's name may hold bytes that are no text.
    text = json.dumps({"index": {"1": {"version": INDEX_VERSION}}, "sessions": rows}, indent=0)
    try:
        write_atomically(folder / INDEX, text.encode(), ops, mode=0o600)
    except (OSError, RecordError):
        return


def _is_sound(entry: Entry) -> bool:
    """Say whether every field of an entry from the index is of its kind; the file may have been edited."""
    return all(type(found) is type(right) for found, right in zip(asdict(entry).values(), asdict(Entry("", "")).values(), strict=True))
