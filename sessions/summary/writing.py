"""Write the summary to a file: whole or not at all, and never over something that someone else wrote.

A page of ours ends with a line that holds the hash of everything above it. So a page that no one edited may be rewritten without
asking, and a page that someone edited, or any other file, may not.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sessions.disk.files import (
    FULL_DISK,
    NOT_WRITABLE,
    REAL_FILES,
    FileOps,
    os_error_text,
    printable_path,
    read_all,
    reading,
    write_atomically,
    write_new,
)
from sessions.errors import RecordError
from sessions.state.session import Session
from sessions.wording import slug

_SEAL = "<!-- Quarterdeck wrote this page; sha256 of what is above: {} -->\n"
_SEALED = re.compile(rb"(?P<page>.*\n)" + _SEAL.encode().replace(b"{}", rb"(?P<hash>[0-9a-f]{64})"), re.DOTALL)
_LARGEST = 10_000_000
"""Bytes of the largest file that is looked at: none of our pages is longer."""
_MODE = 0o666
"""A summary is made to be passed on: the user's umask decides who may read it, as for any document."""
_NAME_LIMIT = 60


class WouldOverwriteError(RecordError):
    """There is a file already that Quarterdeck did not write, or that was changed since."""


class SummaryNotWrittenError(RecordError):
    """The summary could not be written; nothing was changed."""


def sealed(text: str) -> str:
    """Return a page with a last line by which it is known as ours, and as untouched."""
    page = text.rstrip("\n") + "\n\n"
    return page + _SEAL.format(sha256(page.encode()).hexdigest())


def is_ours(content: bytes) -> bool:
    """Return whether a file's content is one of our pages that no one edited."""
    match = _SEALED.fullmatch(content)
    return match is not None and sha256(match["page"]).hexdigest().encode() == match["hash"]


def write_summary(path: Path, text: str, *, replace: bool = False, ops: FileOps = REAL_FILES) -> None:
    """Seal a page and write it to a file: a reader, or a crash, sees the whole page or what was there before.

    A link is never followed: with `replace` the link itself gives way, and what it points to stays.

    Raises:
        WouldOverwriteError: a file is there that is not one of our pages, untouched, and `replace` is off.
        SummaryNotWrittenError: the path cannot be written; its text says why, and what to do.
    """
    data = sealed(text).encode()
    with _explaining(path):
        if not _stands(path, ops):
            write_new(path, data, ops, _MODE)
        else:
            if not replace:
                _check_ours(path, ops)
            write_atomically(path, data, ops, _MODE)


def write_pages(pages: Mapping[Path, str], *, replace: bool = False) -> None:
    """Write the forms of a page, each as `write_summary` does; none of them if one would overwrite what someone else wrote."""
    if not replace:
        for path in pages:
            with _explaining(path):
                if _stands(path, REAL_FILES):
                    _check_ours(path, REAL_FILES)
    for path, text in pages.items():
        write_summary(path, text, replace=replace)


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """Raise what the system refuses as an error that says why, and what to do."""
    try:
        yield
    except FileExistsError:
        raise _would_overwrite(path) from None
    except (OSError, ValueError) as error:
        raise SummaryNotWrittenError(_explained(path, error)) from error


def _check_ours(path: Path, ops: FileOps) -> None:
    if not is_ours(_content(path, ops)):
        raise _would_overwrite(path)


def default_name(session: Session) -> str:
    """Return the file name of a session's summary: quarterdeck-2026-q3-larkfield-supply.md."""
    name = re.sub(r"\([^()]*\)", " ", session.portfolio.name).strip() or session.title
    quarter, what = slug(session.quarter or session.portfolio.quarter, _NAME_LIMIT), slug(name, _NAME_LIMIT)
    words = ("quarterdeck", "" if quarter in what else quarter, what)
    stem = "-".join(word for word in words if word)[:_NAME_LIMIT].strip("-")
    return f"{stem}.md"


def _stands(path: Path, ops: FileOps) -> bool:
    """Return whether the name is taken; refuse anything but a file."""
    try:
        kind = ops.lstat(path).st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(kind) and not stat.S_ISLNK(kind):
        raise SummaryNotWrittenError(f"{printable_path(path)} is not a file that a summary can be written to: choose another name.")
    return True


def _content(path: Path, ops: FileOps) -> bytes:
    """Return what is in a file; nothing for a link, or for what is too large to be a page."""
    try:
        with reading(path, ops) as fd:
            found = ops.fstat(fd)
            return read_all(fd, ops) if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST else b""
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EACCES):
            return b""
        raise


def _would_overwrite(path: Path) -> WouldOverwriteError:
    return WouldOverwriteError(
        f"{printable_path(path)} is there already, and is not an unedited page of Quarterdeck: choose another name, or replace it."
    )


def _explained(path: Path, error: OSError | ValueError) -> str:
    """Return in one sentence why a path could not be written, and what to do."""
    start = f"The page was not written to {printable_path(path)}:"
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EISDIR:
        return f"{start} it is a folder, name a file in it."
    if number in (errno.ENOENT, errno.ENOTDIR):
        return f"{start} there is no folder {printable_path(path.parent)}, create it or choose another place."
    if number in NOT_WRITABLE:
        return f"{start} this folder may not be written to, choose another place."
    if number in FULL_DISK:
        return f"{start} the disk is full, make room or choose another place."
    return f"{start} {os_error_text(error) if isinstance(error, OSError) else 'this is not a name a file can have'}, choose another name."
