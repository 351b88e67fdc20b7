"""The report of a crash: one sentence on the screen, and the traceback without values in a private file."""

from __future__ import annotations

import os
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def private_file(what: str) -> tuple[Path, BinaryIO]:
    """Create a temporary file that only the user can read; return its path and the open file.

    Raises:
        OSError: the file cannot be created.
    """
    name = f"quarterdeck-{what}-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    path = Path(tempfile.gettempdir()) / name
    return path, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def write_crash(error: BaseException) -> Path | None:
    """Write a traceback without values (they could be ballots) to a file that only the user can read; None if that fails."""
    lines = "\n".join(part for each in _chain(error) for part in _described(each))
    try:
        path, file = private_file("crash")
        with file:
            file.write(lines.encode("utf-8", "backslashreplace"))
    except OSError:
        return None
    return path


def root(error: BaseException) -> BaseException:
    """Return the error that another one wraps, as a worker's does."""
    while isinstance(carried := getattr(error, "error", None), BaseException) and carried is not error:
        error = carried
    return error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Return an error and its causes, the first cause first."""
    chain: list[BaseException] = []
    each: BaseException | None = root(error)
    while each is not None and each not in chain:
        chain.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return reversed(chain)


def _described(error: BaseException) -> Iterator[str]:
    """Return the stack of an error and its type, line by line."""
    yield "Where (the latest call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield f"{type(error).__module__}.{type(error).__qualname__}{_known(error)}\n"
    for part in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        for each in _chain(part):
            yield f"One of the {type(error).__name__}:"
            yield from _described(each)


def _known(error: BaseException) -> str:
    """Return the operating system's text for an error. Python's own message is omitted: it may quote a ballot or the name of a file."""
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return f": [Errno {error.errno}] {os.strerror(error.errno)}"
    return " (its message is omitted: it may quote what was typed)"


def sentence(error: BaseException, log: Path | None, resume: str = "quarterdeck open last") -> str:
    """Return what is shown instead of a traceback. `resume` is the command that resumes the session, or empty if there was none."""
    where = f" Details: {log}" if log else ""
    saved = f" Your work is saved; resume with `{resume}`." if resume else ""
    return f"Quarterdeck crashed ({type(root(error)).__name__}).{saved}{where}"
