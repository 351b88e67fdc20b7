"""LiveSession: the one door into a session that is under way.

`perform` handles a command, writes its events durably, takes them over, and informs the watchers, in this order: what a watcher sees is on the
disk. A second window, a voter's device, a test: all commands come in here. `receive` takes in what another writer recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from sessions.commands.base import Actor, Command, CommandContext
from sessions.deciding.session_plan import PlanCache
from sessions.errors import ConflictError, RecordError, SessionError
from sessions.handling.dispatch import handle
from sessions.live.broadcast import Broadcast, Watcher
from sessions.live.ports import Answer, Asked, Clock, Log, Urn
from sessions.record.codec import Recorded
from sessions.rounds.results import ResultCache
from sessions.state.fold import fold, replay
from sessions.state.session import Session

_ATTEMPTS = 5
"""How often a command is tried if others interfere."""


class LiveSession:
    """A session under way: `session` is its state now, `recordeds` all that happened, `plans` and `results` what was computed last."""

    def __init__(self, recordeds: Sequence[Recorded], log: Log, urn: Urn, clock: Clock) -> None:
        self.session = replay(recordeds)
        self.recordeds = list(recordeds)
        self.plans = PlanCache()
        self.results = ResultCache()
        self.followed = False
        """Whether the next session of its series was closed: then this one, once closed, accepts no more commands."""
        self.others: Callable[[], Sequence[Recorded]] | None = None
        """Returns what other writers have recorded since the last look, if there can be any."""
        self._log = log
        self._urn = urn
        self._clock = clock
        self._broadcast = Broadcast()
        self._announced = len(self.recordeds)
        self._pending: tuple[list[Recorded], Session] | None = None
        # The timer continues from the last recorded action: the time in which the session was not open does not count.
        self._started = clock.seconds() - self.session.elapsed

    @property
    def elapsed(self) -> int:
        """Return the session's seconds now."""
        return max(self.session.elapsed, int(self._clock.seconds() - self._started))

    @property
    def facilitator(self) -> Actor:
        """Return the actor of the commands that name none."""
        return Actor(self.session.facilitator)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call the watcher once after every change, in the order of the record; return the function that stops it."""
        return self._broadcast.watch(watcher)

    def report_to(self, report: Callable[[Exception], None]) -> None:
        """Send the errors of watchers to a function; without one they are logged."""
        self._broadcast.report = report

    def perform(self, command: Command, actor: Actor | None = None) -> tuple[Recorded, ...]:
        """Carry a command out and return what was recorded.

        Raises:
            SessionError: the command breaks a rule, or the actor may not give it; nothing happened.
            RecordError: it could not be written; nothing happened.
        """
        (answer,) = self.perform_all([(command, actor or self.facilitator)])
        if isinstance(answer, SessionError):
            raise answer
        return answer

    def perform_all(self, commands: Iterable[Asked]) -> list[Answer]:
        """Carry commands out together and return an answer for each, in order. The urn is written once, then the log once.

        A command that is refused changes nothing; those before and after it hold, and each is handled as if the earlier ones had been
        recorded. Watchers hear of all of them together, at the end.

        Where another writer was first, the commands are tried again on what it recorded; one that is about the same card is refused, and
        says who did what.

        Raises:
            RecordError: the urn or the log could not be written; none of the commands happened.
        """
        asked = list(commands)
        refused: dict[int, SessionError] = {}
        for _ in range(_ATTEMPTS):
            try:
                answers = iter(self._perform([each for number, each in enumerate(asked) if number not in refused]))
            except ConflictError:
                if not self._refuse_what_others_changed(asked, refused):
                    raise
            else:
                return [refused.get(number) or next(answers) for number in range(len(asked))]
        raise ConflictError("Others record faster than this window: nothing was changed; try again")

    def _refuse_what_others_changed(self, asked: Sequence[Asked], refused: dict[int, SessionError]) -> bool:
        """Take in what others recorded, and refuse the commands that conflict with it; return whether there was anything."""
        before, known = self.session, len(self.recordeds)
        if self.others is not None:
            self.receive(self.others())
        news = self.recordeds[known:]
        if news:
            from sessions.live.conflict import in_the_way  # noqa: PLC0415 - hardly ever needed

            for number, each in enumerate(asked):
                if why := in_the_way(before, self.recordeds, news, each[0] if isinstance(each, tuple) else each):
                    refused[number] = SessionError(why)
        return bool(news)

    def _perform(self, commands: Iterable[Asked]) -> list[Answer]:
        """Carry commands out together, as `perform_all` says. Raises ConflictError if another writer was first."""
        self._commit_pending()
        self._announce()
        elapsed, now = self.elapsed, self._clock.now()
        session, new = self.session, list[Recorded]()
        answers: list[Answer] = []
        with self._urn.batch():
            for asked in commands:
                command, actor = asked if isinstance(asked, tuple) else (asked, self.facilitator)
                try:
                    events = handle(session, command, CommandContext(self._urn, elapsed, actor, now, self.followed))
                except SessionError as error:
                    answers.append(error)
                    continue
                done = [Recorded(session.seq + number, now, actor.person, elapsed, event) for number, event in enumerate(events, 1)]
                for recorded in done:
                    # Folded before it is written: an event that does not fold must never reach the disk.
                    session = fold(session, recorded)
                new += done
                answers.append(tuple(done))
        if new:
            self._pending = new, session
            try:
                self._log.append_all([recorded.as_record() for recorded in new])
            except RecordError:
                self._pending = None  # nothing was written; after a conflict, these numbers are another writer's
                raise
            self._commit_pending()
            self._announce()
        return answers

    def receive(self, recordeds: Sequence[Recorded]) -> None:
        """Take in what another writer recorded, as the log holds it. Records that are known already are skipped.

        Raises:
            RecordError: a record is missing before one of these, one differs from what is known here, or one does not fold; nothing is taken in.
        """
        self._commit_pending()
        session, new = self.session, list[Recorded]()
        for recorded in recordeds:
            if recorded.seq <= len(self.recordeds):
                if self.recordeds[recorded.seq - 1] != recorded:
                    raise RecordError(f"record {recorded.seq} is not the one that is known here: open the session again")
            elif recorded.seq != session.seq + 1:
                raise RecordError(f"record {session.seq + 1} is missing before record {recorded.seq}: open the session again")
            else:
                session = fold(session, recorded)
                new.append(recorded)
        self._take(new, session)
        self._tidy_urn(new)
        self._announce()

    def _commit_pending(self) -> None:
        """Take over the events that were being written, if the log holds them: an interrupt may have come right after the write."""
        if self._pending is None:
            return
        new, session = self._pending
        if self._log.count >= new[-1].seq:
            self._take(new, session)
            self._tidy_urn(new)
        self._pending = None

    def _take(self, new: Sequence[Recorded], session: Session) -> None:
        # The state comes last and the list grows in one step, so that an interrupt in between is repeated without harm.
        known = len(self.recordeds)
        self.recordeds += [recorded for recorded in new if recorded.seq > known]
        self.session = session

    def _tidy_urn(self, new: Sequence[Recorded]) -> None:
        """Remove from the urn what the record no longer needs there.

        Each step is tried on its own: the events are recorded and hold, and what fails here is tidied when the session is opened next.
        """
        from sessions.record.events import BallotSealed, BallotsRevealed, RoundDropped  # noqa: PLC0415 - only once something is recorded

        ended, latest = set[int](), dict[tuple[int, str], str]()
        for recorded in new:
            match recorded.event:
                case BallotSealed(round=number, voice=voice, seal=seal):
                    latest[number, voice] = seal
                case BallotsRevealed(round=number) | RoundDropped(round=number):
                    ended.add(number)
        with suppress(RecordError), self._urn.batch():
            for (number, voice), seal in latest.items():
                if number not in ended:
                    with suppress(RecordError):
                        self._urn.keep_latest(number, voice, seal)
        for number in ended:
            with suppress(RecordError):
                self._urn.discard(number)

    def _announce(self) -> None:
        """Inform the watchers of all that they have not heard of yet."""
        news = tuple(self.recordeds[self._announced :])
        if news:
            self._announced = len(self.recordeds)
            self._broadcast.publish(self.session, news)
