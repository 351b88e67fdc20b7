"""What Windows does with files in its own way; `unix` has the same names. The only importer of msvcrt.

A file that is open can be neither renamed, replaced nor removed, and a locked byte can be read by no one else.
"""

import ctypes
import msvcrt
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Final

assert sys.platform == "win32"

ALWAYS: Final = os.O_BINARY
"""Flags for every open: line ends would otherwise be translated, and ctrl+z would end a file."""

NO_LINK: Final = 0
"""There is no flag that refuses links; as a rule only an administrator can make one."""

FOLDER: Final = None
"""No folder can be opened to sync its entries: the file system's own journal has them."""

OPEN_FILES_MOVE: Final = False
"""Whether a file can be renamed while it is open."""

_LOCKED: Final = 1 << 30
"""The byte that is locked: no session is long enough for anyone to read there."""
_PAUSES: Final = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32)
"""Seconds between attempts while another program, such as a virus scanner or another window, has a file open for a moment."""
_SYNCHRONIZE: Final = 0x100000
_ACCESS_DENIED: Final = 5
_WAIT_TIMEOUT: Final = 258


def pread(fd: int, length: int, offset: int) -> bytes:
    """Read up to `length` bytes from `offset`; a descriptor is used by one thread only."""
    os.lseek(fd, offset, os.SEEK_SET)
    return os.read(fd, length)


def pwrite(fd: int, data: bytes, offset: int) -> int:
    """Write at `offset` and return how many bytes went in."""
    os.lseek(fd, offset, os.SEEK_SET)
    return os.write(fd, data)


def replace(source: Path, target: Path) -> None:
    """Rename `source` to `target`, replacing what was there."""
    _patiently(lambda: source.replace(target))


def unlink(path: Path) -> None:
    """Remove a name."""
    _patiently(path.unlink)


def _patiently(act: Callable[[], object]) -> None:
    for pause in _PAUSES:
        try:
            act()
        except PermissionError:
            Event().wait(pause)
        else:
            return
    act()


def lock(fd: int) -> None:
    """Lock an open file exclusively, by one byte far behind its end, without waiting. Raises OSError when another has it."""
    os.lseek(fd, _LOCKED, os.SEEK_SET)
    msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)


def full_sync(fd: int) -> None:
    """Sync the content and all metadata of a file to the medium."""
    os.fsync(fd)


def data_sync(fd: int) -> None:
    """Sync the content of a file, and its size, to the disk: there is no lighter call."""
    os.fsync(fd)


def is_running(process: int) -> bool:
    """Return whether a process of this number runs on this computer. `os.kill` would end it."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(_SYNCHRONIZE, 0, process)
    if not handle:
        return ctypes.get_last_error() == _ACCESS_DENIED  # it runs, and belongs to another user
    try:
        return bool(kernel.WaitForSingleObject(ctypes.c_void_p(handle), 0) == _WAIT_TIMEOUT)
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
