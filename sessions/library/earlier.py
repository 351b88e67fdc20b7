"""The sessions before one in its series, read from the library as far as they can be read."""

from __future__ import annotations

import contextlib

from sessions.errors import RecordError
from sessions.library.library import Library
from sessions.library.series import series_up_to
from sessions.state.session import Session


def earlier_sessions(library: Library, session: Session) -> list[Session]:
    """Return the sessions before one in its series, the first one first, without those that are missing or cannot be read. Raises RecordError."""
    if session.past is None:
        return []
    entries = library.entries()
    known = {each.session: each for each in reversed(entries) if each.session}
    last = known.get(session.past.session) or known.get(session.id)
    found = []
    for entry in series_up_to(entries, last).entries if last else ():
        with contextlib.suppress(RecordError):  # the others are enough
            if entry.session != session.id:
                found.append(library.read(library.ref(entry)).session)
    return found
