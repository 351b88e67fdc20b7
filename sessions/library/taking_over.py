"""Taking a session over from the window that holds it: on request, recorded, and never while a ballot is open there."""

from __future__ import annotations

from sessions.commands.housekeeping import TakeOver
from sessions.errors import RecordError
from sessions.handling.dispatch import refusal
from sessions.library.library import HeldError, Library, OpenSession, SessionRef


def take_over(library: Library, ref: SessionRef) -> OpenSession:
    """Open a session, and lead it instead of the window that holds it.

    Raises:
        HeldError: this store does not let it be taken over.
        SessionError: a ballot is open, and its sealed ballots are with the other window.
        RecordError: it cannot be recorded.
    """
    try:
        return library.open(ref)  # no one holds it any more
    except HeldError as error:
        if not error.can_be_taken:
            raise
        taking = TakeOver(holder=error.holder)
    if refused := refusal(library.read(ref).session, taking):
        raise refused
    opened = library.open(ref, over=True)
    try:
        if opened.read_only:
            raise RecordError(opened.handle.reason)
        opened.live.perform(taking)
    except BaseException:
        opened.close()
        raise
    return opened
