"""Finding the session that a user's words mean."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from sessions.errors import RecordError
from sessions.library.index import Entry


class SessionNotFoundError(RecordError):
    """No session, or more than one, matches a reference."""


def names_a_file(reference: str) -> bool:
    """Return whether a reference is a path rather than an id: it has a folder or an ending."""
    return "/" in reference or os.sep in reference or bool(PurePath(reference).suffix)


def matching(entries: Sequence[Entry], reference: str, *, named: bool, location: str) -> Entry:
    """Return the session that an id, a unique part of one, a title, a quarter, or `last` means. An archived one is found by its id only.

    Raises:
        SessionNotFoundError: none matches, or several do.
    """
    shown = [entry for entry in entries if not entry.archived]
    if reference == "last" and shown:
        return shown[0]
    wanted = reference.casefold()
    for matches in (
        [entry for entry in entries if entry.id == reference],
        [entry for entry in shown if entry.quarter.casefold() == wanted],
        [entry for entry in shown if entry.title.casefold() == wanted],
        [entry for entry in entries if wanted and wanted in entry.id.casefold()],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            names = ", ".join(entry.id for entry in matches[:5])
            raise SessionNotFoundError(f"{len(matches)} sessions match {reference!r}: {names}. Name one of these ids.")
    if named:
        raise SessionNotFoundError(f"There is no file {reference!r}: check its name and folder.")
    if not shown and reference == "last":
        raise SessionNotFoundError(f"The library {location} holds no session yet: begin one with `quarterdeck new FILE`.")
    raise SessionNotFoundError(f"No session matches {reference!r}: `quarterdeck list` shows what there is.")
