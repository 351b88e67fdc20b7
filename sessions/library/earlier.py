"""The sessions before one in its series: their entries in the library, and themselves as far as they can be read."""

from __future__ import annotations

import contextlib

from sessions.errors import RecordError
from sessions.library.index import Entry
from sessions.library.library import Library
from sessions.library.series import series_up_to
from sessions.state.session import Session


def series_before(library: Library, session: Session) -> tuple[Entry, ...]:
    """Return the entries of the sessions that a session follows, the oldest first. Raises RecordError."""
    if session.past is None:
        return ()
    entries = library.entries()
    known = {each.session: each for each in reversed(entries) if each.session}
    last = known.get(session.id) or known.get(session.past.session)
    return tuple(each for each in (series_up_to(entries, last).entries if last else ()) if each.session != session.id)


def earlier_sessions(library: Library, session: Session) -> list[Session]:
    """Return the sessions that one follows, the oldest first, without those that are missing or cannot be read. Raises RecordError."""
    found = []
    for entry in series_before(library, session):
        with contextlib.suppress(RecordError):  # the others are enough
            found.append(library.read(library.ref(entry)).session)
    return found
