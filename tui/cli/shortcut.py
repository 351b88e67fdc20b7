"""The few command lines that open a screen, read without Typer, whose import would be a tenth of the way to the first frame.

Only what is said plainly is read here. Whatever takes knowing all commands and options, a mistake above all, is Typer's to understand.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tui.cli.screens import Chosen, home_screen, library_in, open_demo, open_screen, open_session, replay_session

_FLAGS = {"": "--light", "open": "--read-only", "replay": "", "demo": ""}
"""The commands that are read, by name; nothing opens the library. What stands beside each may be said with it."""
_OF_SESSIONS = ("open", "replay")


class Asked(NamedTuple):
    """A screen that was asked for."""

    command: str = ""
    session: str = ""
    library: Path | None = None
    flags: frozenset[str] = frozenset()


def read(words: Sequence[str]) -> Asked | None:
    """Read a command line; None where Typer must read it."""
    if "_QUARTERDECK_COMPLETE" in os.environ:  # a shell asks what could be typed
        return None
    asked = Asked()
    rest = iter(words)
    for word in rest:
        if word == "--library":
            word = f"--library={next(rest, '')}"  # noqa: PLW2901 - the same, said in one word
        more = _with(asked, word)
        if more is None:
            return None
        asked = more
    return asked


def _with(asked: Asked, word: str) -> Asked | None:
    name, _, value = word.partition("=")
    if name == "--library":
        return asked._replace(library=Path(value)) if value and not value.startswith("-") else None
    if word and word == _FLAGS[asked.command]:
        return asked._replace(flags=asked.flags | {word})
    if not word or word.startswith("-"):
        return None
    if not asked.command:
        return asked._replace(command=word) if word in _FLAGS else None
    return asked._replace(session=word) if asked.command in _OF_SESSIONS and not asked.session else None


def take(asked: Asked) -> bool:
    """Open what was asked for; raises SystemExit at its end. False where there is something to be asked first, as another command line does."""
    Chosen.library, Chosen.light = asked.library, "--light" in asked.flags
    match asked.command:
        case "open":
            return _open(asked.session or "last", read_only="--read-only" in asked.flags)
        case "replay":
            replay_session(library_in(None), asked.session or "last")
        case "demo":
            open_demo(asked.library)
        case _:
            open_screen(library_in(None), home_screen)
    return True


def _open(session: str, *, read_only: bool) -> bool:
    from sessions.store.tinydb.holder import SessionLockedError  # noqa: PLC0415 - only for this command
    from tui.terminal.ownership import check_terminal  # noqa: PLC0415

    library = library_in(None)
    path = library.find(session)
    check_terminal()
    try:
        opened = library.open(path, read_only=read_only)
    except SessionLockedError:
        return False
    with opened:
        open_session(library, opened)
    return True
