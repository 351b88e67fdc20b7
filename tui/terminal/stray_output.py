"""What anything but the screen writes while the screen is shown: kept out of the terminal, and put into a private file afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tui.terminal.crash_report import private_file

_STREAMS = (1, 2)
_prints: list[IO[str]] = []
"""Where printed text goes while strays are kept: empty, or one file."""


@contextlib.contextmanager
def strays_kept() -> Iterator[list[Path]]:
    """Send whatever is written to stdout and stderr into a file, down to what libraries in C write; a stream that is no terminal stays.

    Gives a list that holds that file's path afterwards, where anything was written.
    """
    found: list[Path] = []
    with _new_file() as kept, os.fdopen(os.dup(kept.fileno()), "w", encoding="utf-8", errors="backslashreplace") as prints:
        before = {number: os.dup(number) for number in _STREAMS if os.isatty(number)}
        for number in before:
            os.dup2(kept.fileno(), number)
        _prints.append(prints)
        try:
            yield found
        finally:
            _prints.remove(prints)
            for file in (prints, sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError):
                    file.flush()
            for number, original in before.items():
                os.dup2(original, number)
                os.close(original)
            if kept.seek(0, os.SEEK_END):
                found += _saved(kept)


def _new_file() -> IO[bytes]:
    """Open a file without a name for strays; without a place for it they are dropped."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return Path(os.devnull).open("w+b")


def _saved(kept: IO[bytes]) -> list[Path]:
    """Copy what was kept to a file that only the user can read; nothing where that fails."""
    kept.seek(0)
    try:
        path, file = private_file("output")
        with file:
            shutil.copyfileobj(kept, file)
    except OSError:
        return []
    return [path]


def catch_prints() -> None:
    """Have what Python prints join the strays. Textual puts streams of its own in the way when it begins, which drop it."""
    if _prints:
        sys.stdout = sys.stderr = _prints[-1]


def sentence(path: Path) -> str:
    """Return where the strays are."""
    return f"While the screen was shown, something else wrote to the terminal: it is in {path}."
