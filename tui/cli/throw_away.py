"""Libraries that are thrown away when the program ends: the demo's."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sessions.library.library import Library
from tui.environment import open_library

_PREFIX = "quarterdeck-demo-"
_thrown_away: set[Path] = set()


def is_thrown_away(folder: Path) -> bool:
    """Return whether a library will be deleted when the program ends."""
    return folder in _thrown_away


def throw_away_library() -> Library:
    """Return an empty library in a folder that is deleted when the program ends; those of programs that were killed go now."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX)  # let go of by the system, whatever ends the program
    _thrown_away.add(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_library(folder)


def _sweep() -> None:
    """Delete our folders that no program holds any more; what cannot be deleted is in nobody's way."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), _held(folder):
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder of our own that nobody holds; OSError for every other one."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(fd).st_uid != os.getuid():
            raise PermissionError
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(fd)
