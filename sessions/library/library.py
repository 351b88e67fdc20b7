"""The library: the list of sessions in a store. Creates, lists, finds, reads, opens and copies them.

The stored sessions are the truth. The index is rebuilt from them whenever it is missing, stale or damaged; a session that cannot be read is
listed with what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from sessions.commands.base import Command
from sessions.errors import RecordError
from sessions.library.finding import SessionNotFoundError, matching, names_a_file
from sessions.library.index import Entry, entries_from, entry_of, shortened
from sessions.library.names import free_title
from sessions.library.opening import opening_of
from sessions.library.reader import VersionedReader, read_strictly
from sessions.live.ports import Clock
from sessions.live.session import LiveSession
from sessions.portfolio.models import Participant, Portfolio
from sessions.record.codec import Recorded
from sessions.state.fold import replay
from sessions.state.session import Session
from sessions.store.ports import CheckReport, DamagedError, HeldError, Listed, RepairReport, SessionHandle, SessionRef, Store

if TYPE_CHECKING:
    from sessions.record.past import Past

__all__ = ["Entry", "HeldError", "Library", "OpenSession", "ReadSession", "SessionNotFoundError", "SessionRef"]

T = TypeVar("T")


class ReadSession(NamedTuple):
    """A session read without opening it: its events, its state after them, what is wrong or missing after those, and of that the damage."""

    recordeds: list[Recorded]
    session: Session
    problem: str = ""
    damage: str = ""


class OpenSession(NamedTuple):
    """A session opened from the library: the live session, what opening did, and the round whose sealed ballots are not here (0: none)."""

    live: LiveSession
    handle: SessionHandle
    notices: tuple[str, ...] = ()
    lost_round: int = 0
    library: Library | None = None
    """Where it is, with the other sessions of its series."""

    @property
    def ref(self) -> SessionRef:
        """Return what names the session in its store."""
        return self.handle.ref

    @property
    def read_only(self) -> bool:
        """Return whether commands are refused."""
        return bool(self.handle.reason)

    def receive(self) -> bool:
        """Take in what others have recorded since the last look, and return whether there was anything. Raises RecordError."""
        records = _received(self.handle)
        self.live.receive(records)
        return bool(records)

    def close(self) -> None:
        """Release the session, so that another window can open it."""
        self.handle.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Library:
    """The sessions of a store. `token` gives random hex text of a length, for ids."""

    def __init__(self, store: Store, clock: Clock, token: Callable[[int], str]) -> None:
        self._store = store
        self._clock = clock
        self._token = token

    @property
    def location(self) -> str:
        """Return the place of the sessions, for people."""
        return self._store.location

    def at(self, clock: Clock) -> Library:
        """Return the same library under another clock."""
        return Library(self._store, clock, self._token)

    def create(
        self,
        portfolio: Portfolio,
        *,
        title: str = "",
        quarter: str = "",
        source: str = "",
        folder: str = "",
        read: Sequence[str] = (),
        people: Sequence[Participant] = (),
        minutes: int = 0,
        past: Past | None = None,
    ) -> OpenSession:
        """Create a session from a portfolio and open it; with `past` it follows that session. Raises RecordError when the store cannot be written."""
        who = tuple(people) or portfolio.participants
        title = title.strip() or self.free_title(portfolio, source, quarter)
        opened = opening_of(portfolio, title, quarter, who, minutes, source, folder, tuple(read), self._token, past)
        first = Recorded(1, self._clock.now(), opened.facilitator, 0, opened)
        replay([first])  # a session whose beginning does not fold must never be stored
        handle = self._store.create(first.as_record())
        return OpenSession(self._live([first], handle), handle, library=self)

    def _live(self, recordeds: Sequence[Recorded], handle: SessionHandle) -> LiveSession:
        live = LiveSession(recordeds, handle.log, handle.urn, self._clock)
        live.others = (lambda: _received(handle)) if handle.shared else None
        return live

    def free_title(self, portfolio: Portfolio, source: str, quarter: str = "") -> str:
        """Return the title that a session gets if it is given none: one that no other session of the library has."""
        taken: list[str] = []
        with suppress(RecordError):  # creating fails for the same reason, and says why
            taken = [entry.title for entry in self.entries()]
        return free_title(portfolio.name, source, quarter or portfolio.quarter, self._clock.now(), taken)

    def perform(self, ref: SessionRef, command: Command) -> None:
        """Carry out a command on a session without showing it. Raises SessionError, HeldError, or RecordError if it cannot be written."""
        with self.open(ref) as opened:
            if opened.read_only:
                raise RecordError(opened.handle.reason)
            opened.live.perform(command)

    @property
    def can_delete(self) -> bool:
        """Return whether the store lets a session be deleted."""
        return self._store.can_delete

    def delete(self, ref: SessionRef) -> str:
        """Put a session aside, and return its new place. Raises HeldError while another window has it, RecordError if it cannot be moved."""
        return self._store.delete(ref)

    def open(self, ref: SessionRef, *, read_only: bool = False, over: bool = False) -> OpenSession:
        """Open a session; `over` from the window that holds it (`taking_over` has the rest of that).

        Raises:
            HeldError: another window holds it, and it is to be written.
            RecordError: it cannot be read at all.
        """
        reader = VersionedReader(ref.label)
        handle = self._store.open(ref, "read" if read_only else "write", reader.read, over=over)
        try:
            live = _named(ref, lambda: self._live(reader.recordeds, handle))
            live.followed = live.session.closed and self._is_followed(live.session.id)
            if not handle.reason:
                with suppress(RecordError):  # nothing depends on it, and the next time will do
                    handle.urn.keep_only({seal for each in live.session.rounds if each.open for seal in each.seals.values()})
            # A follower on a server has no ballots: they are with the leader, and nothing is lost.
            lost, lost_notice = (0, "") if handle.shared and handle.reason else _lost_ballots(live.session, handle)
            gone = "" if handle.damaged else self._missing(ref, live.session.seq)
        except BaseException:
            handle.close()
            raise
        return OpenSession(live, handle, tuple(filter(None, [*handle.notices, handle.reason, gone, lost_notice])), lost, self)

    def _is_followed(self, session: str) -> bool:
        """Return whether the next session of a session's series was closed."""
        from sessions.library.series import CLOSED  # noqa: PLC0415 - only of a closed session

        return any(entry.after == session and entry.state == CLOSED for entry in self.entries())

    def read(self, ref: SessionRef) -> ReadSession:
        """Read a session without opening it, as far as it is whole. Raises RecordError, naming it, when nothing of it can be read."""
        return self._read(ref, self._store.most_seen(ref))

    def _read(self, ref: SessionRef, most: int) -> ReadSession:
        records, damage = self._store.read(ref)
        recordeds = read_strictly(records, ref.label)
        session = _named(ref, lambda: replay(recordeds))
        if damage:
            return ReadSession(recordeds, session, f"{ref.label}: {damage}; what was recorded before it is shown.", f"{ref.label}: {damage}")
        gone = shortened(ref.label, session.seq, most)
        return ReadSession(recordeds, session, f"{gone}." if gone else "")

    def check(self, ref: SessionRef) -> CheckReport:
        """Return whether a session is whole, and whether records that were once listed are missing from its end."""
        report = self._store.check(ref)
        gone = "" if report.damaged else self._missing(ref, report.records)
        return report._replace(whole=report.whole and not gone, problem="; ".join(filter(None, [report.problem, gone])))

    def repair(self, ref: SessionRef) -> RepairReport:
        """Copy what can be read of a damaged session; the original is not touched. Raises RecordError."""
        return self._store.repair(ref)

    def save_copy(self, opened: OpenSession, target: str) -> SessionRef:
        """Write a copy of an open session elsewhere, without sealed ballots, which only the original may reveal. Raises RecordError."""
        return opened.handle.copy(target, [recorded.as_record() for recorded in opened.live.recordeds])

    def copy_to(self, ref: SessionRef, other: Library) -> SessionRef:
        """Copy a session into another library, byte for byte and without its sealed ballots. Raises RecordError, and then nothing was copied."""
        return other._store.take_in(ref.id, self._store.lines(ref))

    def _missing(self, ref: SessionRef, count: int) -> str:
        return shortened(ref.label, count, self._store.most_seen(ref))

    def entries(self) -> list[Entry]:
        """Return the sessions, the latest first: from the index if it is fresh, and else from the sessions themselves."""
        known = entries_from(self._store.load_index())
        entries = [self._entry(listed, known.get(listed.ref.name)) for listed in self._store.listing()]
        if {entry.file: entry for entry in entries} != known:
            self._store.save_index([entry._asdict() for entry in entries])
        return sorted(entries, key=_lateness, reverse=True)

    def _entry(self, listed: Listed, known: Entry | None) -> Entry:
        ref, stamp = listed
        if known and known.stamp == stamp and known.id == ref.id and known.session:
            return known
        most = known.most if known else 0
        try:
            read = self._read(ref, most)
        except RecordError as error:
            state = "damaged" if isinstance(error, DamagedError) else "unreadable"  # for this user, or in this version
            return Entry(id=ref.id, file=ref.name, state=state, problem=str(error), most=most)
        return entry_of(ref, read.session, read.problem, stamp, most)

    def keep(self, changed: Sequence[Entry]) -> None:
        """Keep in the index what was found out about sessions that have not changed since."""
        rows = {entry.file: entry for entry in self.entries()}
        rows |= {entry.file: entry for entry in changed if entry.file in rows and rows[entry.file].stamp == entry.stamp}
        self._store.save_index([entry._asdict() for entry in rows.values()])

    def ref(self, entry: Entry) -> SessionRef:
        """Return the session of an entry."""
        return self._store.ref(entry.file)

    def argument(self, ref: SessionRef) -> str:
        """Return what names a session on the command line: its id, or its location if it is not one of this library."""
        return ref.id if self._store.ref(ref.name) == ref else ref.location

    def locate(self, text: str) -> SessionRef | None:
        """Return the session file at a path that a user typed, if a file is there."""
        return self._store.locate(text)

    def find(self, reference: str) -> SessionRef:
        """Return the session that a reference means: a path, an id, a unique part of one, a title, a quarter, or `last`.

        Raises:
            SessionNotFoundError: none matches, or several do.
        """
        named = names_a_file(reference)
        if named and (ref := self._store.locate(reference)):
            return ref
        return self.ref(matching(self.entries(), reference, named=named, location=self.location))


def _received(handle: SessionHandle) -> list[Recorded]:
    records = handle.receive()
    return read_strictly(records, handle.ref.label) if records else []


def _named(ref: SessionRef, action: Callable[[], T]) -> T:
    """Return what an action returns; a RecordError about the contents of a session names the session."""
    try:
        return action()
    except RecordError as error:
        raise DamagedError(f"{ref.label}: {error}") from None


def _lost_ballots(session: Session, handle: SessionHandle) -> tuple[int, str]:
    """Return the open round whose sealed ballots are not here, as in a copy, and a sentence about it; or nothing."""
    round_ = session.open_round
    if round_ is None or not round_.seals:
        return 0, ""
    number = round_.opened.round
    try:
        lost = handle.urn.missing(number, round_.seals)
    except RecordError:
        return 0, ""  # the reveal reports what is wrong with the urn
    if not lost:
        return 0, ""
    ballots = "1 sealed ballot is" if len(lost) == 1 else f"{len(lost)} sealed ballots are"
    return number, f"The open round cannot be revealed: {ballots} not here, as in any copy. Cancel the round, or collect the ballots again."


def _lateness(entry: Entry) -> tuple[str, bool, str, str]:
    """Return the key that sorts sessions by time. A repaired copy and its damaged original end with the same event: the whole one is the later.

    The record knows seconds; of two sessions of the same second, the one that was written last is the later.
    """
    return entry.last_at, not entry.problem, entry.stamp, entry.id
