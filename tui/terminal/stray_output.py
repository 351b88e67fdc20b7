"""What Python and its libraries write to stderr while the screen is shown: kept out of the terminal, and saved to a private file."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from io import FileIO, TextIOWrapper
from pathlib import Path
from typing import IO

from tui.terminal.crash_report import private_file


@contextlib.contextmanager
def stray_output_kept() -> Iterator[list[Path]]:
    """Send stderr to a file while it would go to the terminal. Yield a list that afterwards holds the file's path if anything was written."""
    found: list[Path] = []
    if not os.isatty(2):
        yield found
        return
    with _new_file() as kept:
        before = os.dup(2)
        os.dup2(kept.fileno(), 2)
        try:
            yield found
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.flush()
            os.dup2(before, 2)
            os.close(before)
            if kept.seek(0, os.SEEK_END):
                found += _saved(kept)


def _new_file() -> IO[bytes]:
    """Open a file without a name; the null device if there is no place for one."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return Path(os.devnull).open("w+b")


def _saved(kept: IO[bytes]) -> list[Path]:
    """Copy the output to a file that only the user can read; return its path, or nothing if that fails."""
    kept.seek(0)
    try:
        path, file = private_file("output")
        with file:
            shutil.copyfileobj(kept, file)
    except OSError:
        return []
    return [path]


def print_to_stderr() -> None:
    """Send Python's own output to where stderr leads now. Textual replaces both streams when it starts, and would drop what is printed.

    A stream of our own, because Python's stream for a console of Windows writes nowhere else.
    """
    sys.stdout = sys.stderr = TextIOWrapper(FileIO(2, "w", closefd=False), encoding="utf-8", errors="backslashreplace", write_through=True)


def sentence(path: Path) -> str:
    """Return the path of the stray output."""
    return f"Something wrote to stderr while the screen was shown: see {path}."
