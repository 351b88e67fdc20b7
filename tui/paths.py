"""Paths as people read and type them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from rich.cells import cell_len

from tui.environment import is_address
from tui.text import fit, fixed_width

_IN_A_NAME = 4
"""The most semicolons that one file name can have."""

def short_path(path: Path, room: int) -> str:
    """Return a path for people: `~` for the home folder, and only its end if it is longer than `room` cells."""
    text = fixed_width(str(path))
    with contextlib.suppress(ValueError, RuntimeError):  # it is not in the home folder, or there is none
        text = fixed_width(str(Path("~") / path.relative_to(Path.home())))
    if cell_len(text) <= room:
        return text
    return fit(f"…{os.sep}{path.name}", room).rstrip()


def short_place(location: str, room: int) -> str:
    """Return the place of a library, for people: a folder as `short_path` does, or an address."""
    return fit(location, room).rstrip() if is_address(location) else short_path(Path(location), room)


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder; False for one that the system refuses, which `Path.is_dir` raises for."""
    return os.path.isdir(path)  # noqa: PTH112


def named_files(text: str, folder: Path) -> tuple[Path, ...]:
    """Return the files that a typed text means, separated by semicolons, unless one is in the name of a file; none for no text."""
    parts, files = text.split(";"), list[Path]()
    while parts:
        joined = ((count, path_meant(";".join(parts[:count]), folder)) for count in range(min(len(parts), _IN_A_NAME + 1), 1, -1))
        count, path = next((each for each in joined if os.path.lexists(each[1])), (1, path_meant(parts[0], folder)))
        if any(part.strip() for part in parts[:count]):
            files.append(path)
        parts = parts[count:]
    return tuple(files)


def path_meant(text: str, folder: Path) -> Path:
    """Return the path that a typed text means: `~` is the home folder, and a relative path starts at `folder`.

    Quotation marks around it come from Windows, which copies a path with them, or from a terminal on which a file was dropped.
    """
    text = text.strip()
    path = Path(text[1:-1] if len(text) > 2 and text[0] == text[-1] in ('"', "'") else text)
    with contextlib.suppress(RuntimeError):  # without a home folder `~` is a name like any other
        path = path.expanduser()
    return folder / path
