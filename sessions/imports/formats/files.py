"""Read the bytes of a file to import.

Never too many, and never from anything but a file. Everything that a portfolio, a list of people or a file of
ballots has in common as a file is dealt with here.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sessions.disk.files import REAL_FILES
from sessions.errors import PortfolioError
from sessions.imports.formats import limits
from sessions.imports.formats.unread import OLD_OFFICE, ZIP
from sessions.sanitize import clean


def source_name(path: Path) -> str:
    """Return the file's name as shown to the user."""
    return clean(path.name or str(path), 100) or "the file"  # neither `.` nor `/` has a name


def read_bytes(path: Path) -> bytes:
    """Read a regular file of at most `limits.FILE_BYTES`. Raises PortfolioError with the reason if that cannot be done."""
    name = source_name(path)
    try:
        handle = REAL_FILES.open(path, os.O_RDONLY)
    except FileNotFoundError:
        raise PortfolioError(f"{name}: there is no such file.") from None
    except PermissionError as error:
        what = "this is a folder, not a file" if os.path.isdir(path) else "it may not be read (no permission)"  # noqa: PTH112 - below a locked folder Path.is_dir raises
        raise PortfolioError(f"{clean(str(path), 100)}: {what}.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be a file's"
        raise PortfolioError(f"{name}: it cannot be opened ({reason}).") from error
    try:
        _refuse_what_is_no_file(os.fstat(handle), clean(str(path), 100))
    except PortfolioError:
        os.close(handle)
        raise
    with os.fdopen(handle, "rb") as file:
        try:
            # The file may have grown since `fstat`.
            data = file.read(limits.FILE_BYTES + 1)
        except OSError as error:
            raise PortfolioError(f"{name}: it cannot be read ({error.strerror}).") from error
    if len(data) > limits.FILE_BYTES:
        raise _too_large(name)
    return data


def _refuse_what_is_no_file(status: os.stat_result, name: str) -> None:
    """Refuse what is not a regular file, or too large, before a byte of it is read."""
    if stat.S_ISDIR(status.st_mode):
        raise PortfolioError(f"{name}: this is a folder, not a file.")
    if not stat.S_ISREG(status.st_mode):
        raise PortfolioError(f"{name}: this is a pipe or a device, not a file.")
    if status.st_size > limits.FILE_BYTES:
        raise _too_large(name)


def _too_large(name: str) -> PortfolioError:
    return PortfolioError(
        f"{name}: the file is larger than {limits.megabytes()}, the most that is read; leave out what the session does not need."
    )


def is_spreadsheet(data: bytes) -> bool:
    """Return whether a file begins as spreadsheets do. Their reader checks what it really is."""
    return data.startswith((*ZIP, OLD_OFFICE))
