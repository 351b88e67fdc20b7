"""Libraries that are thrown away when the program ends: the demo's."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from sessions.record.library import Library
from tui.system import open_library

_thrown_away: set[Path] = set()


def is_thrown_away(folder: Path) -> bool:
    """Say whether a library will be deleted when the program ends."""
    return folder in _thrown_away


def throw_away_library() -> Library:
    """Give an empty library in a folder that is deleted when the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="quarterdeck-demo-"))
    _thrown_away.add(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_library(folder)
