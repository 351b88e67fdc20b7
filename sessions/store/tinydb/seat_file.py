"""The seats of a session's room, in a 0600 file beside it: it holds hashes of tokens, and no one else needs to read it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from sessions.disk.files import FULL_DISK, FileOps, os_error_text, printable_path, read_all, reading, write_atomically
from sessions.errors import RecordError


class SeatFile:
    """One file of seats. `guard` raises RecordError when the session may not be written: only the holder of its lock has a room."""

    def __init__(self, path: Path, ops: FileOps, guard: Callable[[], None]) -> None:
        self.path = path
        self._ops = ops
        self._guard = guard

    def read(self) -> bytes:
        """Return what was written last; empty if there is nothing, or it cannot be read."""
        with contextlib.suppress(OSError), reading(self.path, self._ops) as fd:
            return read_all(fd, self._ops)
        return b""

    def write(self, data: bytes) -> None:
        """Keep these bytes for good; remove the file for none. Raises RecordError."""
        self._guard()
        try:
            if data:
                write_atomically(self.path, data, self._ops)
            else:
                with contextlib.suppress(FileNotFoundError):
                    self._ops.unlink(self.path)
        except OSError as error:
            reason = "the disk is full" if error.errno in FULL_DISK else os_error_text(error)
            raise RecordError(f"the seats of the room {printable_path(self.path)} could not be written ({reason})") from error
