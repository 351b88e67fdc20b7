"""A replayed session at one point, as a ReadableSession, for the screens that show one. It refuses every command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sessions.commands.base import Actor, Command
from sessions.deciding.session_plan import PlanCache
from sessions.errors import SessionError
from sessions.live.broadcast import Watcher
from sessions.live.ports import Answer, Asked
from sessions.record.events import Recorded
from sessions.rounds.results import ResultCache
from sessions.state.rounds import Round
from sessions.state.session import Session


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class ReplaySnapshot:
    """A session as it was at one point."""

    session: Session
    recordeds: tuple[Recorded, ...] = ()
    plans: PlanCache = field(default_factory=PlanCache)
    results: ResultCache = field(default_factory=ResultCache)

    @property
    def followed(self) -> bool:
        """Return False: a snapshot takes in nothing new."""
        return False

    @property
    def elapsed(self) -> int:
        """Return the session's seconds at this point: its clock does not run."""
        return self.session.elapsed

    def watch(self, _watcher: Watcher) -> Callable[[], None]:
        """Return a function that does nothing: a snapshot never changes."""
        return lambda: None

    def perform(self, _command: Command, _actor: Actor | None = None) -> tuple[Recorded, ...]:
        """Refuse. Raises SessionError."""
        raise _refusal()

    def perform_all(self, commands: Iterable[Asked]) -> list[Answer]:
        """Return a refusal for each command."""
        return [_refusal() for _ in commands]


def _refusal() -> SessionError:
    return SessionError("This is a replay: nothing can be changed here.")


def snapshot_of(session: Session, round_: Round, recordeds: tuple[Recorded, ...]) -> ReplaySnapshot:
    """Return the snapshot in which a revealed order is the latest one: later orders are omitted, everything else stays."""
    later = [each for each in session.rounds[round_.opened.round :] if each.opened.asks_order]
    return ReplaySnapshot(session._replace(rounds=session.rounds[: round_.opened.round]) if later else session, recordeds)
