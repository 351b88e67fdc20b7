"""What is left behind when the app itself fails: one calm sentence on the screen, and the traceback, without any values, in a private file."""

from __future__ import annotations

import os
import tempfile
import time
import traceback
from pathlib import Path


def write_crash(error: BaseException) -> Path | None:
    """Write a traceback without local variables (they could hold ballots) to a file that only the user can read; None where that fails."""
    lines = "".join(traceback.format_exception(type(error), error, error.__traceback__, chain=True))
    name = f"quarterdeck-crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    path = Path(tempfile.gettempdir()) / name
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8", errors="replace") as file:
            file.write(lines)
    except OSError:
        return None
    return path


def sentence(error: BaseException, log: Path | None) -> str:
    """Give what is shown instead of a traceback."""
    where = f"; the technical details are in {log}" if log else ""
    return (
        f"Quarterdeck stopped on an error of its own ({type(error).__name__}){where}. "
        "Every action that was shown as done is saved: go on with `quarterdeck open last`."
    )
