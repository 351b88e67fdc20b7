"""The calls that only Unix has: the lock on an open file, and the full sync of macOS. The only importer of fcntl."""

import fcntl
import os
import sys


def lock(fd: int) -> None:
    """Lock an open file exclusively (by inode, so that all its names share the lock), without waiting. Raises OSError when another has it."""
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def full_sync(fd: int) -> None:
    """Bring content and all metadata of a file to the medium; fsync alone stops at the drive's own cache on macOS."""
    if sys.platform == "darwin":
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    else:
        os.fsync(fd)
