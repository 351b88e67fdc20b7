"""Paths as people read and type them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from rich.cells import cell_len

from tui.text import fit, settled


def short_path(path: Path, room: int) -> str:
    """Return a path for people: `~` for the home folder, and its end where it is too long for `room` cells."""
    text = settled(str(path))
    with contextlib.suppress(ValueError, RuntimeError):  # it does not lie in the home folder, or there is none
        text = settled(f"~/{path.relative_to(Path.home())}")
    if cell_len(text) <= room:
        return text
    return fit(f"…/{path.name}", room).rstrip()


def named(text: str, folder: Path) -> Path:
    """Return the path that a typed text means: `~` is the home folder, and what is relative lies in `folder`."""
    path = Path(text.strip())
    with contextlib.suppress(RuntimeError):  # there is no home folder: the sign stands for itself
        path = path.expanduser()
    return folder / path
