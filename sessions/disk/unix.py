"""What Linux and macOS do with files in their own way; `windows` has the same names. The only importer of fcntl."""

import errno
import fcntl
import os
import sys
from typing import Final

assert sys.platform != "win32"

ALWAYS: Final = os.O_NONBLOCK | os.O_NOCTTY
"""Flags for every open: without this, opening a pipe would block forever."""

NO_LINK: Final = os.O_NOFOLLOW
"""The flag that refuses to open a link."""

FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY
"""The flags for opening a folder to sync its entries."""

OPEN_FILES_MOVE: Final = True
"""Whether a file can be renamed while it is open."""

pread = os.pread
pwrite = os.pwrite
replace = os.replace
unlink = os.unlink


def lock(fd: int) -> None:
    """Lock an open file exclusively (by inode, so that all its names share the lock), without waiting. Raises OSError when another has it."""
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def full_sync(fd: int) -> None:
    """Sync the content and all metadata of a file to the medium. On macOS fsync stops at the drive's own cache; some disks offer nothing better."""
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
        else:
            return
    os.fsync(fd)


def data_sync(fd: int) -> None:
    """Sync the content of a file, and its size, to the disk; by a full sync if there is no lighter call."""
    if sys.platform == "linux":
        os.fdatasync(fd)
    else:
        full_sync(fd)


def is_running(process: int) -> bool:
    """Return whether a process of this number runs on this computer."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs, and belongs to another user
        return True
    return True
