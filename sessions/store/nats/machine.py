"""This machine, as the notes of leaders name it: names of computers are not unique, and a process number means nothing on another one."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sessions.disk.files import FileOps, make_folder, read_all, reading, write_new

_NAME = "machine"


def machine_of(folder: Path, token: Callable[[], str], ops: FileOps) -> str:
    """Return the name of this computer with a token of the folder of its private files; another one each time if the folder cannot keep it."""
    path = folder / _NAME
    with suppress(OSError):
        make_folder(folder, ops)
        with suppress(FileExistsError):
            write_new(path, token().encode(), ops)
        with reading(path, ops) as fd:
            return f"{socket.gethostname()} {read_all(fd, ops).decode(errors='replace')}"
    return token()
