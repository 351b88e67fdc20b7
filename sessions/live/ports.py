"""What a live session needs from outside, as protocols: clock, log, urn; and the part of it that screens read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sessions.commands.base import Actor, Command, SealedBallots
from sessions.deciding.session_plan import PlanCache
from sessions.errors import SessionError
from sessions.live.broadcast import Watcher
from sessions.record.codec import Recorded
from sessions.rounds.results import ResultCache
from sessions.state.session import Session


class Clock(Protocol):
    """The wall clock for what is shown, and seconds that never run backwards for what is measured."""

    def now(self) -> str:
        """Return the time in UTC as ISO text, to the second: 2026-06-30T09:00:00Z."""
        ...

    def seconds(self) -> float:
        """Return monotonic seconds."""
        ...


class Log(Protocol):
    """Where events are recorded for good: the journal of the library, or a list in a test."""

    @property
    def count(self) -> int:
        """Return the number of records written so far."""
        ...

    def append_all(self, records: Sequence[dict[str, Any]]) -> object:
        """Write records, all or none; they are safe once this returns. Raises RecordError when none was written."""
        ...


class Urn(SealedBallots, Protocol):
    """The urn, as the live session sees it."""

    def batch(self) -> AbstractContextManager[None]:
        """Hold all changes back and write them together at the end of the block; when it raises, write nothing."""
        ...

    def keep_latest(self, round_number: int, voice: str, seal: str) -> None:
        """Forget the voter's other ballots of the round: this one is recorded."""
        ...

    def discard(self, round_number: int) -> None:
        """Destroy the ballots of a round."""
        ...


class StoredSeats(Protocol):
    """What a room keeps of its seats, as bytes."""

    def read(self) -> bytes:
        """Return what was written last; empty if there is nothing, or it cannot be read."""
        ...

    def write(self, data: bytes) -> None:
        """Keep these bytes for good; if they are empty, forget everything. Raises RecordError."""
        ...


Asked = Command | tuple[Command, Actor]
"""A command of the facilitator, or a command and who gives it."""
Answer = tuple[Recorded, ...] | SessionError
"""What became of a command: the events recorded, or the refusal."""


class ReadableSession(Protocol):
    """A session as screens see it: live, or a snapshot of a replay, which refuses every command."""

    @property
    def session(self) -> Session:
        """Return the session as it is now."""
        ...

    @property
    def recordeds(self) -> Sequence[Recorded]:
        """Return all that happened, in order."""
        ...

    @property
    def plans(self) -> PlanCache:
        """Return the latest plan of the session."""
        ...

    @property
    def results(self) -> ResultCache:
        """Return the results of the revealed rounds."""
        ...

    @property
    def elapsed(self) -> int:
        """Return the session's seconds now."""
        ...

    @property
    def followed(self) -> bool:
        """Return whether the next session of its series was closed: then this one, once closed, accepts no more commands."""
        ...

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call the watcher after every change; return the function that stops it."""
        ...

    def perform(self, command: Command, actor: Actor | None = None) -> tuple[Recorded, ...]:
        """Carry a command out and return what was recorded. Raises SessionError or RecordError."""
        ...

    def perform_all(self, commands: Iterable[Asked]) -> list[Answer]:
        """Carry commands out together and return an answer for each. Raises RecordError."""
        ...
