"""What a command says last: the next one to type. It is for people at a terminal only."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import typer

from sessions.errors import RecordError
from sessions.sanitize import visible

if TYPE_CHECKING:
    from sessions.library.library import Library, SessionRef


def is_watched() -> bool:
    """Return whether a person sees what is printed: neither a pipe nor a file gets it."""
    return sys.stdout.isatty() and sys.stderr.isatty()


def say_next(*words: str, library: Library | None = None, into: str = "") -> None:
    """Name the next command to type: its words, the library that it is about, and where its output goes."""
    if is_watched():
        from tui.environment import command_line, library_place  # noqa: PLC0415 - only for people

        if line := command_line(library.location if library else library_place(None), *words):
            typer.echo(f"Next: {visible(line)}{f' {into}' if into else ''}", err=True)


def say_next_of(library: Library, ref: SessionRef | None = None, *, page: bool = False) -> None:
    """Name what people do next with a session, or with the last one: open it; once it is closed, follow it, or write its page first."""
    if not is_watched():
        return

    with contextlib.suppress(RecordError):
        entries = library.entries()
        shown = [each for each in entries if not each.archived]
        entry = next((each for each in entries if library.ref(each) == ref), None) if ref else next(iter(shown), None)
        if not entries:
            say_next("new", "portfolio.csv", library=library)
        if entry is None or entry.problem:
            return
        alike = [each for each in shown if each.quarter == entry.quarter]
        name = entry.quarter if entry.quarter and alike == [entry] else entry.id
        if entry.state != "closed":
            say_next("open", name, library=library)
        elif page:
            say_next("summary", name, "-o", "summary.md", library=library)
        else:
            say_next("new", "portfolio.csv", "--after", name, library=library)
