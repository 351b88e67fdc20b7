"""A folder as a store: each session is a file, with its urn, the seats of its room and the note about its holder beside it."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from sessions.disk.files import REAL_FILES, FileOps, left_by_the_dead, make_folder, os_error_text, printable_path, write_new
from sessions.errors import RecordError
from sessions.record.chain import Record
from sessions.store.ports import CheckReport, DamagedError, Judge, Listed, Mode, RepairReport, SessionRef, Stored
from sessions.store.tinydb.copy import write_copy
from sessions.store.tinydb.index_file import INDEX, read_rows, write_rows
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.lines import file_of, payloads_of
from sessions.store.tinydb.messages import damaged, not_created
from sessions.store.tinydb.repair import check, read_session, repair, scan_named
from sessions.store.tinydb.seat_file import SeatFile
from sessions.store.tinydb.trash import move_to_trash
from sessions.store.tinydb.urn import Urn

_UNSEEN: Final = -2
"""The size of a file at which no one has looked yet."""


class TinyDbSession:
    """An open session file: its journal is the log, and its urn is beside it."""

    def __init__(self, ref: SessionRef, journal: Journal, urn: Urn, seats: SeatFile, ops: FileOps) -> None:
        self.ref = ref
        self.log = journal
        self.urn = urn
        self.seats = seats
        self._ops = ops
        self._size = _UNSEEN

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what opening had to do, in sentences."""
        return self.log.notices

    @property
    def reason(self) -> str:
        """Return why nothing can be appended; empty while something can."""
        return self.log.read_only_reason

    @property
    def damaged(self) -> bool:
        """Return whether stored bytes are not what was written."""
        return self.log.damage is not None

    def is_lost(self) -> bool:
        """Return whether another program deleted or changed the file."""
        return self.log.is_lost()

    def receive(self) -> list[Record]:
        """Return what another window has appended since the last look; nothing while this one holds the lock."""
        self._size = self._bytes()
        return self.log.receive()

    @property
    def shared(self) -> bool:
        """Return False: only the holder of the lock writes."""
        return False

    def has_news(self) -> bool:
        """Return whether the file has another length than at the last look; while this window holds the lock no one else appends."""
        return bool(self.reason) and self._bytes() != self._size

    def _bytes(self) -> int:
        try:
            return self._ops.stat(self.log.path).st_size
        except OSError:  # gone, or not to be looked at: what it holds is not news
            return -1

    @property
    def away(self) -> str:
        """Return why nothing can be received for now."""
        return "" if self._bytes() >= 0 else f"{self.ref.label} cannot be read now"

    def copy(self, target: str, records: Sequence[Record]) -> SessionRef:
        """Write the session to a new file or into a folder, without its sealed ballots."""
        return ref_to(write_copy(self.log.recorded(records), self.log.path.name, Path(target), self._ops))

    def close(self) -> None:
        """Release the lock and the file."""
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class TinyDbStore:
    """The session files in a folder. `salt` gives 32 random hex digits each time; `holder` describes this process to others."""

    def __init__(self, folder: Path, salt: Callable[[], str], *, holder: str = "", ops: FileOps = REAL_FILES) -> None:
        self._folder = folder
        self._salt = salt
        self._holder = holder
        self._ops = ops

    @property
    def location(self) -> str:
        """Return the folder."""
        return printable_path(self._folder)

    def listing(self) -> list[Listed]:
        """Return the session files, by name, and remove what killed processes left."""
        try:
            paths = self._ops.listdir(self._folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RecordError(
                f"The library folder {printable_path(self._folder)} cannot be read ({os_error_text(error)}): choose another one with --library."
            ) from None
        found: list[Listed] = []
        for name, path in sorted((path.name, path) for path in paths):
            if name.startswith("."):
                with contextlib.suppress(OSError):  # a file that cannot be removed does no harm
                    if left_by_the_dead(path, self._ops):
                        self._ops.unlink(path)
            elif name.endswith(".json") and name != INDEX:
                with contextlib.suppress(OSError):
                    found.append(Listed(ref_to(path), _stamp(self._ops.stat(path))))
        return found

    def ref(self, name: str) -> SessionRef:
        """Return the session in the file of this name."""
        return ref_to(self._folder / name)

    def locate(self, text: str) -> SessionRef | None:
        """Return the session at a path, if a file is there."""
        with contextlib.suppress(OSError, ValueError):
            if stat.S_ISREG(self._ops.stat(Path(text)).st_mode):
                return ref_to(Path(text))
        return None

    def create(self, first: Record) -> TinyDbSession:
        """Create a session file, named by the session's id, and lock it."""
        try:
            make_folder(self._folder, self._ops)
        except OSError as error:
            raise RecordError(
                f"The library folder {printable_path(self._folder)} cannot be made ({os_error_text(error)}): choose another one with --library."
            ) from None
        path = self._folder / f"{first['session']}.json"
        return self._session(ref_to(path), Journal.create(path, first=first, ops=self._ops, holder=self._holder))

    def open(self, ref: SessionRef, mode: Mode = "write", judge: Judge = lambda _: "", *, over: bool = False) -> TinyDbSession:
        """Open a session file; lock it, to write: a lock is not taken from another process."""
        del over
        journal = Journal.open(Path(ref.key), read_only=mode == "read", judge=judge, ops=self._ops, holder=self._holder)
        return self._session(ref, journal)

    def _session(self, ref: SessionRef, journal: Journal) -> TinyDbSession:
        # Beside the file itself, not beside the link that it was opened by: all names share one urn, and one room.
        urn = Urn(journal.path.with_suffix(".urn"), self._ops, salt=self._salt, guard=journal.check_writable)
        seats = SeatFile(journal.path.with_suffix(".seats"), self._ops, journal.check_writable)
        return TinyDbSession(ref, journal, urn, seats, self._ops)

    def read(self, ref: SessionRef) -> Stored:
        """Return the records of a session file."""
        path = Path(ref.key)
        found = scan_named(read_session(path, self._ops), path)
        return Stored(found.records, str(found.damage or ""))

    def check(self, ref: SessionRef) -> CheckReport:
        """Return whether a session file is whole."""
        return check(Path(ref.key), self._ops)

    def repair(self, ref: SessionRef) -> RepairReport:
        """Write what can be read of a damaged session file to a copy beside it."""
        return repair(Path(ref.key), self._ops)

    def lines(self, ref: SessionRef) -> list[bytes]:
        """Return the JSON of every record of a session file, byte for byte."""
        path = Path(ref.key)
        data = read_session(path, self._ops)
        found = scan_named(data, path)
        if found.damage:
            raise DamagedError(damaged(path, found, found.damage))
        return payloads_of(data, found)

    def take_in(self, name: str, lines: Sequence[bytes]) -> SessionRef:
        """Keep a session in a new file."""
        path = self._folder / f"{name}.json"
        try:
            make_folder(self._folder, self._ops)
            write_new(path, file_of(lines), self._ops)
        except FileExistsError:
            raise RecordError(f"{printable_path(path)} exists: nothing was copied") from None
        except (OSError, ValueError) as error:
            raise RecordError(not_created(path, error)) from None
        return ref_to(path)

    @property
    def can_delete(self) -> bool:
        """Return True: a file can be moved."""
        return True

    def delete(self, ref: SessionRef) -> str:
        """Move a session file and its urn to the folder `trash` beside it."""
        return printable_path(move_to_trash(Path(ref.key), self._ops))

    def load_index(self) -> list[dict[str, Any]]:
        """Return the rows of the index in the folder."""
        return read_rows(self._folder, self._ops)

    def save_index(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Replace the index in the folder."""
        write_rows(self._folder, rows, self._ops)

    def most_seen(self, ref: SessionRef) -> int:
        """Return the number of records that the index beside a session file has seen in it."""
        try:
            path = Path(ref.key).resolve()  # the index is beside the file itself, not beside a link to it
        except (OSError, RuntimeError, ValueError):
            return 0
        seen = [row.get("most") for row in read_rows(path.parent, self._ops) if row.get("file") == path.name]
        return max((each for each in seen if type(each) is int), default=0)


def ref_to(path: Path) -> SessionRef:
    """Return the session in a file."""
    key, name = str(path), path.name
    return SessionRef(key, name.rpartition(".")[0] or name, name, key if key.isprintable() else printable_path(path))


def _stamp(status: os.stat_result) -> str:
    """Return size and times of a file as text. Size and time of writing can be set to what they were; the change's time cannot."""
    return f"{status.st_mtime_ns:020d} {status.st_size} {status.st_ctime_ns}"
