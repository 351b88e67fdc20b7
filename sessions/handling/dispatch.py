"""Handling a command: whether the actor may give it, what it leads to, and the same without doing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sessions.commands.base import HANDLERS, Actor, Command, CommandContext, SessionIsClosedError
from sessions.errors import SessionError
from sessions.record.base import Event
from sessions.state.session import Session


def handle(session: Session, command: Command, context: CommandContext) -> list[Event]:
    """Return the events that a command leads to; an empty list when nothing changes.

    Raises:
        SessionError: the command breaks a rule; its text names the rule and what to do.
    """
    if session.closed and context.followed and not command.always:
        raise SessionIsClosedError("The next session of this series is closed as well: this one can only be replayed.")
    if session.closed and not command.fits_the_end(session):
        raise SessionIsClosedError("This session is closed: replay it, reopen it in the library, or start a new one from its portfolio.")
    if context.actor.person != session.facilitator:
        # Imported here because the table loads the ballots, and the facilitator, who may give them all, waits for the first frame.
        from sessions.handling.permissions import check_permitted  # noqa: PLC0415

        check_permitted(session, command, context.actor)
    return HANDLERS[type(command)](session, command, context)


def preview(session: Session, command: Command, actor: Actor | None = None) -> list[Event]:
    """Return the events that a command would lead to now, without doing it. Raises SessionError like `handle`."""
    return handle(session, command, CommandContext(_NoBallots(), session.elapsed, actor or Actor(session.facilitator)))


def refusal(session: Session, command: Command, actor: Actor | None = None) -> SessionError | None:
    """Return the reason why a command cannot be carried out now, or None when it can."""
    try:
        preview(session, command, actor)
    except SessionError as error:
        return error
    return None


class _NoBallots:
    """An urn that keeps nothing, for a command that is not carried out."""

    def seal(self, round_number: int, voice: str, ballot: dict[str, Any]) -> str:
        """Return an empty seal."""
        return ""

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return no ballot."""
        return {}
