"""A moment of a replay, in the shape of a live session, for the screens that read one. Nothing can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sessions.commands.base import Command
from sessions.errors import SessionError
from sessions.live.broadcast import Watcher
from sessions.record.events import ORDER_METHODS, Recorded
from sessions.state.session import Round, Session


@dataclass(frozen=True, slots=True)
class Moment:
    """A session as it was, with what had happened until then."""

    session: Session
    recordeds: tuple[Recorded, ...] = ()

    @property
    def elapsed(self) -> int:
        """Return the session's seconds at this moment: its clock stands still."""
        return self.session.elapsed

    def watch(self, _watcher: Watcher) -> Callable[[], None]:
        """Return nothing: nothing happens to a moment."""
        return lambda: None

    def perform(self, _command: Command) -> tuple[Recorded, ...]:
        """Refuse. Raises SessionError."""
        raise SessionError("This is a replay: nothing can be changed here.")


def moment_of(session: Session, round_: Round, recordeds: tuple[Recorded, ...]) -> Moment:
    """Return the moment in which a round that asked for an order is the latest one: later orders are left out, all else stays."""
    later = [each for each in session.rounds[round_.opened.round :] if each.opened.method in ORDER_METHODS]
    return Moment(session.evolve(rounds=session.rounds[: round_.opened.round]) if later else session, recordeds)
