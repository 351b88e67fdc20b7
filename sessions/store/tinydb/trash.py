"""The trash: a folder beside the session files, to which a deleted one is moved with its urn. Moving them back undeletes it."""

from __future__ import annotations

import contextlib
import os
from itertools import count
from pathlib import Path

from sessions.disk.files import OPEN_FILES_MOVE, FileOps, make_folder, os_error_text, printable_path, sync_folder
from sessions.errors import RecordError
from sessions.store.tinydb.holder import note_path, take_lock

TRASH = "trash"


def move_to_trash(session: Path, ops: FileOps) -> Path:
    """Move a session file to the trash and return its new path. The urn follows it: without its session it is of no use to anyone.

    Raises HeldError while another window has the session open, RecordError if it cannot be moved, and stays in place.
    """
    try:
        # A link itself goes: its target stays in its own place.
        fd = ops.open(session, os.O_RDWR)
    except OSError as error:
        raise _not_moved(session, error) from error
    with contextlib.ExitStack() as held:
        held.callback(_close, fd, ops)
        take_lock(fd, session, ops)
        return _move(session, held, ops)


def _move(session: Path, held: contextlib.ExitStack, ops: FileOps) -> Path:
    try:
        target = _free(session.parent / TRASH, session, ops)
        if not OPEN_FILES_MOVE:
            held.close()  # a window that opens the file now keeps it from being moved, as the lock would
        ops.replace(session, target)
        with contextlib.suppress(OSError):  # there is none, or it stays and does no harm
            ops.replace(session.with_suffix(".urn"), target.with_suffix(".urn"))
        with contextlib.suppress(OSError):  # a deleted session has no room
            ops.unlink(session.with_suffix(".seats"))
        with contextlib.suppress(OSError):
            ops.unlink(note_path(session))
        with contextlib.suppress(OSError):
            sync_folder(target.parent, ops)
            sync_folder(session.parent, ops)
    except OSError as error:
        raise _not_moved(session, error) from error
    return target


def _close(fd: int, ops: FileOps) -> None:
    with contextlib.suppress(OSError):
        ops.close(fd)


def _free(trash: Path, session: Path, ops: FileOps) -> Path:
    """Return a name in the trash that is not taken, by a session or an urn. Raises OSError."""
    make_folder(trash, ops)
    taken = {path.name.casefold() for path in ops.listdir(trash)}  # for macOS and Windows, `A` is the name `a`
    names = (session.stem if number == 1 else f"{session.stem}-{number}" for number in count(1))
    stem = next(name for name in names if taken.isdisjoint({f"{name}{session.suffix}".casefold(), f"{name}.urn".casefold()}))
    return trash / f"{stem}{session.suffix}"


def _not_moved(session: Path, error: OSError) -> RecordError:
    return RecordError(f"{printable_path(session)} was not deleted ({os_error_text(error)}): check your rights on it and on its folder")
