"""The one seam between the record and the disk: every system call that the record makes goes through `FileOps`, except for following links.

A test puts any fault anywhere (a full disk at the k-th call, a failed fsync, a crash) by handing in another `FileOps`; nothing is patched.
Here are also the two ways a whole file is written: `write_atomically` replaces, `write_new` never overwrites.
"""

import contextlib
import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    from sessions.disk import windows as system
else:
    from sessions.disk import unix as system

FULL_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The error numbers that mean that the disk is full."""

NOT_WRITABLE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""The error numbers that mean that a file or folder is read-only."""

NO_LINK: Final = system.NO_LINK
"""The flag with which no link is opened."""

OPEN_FILES_MOVE: Final = system.OPEN_FILES_MOVE
"""Whether a file can be renamed while it is open."""

_CHUNK: Final = 1 << 24
_NO_FOLDER_FSYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP})
_TEMPORARY: Final = r"(?s)\.(?P<name>.+)\.(?P<process>\d{1,9})\.quarterdeck\.tmp"


class FileOps:
    """The system calls of the record, each as the operating system makes it; all of them raise OSError."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """Open a file and return its descriptor, without waiting for a pipe; never inherited by child processes."""
        return os.open(path, flags | system.ALWAYS, mode)

    def close(self, fd: int) -> None:
        """Close a descriptor, and with it the lock it holds."""
        os.close(fd)

    def fstat(self, fd: int) -> os.stat_result:
        """Return size, kind and number of names of an open file."""
        return os.fstat(fd)

    def stat(self, path: Path) -> os.stat_result:
        """Return size, kind and times of the file that a path leads to."""
        return path.stat()

    def lstat(self, path: Path) -> os.stat_result:
        """Return size, kind and times of a name itself, also if it is a link."""
        return path.lstat()

    def listdir(self, folder: Path) -> list[Path]:
        """Return the paths in a folder, in no order."""
        return list(folder.iterdir())

    def mkdir(self, folder: Path) -> None:
        """Make a folder, under the user's umask."""
        folder.mkdir()

    def pread(self, fd: int, length: int, offset: int) -> bytes:
        """Read up to `length` bytes from `offset`."""
        return system.pread(fd, length, offset)

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        """Write at `offset` and return how many bytes went in."""
        return system.pwrite(fd, data, offset)

    def ftruncate(self, fd: int, size: int) -> None:
        """Cut or extend an open file to `size` bytes."""
        os.ftruncate(fd, size)

    def fsync(self, fd: int) -> None:
        """Sync the content and all metadata of a file (or the entries of a folder) to the disk."""
        system.full_sync(fd)

    def fdatasync(self, fd: int) -> None:
        """Sync the content of a file, and its size, to the disk; by a full fsync if there is no lighter call."""
        system.data_sync(fd)

    def replace(self, source: Path, target: Path) -> None:
        """Rename `source` to `target` in one step, replacing what was there."""
        system.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Add the name `target` to `source`; FileExistsError when that name is taken."""
        target.hardlink_to(source)

    def unlink(self, path: Path) -> None:
        """Remove a name."""
        system.unlink(path)

    def flock(self, fd: int) -> None:
        """Lock an open file exclusively; all its names share the lock."""
        system.lock(fd)

    def is_running(self, process: int) -> bool:
        """Return whether a process of this number runs on this computer."""
        return system.is_running(process)


REAL_FILES: Final = FileOps()
"""The disk itself."""


def printable_path(path: Path) -> str:
    """Return a path fit for a sentence: characters that could act on a terminal are replaced."""
    text = str(path)
    return text if text.isprintable() else "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def os_error_text(error: Exception) -> str:
    """Return the operating system's own words for an error."""
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__


@contextlib.contextmanager
def reading(path: Path, ops: FileOps, flags: int = NO_LINK) -> Iterator[int]:
    """Open a file for reading, and close it in the end; as a rule a link is not followed. Raises OSError."""
    fd = ops.open(path, os.O_RDONLY | flags)
    try:
        yield fd
    finally:
        ops.close(fd)


def read_all(fd: int, ops: FileOps) -> bytes:
    """Return the whole content of an open file, even if it has grown since it was opened."""
    chunks: list[bytes] = []
    offset = 0
    while chunk := ops.pread(fd, _CHUNK, offset):
        chunks.append(chunk)
        offset += len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def write_all(fd: int, data: bytes, ops: FileOps) -> None:
    """Write `data` from the start of an open file, in as many calls as it takes."""
    offset = 0
    while offset < len(data):
        written = ops.pwrite(fd, data[offset:], offset)
        if written <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        offset += written


def sync_folder(folder: Path, ops: FileOps) -> None:
    """Sync the entries of a folder to the disk; a file's name is durable only after this."""
    if system.FOLDER is None:
        return
    fd = ops.open(folder, system.FOLDER)
    try:
        ops.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FSYNC:  # some file systems have no such call: nothing more can be done there
            raise
    finally:
        ops.close(fd)


def make_folder(folder: Path, ops: FileOps) -> None:
    """Make a folder, and those above it that are missing; each is durable in the one above once this returns. Raises OSError."""
    try:
        ops.mkdir(folder)
    except FileExistsError:
        if not stat.S_ISDIR(ops.stat(folder).st_mode):
            raise
        return
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent, ops)
        ops.mkdir(folder)
    with contextlib.suppress(PermissionError):  # a folder may take new entries and not be readable
        sync_folder(folder.parent, ops)


def write_atomically(path: Path, data: bytes, ops: FileOps = REAL_FILES, mode: int = 0o600) -> None:
    """Replace the content of `path`: a reader, or a crash, sees the old content or the new, never a part.

    Returns once the new content and its name are on the disk. Raises OSError; the old content is then unchanged, unless only the last
    fsync of the folder failed. A temporary file is removed on every failure; what killed processes left of theirs, before that.
    """
    _sweep_dead(path, ops)
    temporary = _temporary(path)
    try:
        _write_temporary(temporary, data, ops, mode)
        ops.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            ops.unlink(temporary)
        raise
    sync_folder(path.parent, ops)


def write_new(path: Path, data: bytes, ops: FileOps = REAL_FILES, mode: int = 0o600) -> None:
    """Write a file that must not exist yet, as `write_atomically` does; FileExistsError when the name is taken."""
    _sweep_dead(path, ops)
    temporary = _temporary(path)
    try:
        _write_temporary(temporary, data, ops, mode)
        _name_exclusively(temporary, path, ops)
    except BaseException:
        with contextlib.suppress(OSError):
            ops.unlink(temporary)
        raise
    try:
        with contextlib.suppress(OSError):
            ops.unlink(temporary)
        sync_folder(path.parent, ops)
    except BaseException:  # the caller reports that nothing was written, so the file must not exist
        with contextlib.suppress(OSError):
            ops.unlink(path)
        raise


def sweep_temporaries(path: Path, ops: FileOps = REAL_FILES) -> None:
    """Remove the leftovers of attempts to write `path`; only for a file with one writer, who calls this. Raises OSError."""
    prefix, suffix = f".{path.name}.", ".tmp"
    for leftover in ops.listdir(path.parent):
        if leftover.name.startswith(prefix) and leftover.name.endswith(suffix):
            ops.unlink(leftover)


def left_by_the_dead(path: Path, ops: FileOps = REAL_FILES) -> bool:
    """Return whether a path is one of our temporary files whose process has ended."""
    found = re.fullmatch(_TEMPORARY, path.name)
    return found is not None and not ops.is_running(int(found["process"]))


def _sweep_dead(path: Path, ops: FileOps) -> None:
    """Remove what killed processes left of their attempts to write `path`; a file that stays does no harm, so nothing fails."""
    with contextlib.suppress(OSError):
        for leftover in ops.listdir(path.parent):
            if leftover.name.startswith(f".{path.name}.") and left_by_the_dead(leftover, ops):
                ops.unlink(leftover)


def _temporary(path: Path) -> Path:
    """Return a name in the same folder (a rename works only inside one file system) that no other process uses."""
    return path.with_name(f".{path.name}.{os.getpid()}.quarterdeck.tmp")


def _write_temporary(temporary: Path, data: bytes, ops: FileOps, mode: int) -> None:
    with contextlib.suppress(FileNotFoundError):
        ops.unlink(temporary)  # left by a killed process that had our number
    fd = ops.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK, mode)
    try:
        write_all(fd, data, ops)
        ops.fsync(fd)
    finally:
        ops.close(fd)


def _name_exclusively(temporary: Path, path: Path, ops: FileOps) -> None:
    try:
        ops.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: hold the name with an empty file, then put the content in its place
        fd = ops.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK)
        try:
            ops.close(fd)
            ops.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                ops.unlink(path)
            raise
