"""Who holds a session: a lock on the file itself, and beside it a note that names the holder to others.

The lock is the operating system's (flock, by inode): every other name of the file shares it, and a killed process frees it. The note
`<session>.lock` only informs: it decides nothing, and a stale one is harmless.
"""

import contextlib
import errno
import os
import socket
from pathlib import Path
from typing import Final

from sessions.disk.files import NO_LINK, NOT_WRITABLE, FileOps, os_error_text, printable_path, reading
from sessions.errors import RecordError
from sessions.store.ports import HeldError

_TAKEN: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})
_LONGEST_NOTE: Final = 300


def describe_holder(since: str) -> str:
    """Return the description of this process for others: its number, its computer, and since when (the caller reads the clock)."""
    return f"process {os.getpid()} on {socket.gethostname()} since {since}"


def note_path(session: Path) -> Path:
    """Return the path of the note about a session's holder."""
    return session.with_name(session.name + ".lock")


def take_lock(fd: int, session: Path, ops: FileOps) -> None:
    """Lock the open session file, or raise HeldError naming who has it, or RecordError if nothing can be locked."""
    try:
        ops.flock(fd)
    except OSError as error:
        if error.errno in _TAKEN:
            holder = _read_note(session, ops)
            raise HeldError(f"{printable_path(session)} is open in {holder}: close it there, or open it here for reading only", holder) from None
        raise RecordError(
            f"{printable_path(session)} cannot be locked on this file system ({os_error_text(error)}), so a second window could spoil it: "
            "move the session to a local disk, or open it for reading only"
        ) from error


def write_note(session: Path, holder: str, ops: FileOps) -> None:
    """Write who holds the session, for others to read; call it only while holding the lock.

    The note decides nothing, so only a read-only folder matters: OSError.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK
    try:
        fd = ops.open(note_path(session), flags)
        try:
            ops.pwrite(fd, holder.encode(errors="replace") + b"\n", 0)
        finally:
            ops.close(fd)
    except OSError as error:
        if error.errno in NOT_WRITABLE:
            raise


def remove_note(session: Path, ops: FileOps) -> None:
    """Remove the note; call it before releasing the lock, because afterwards it may be the next holder's."""
    with contextlib.suppress(OSError):
        ops.unlink(note_path(session))


def _read_note(session: Path, ops: FileOps) -> str:
    text = ""
    with contextlib.suppress(OSError), reading(note_path(session), ops) as fd:
        text = ops.pread(fd, _LONGEST_NOTE, 0).decode(errors="replace").strip()
    return "".join(char for char in text if char.isprintable()) or "another window"
