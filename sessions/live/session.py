"""LiveSession: the one door into a session that is under way.

`perform(command)` decides, appends and fsyncs, folds, and tells the watchers, in this order: what a watcher sees is already on the disk.
A second window, a participant's terminal, a test: all come in through here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from sessions.commands.base import Command, CommandContext, SealedBallots, handle
from sessions.errors import RecordError
from sessions.record.events import BallotSealed, BallotsRevealed, Event, Recorded, RoundDropped, SessionOpened, slim
from sessions.state.fold import fold, replay
from sessions.state.history import BLOCK, Past, put_behind
from sessions.state.session import Session


class Clock(Protocol):
    """Where time comes from: the wall clock for what is shown, seconds that never run backwards for what is measured."""

    def now(self) -> str:
        """Return the time in UTC as ISO text, to the second: 2026-06-30T09:00:00Z."""
        ...

    def seconds(self) -> float:
        """Return monotonic seconds."""
        ...


class Log(Protocol):
    """Where events are written down for good: the journal of the library, or a list in a test."""

    @property
    def count(self) -> int:
        """Return how many records are written down."""
        ...

    def append(self, record: dict[str, Any]) -> object:
        """Write a record down; it is safe once this returns. Raises RecordError, and then nothing was written."""
        ...


class Urn(SealedBallots, Protocol):
    """The urn, as the live session sees it."""

    def settle(self, round_number: int, voice: str, seal: str) -> None:
        """Forget the voice's other ballots of the round: this one is recorded."""
        ...

    def discard(self, round_number: int) -> None:
        """Destroy the ballots of a round."""
        ...


Watcher = Callable[[Session, tuple[Recorded, ...]], None]


class LiveSession:
    """A session under way: `session` is its state now, `recordeds` all that happened, packed in blocks of so many events."""

    def __init__(
        self, recordeds: Sequence[Recorded], log: Log, urn: Urn, clock: Clock, by: str = "", *, block: int = BLOCK
    ) -> None:
        self.recordeds = Past(recordeds, block)
        self._log = log
        self._urn = urn
        self._clock = clock
        self._watchers: list[Watcher] = []
        self.session = replay(recordeds)
        self._told = len(self.recordeds)
        self._unsettled: tuple[Recorded, Session] | None = None
        self.by = by or self.session.facilitator
        # The timer goes on from the last recorded action: the time in which nobody had the session open does not count.
        self._started = clock.seconds() - self.session.elapsed

    @classmethod
    def begin(cls, opened: SessionOpened, log: Log, urn: Urn, clock: Clock, *, block: int = BLOCK) -> LiveSession:
        """Start a session by writing its first event."""
        recorded = Recorded(1, clock.now(), opened.facilitator, 0, opened)
        log.append(recorded.as_record())
        return cls([recorded], log, urn, clock, block=block)

    @property
    def elapsed(self) -> int:
        """Return the session's seconds now."""
        return max(self.session.elapsed, int(self._clock.seconds() - self._started))

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call the watcher after every command that changed something, once; give the way to stop it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def perform(self, command: Command) -> tuple[Recorded, ...]:
        """Carry a command out and give what was recorded.

        Raises:
            SessionError: the command breaks a rule; nothing happened.
            RecordError: it could not be written down; nothing happened that was not recorded.
        """
        self._settle()
        self._tell()
        elapsed = self.elapsed
        events = handle(self.session, command, CommandContext(self._urn, elapsed))
        before = len(self.recordeds)
        try:
            for event in events:
                self._record(event, elapsed)
        finally:
            # Even where a later event could not be written, the earlier ones are on the disk and hold.
            self._tell()
        return tuple(self.recordeds[before:])

    def _record(self, event: Event, elapsed: int) -> None:
        recorded = Recorded(self.session.seq + 1, self._clock.now(), self.by, elapsed, slim(event))
        # Folded before it is written: an event that does not fold must never reach the disk.
        self._unsettled = recorded, fold(self.session, recorded)
        self._log.append(recorded.as_record())
        self._settle()

    def _settle(self) -> None:
        """Take over the event that is on its way, if the log holds it: also one that an interrupt kept from being taken over at once."""
        if self._unsettled is None:
            return
        recorded, after = self._unsettled
        if self._log.count >= recorded.seq:
            self.session = after
            if self.recordeds[-1].seq < recorded.seq:
                self._take(recorded)
            self._tidy_urn(recorded.event)
        self._unsettled = None

    def _take(self, recorded: Recorded) -> None:
        """Take an event into the past; when older ones were packed for it, the history holds those no longer either."""
        if self.recordeds.append(recorded):
            done, undone = (put_behind(link, self.recordeds) for link in (self.session.done, self.session.undone))
            self.session = self.session.evolve(done=done, undone=undone)

    def _tidy_urn(self, event: Event) -> None:
        """Take out of the urn what the record does not need there any more."""
        try:
            if isinstance(event, BallotSealed):
                self._urn.settle(event.round, event.voice, event.seal)
            elif isinstance(event, (BallotsRevealed, RoundDropped)):
                self._urn.discard(event.round)
        except RecordError:
            # The event is recorded and stands; the urn is tidied again when the session is opened next.
            return

    def _tell(self) -> None:
        """Tell the watchers what they have not been told yet."""
        news = tuple(self.recordeds[self._told :])
        if news:
            self._told = len(self.recordeds)
            for watcher in tuple(self._watchers):
                watcher(self.session, news)


class ListLog:
    """A log in memory, for tests and for what is not meant to last."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []

    @property
    def count(self) -> int:
        """Return how many records there are."""
        return len(self.records)

    def append(self, record: dict[str, Any]) -> None:
        """Keep a record."""
        self.records.append(record)


class DictUrn:
    """An urn in memory, with seals that count up, for tests."""

    def __init__(self) -> None:
        self.ballots: dict[tuple[int, str], dict[str, Any]] = {}

    def seal(self, round_number: int, voice: str, ballot: dict[str, Any]) -> str:
        """Keep a ballot and give its seal."""
        seal = f"{len(self.ballots) + 1:064x}"
        self.ballots[round_number, seal] = ballot
        return seal

    def settle(self, round_number: int, voice: str, seal: str) -> None:
        """Nothing to forget: a seal is never reused."""

    def open_seals(self, round_number: int, seals: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return (salt, ballot) by voice."""
        return {voice: ("", self.ballots[round_number, seal]) for voice, seal in seals.items()}

    def discard(self, round_number: int) -> None:
        """Destroy the ballots of a round."""
        self.ballots = {key: ballot for key, ballot in self.ballots.items() if key[0] != round_number}
