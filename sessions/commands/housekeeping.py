"""Commands on a session as a whole, which the library gives: rename it, archive it, reopen it. A closed session takes them too."""

from __future__ import annotations

from typing import ClassVar

from sessions.commands.base import Command, CommandContext, handles, require_text
from sessions.errors import SessionError
from sessions.portfolio.models import TITLE_LIMIT
from sessions.record import events as ev
from sessions.record.events import Event
from sessions.sanitize import clean
from sessions.state.session import Session
from sessions.wording import plural


class RenameSession(Command):
    """Change the title of the session."""

    always: ClassVar[bool] = True
    title: str


class ArchiveSession(Command):
    """List the session only on request; or, with `archived` off, with the others again."""

    always: ClassVar[bool] = True
    archived: bool = True


class ReopenSession(Command):
    """Open a closed session again, in the phase in which it was closed."""

    after_the_end: ClassVar[bool] = True


class TakeOver(Command):
    """Lead the session from here on, instead of the window that `holder` describes."""

    always: ClassVar[bool] = True
    holder: str


@handles(TakeOver)
def _take_over(session: Session, command: TakeOver, _: CommandContext) -> list[Event]:
    if round_ := session.open_round:
        cast = f" with {plural(len(round_.seals), 'sealed ballot')}" if round_.seals else ""
        raise SessionError(f"A ballot is open{cast}, which cannot leave the other window: reveal or cancel it there first.")
    return [ev.SessionTakenOver(old=clean(command.holder, TITLE_LIMIT))]


@handles(RenameSession)
def _rename(session: Session, command: RenameSession, _: CommandContext) -> list[Event]:
    title = require_text(command.title, "A session needs a title.", TITLE_LIMIT)
    return [] if title == session.title else [ev.SessionRenamed(title=title, old=session.title)]


@handles(ArchiveSession)
def _archive(session: Session, command: ArchiveSession, _: CommandContext) -> list[Event]:
    if command.archived == session.archived:
        already = "is archived already" if session.archived else "is not archived: `quarterdeck list --all` shows those that are"
        raise SessionError(f"The session {already}.")
    return [ev.SessionArchived(archived=command.archived)]


@handles(ReopenSession)
def _reopen(session: Session, _command: ReopenSession, _: CommandContext) -> list[Event]:
    if not session.closed:
        raise SessionError("The session is not closed: just open it.")
    return [ev.SessionReopened()]
