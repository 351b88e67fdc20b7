"""Libraries in a folder of the tests: sessions by their paths, as nothing in the product knows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sessions.disk.files import REAL_FILES, FileOps
from sessions.library.library import Library, OpenSession, SessionRef
from sessions.live.ports import Clock
from sessions.record.events import Recorded
from sessions.store.tinydb.store import TinyDbStore, ref_to


class DiskLibrary(Library):
    """A library in a folder, whose sessions can also be named by their files."""

    def __init__(self, folder: Path, clock: Clock, token: Callable[[int], str], *, holder: str = "", ops: FileOps = REAL_FILES) -> None:
        self.folder = folder
        super().__init__(TinyDbStore(folder, lambda: token(32), holder=holder, ops=ops), clock, token)

    def open(self, ref: SessionRef | Path, *, read_only: bool = False) -> OpenSession:
        return super().open(ref_to(ref) if isinstance(ref, Path) else ref, read_only=read_only)

    def paths(self) -> list[Path]:
        return [Path(ref.key) for ref, _ in self._store.listing()]


def path_of(named: OpenSession | SessionRef) -> Path:
    """Return the file of a session."""
    return Path((named if isinstance(named, SessionRef) else named.ref).key)


def read_session(path: Path, ops: FileOps = REAL_FILES) -> tuple[list[Recorded], str]:
    """Return the events of a session file, and what is wrong with it."""
    no_clock: Any = None
    recordeds, _, problem, _ = DiskLibrary(path.parent, no_clock, lambda length: "0" * length, ops=ops).read(ref_to(path))
    return recordeds, problem
