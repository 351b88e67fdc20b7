"""The library: the folder of sessions. Creates, lists, finds and opens them, and keeps the index for the home screen.

The session files are the truth. `library.json` is an index over them, rebuilt from them whenever it is missing, stale or damaged; a session
that cannot be read stands in the list with what is wrong with it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from sessions.errors import RecordError
from sessions.library.copy import copy_session
from sessions.library.index import INDEX, Entry, missed, read_index, shortened, write_index
from sessions.library.reader import Reading, read_alone, read_session
from sessions.live.ports import Clock
from sessions.live.session import LiveSession
from sessions.portfolio.models import TITLE_LIMIT, Participant, Portfolio, quarter_start_of
from sessions.record.events import Recorded, SessionOpened
from sessions.sanitize import clean
from sessions.state.fold import replay
from sessions.state.timer import PHASE_NAMES
from sessions.store.tinydb.files import REAL_FILES, FileOps, left_by_the_dead, make_folder, shown, why
from sessions.store.tinydb.journal import Journal
from sessions.store.tinydb.urn import Urn
from sessions.wording import slug

__all__ = ["Entry", "Library", "OpenSession", "SessionNotFoundError", "read_session"]


class SessionNotFoundError(RecordError):
    """No session, or more than one, answers to what was asked for."""


class OpenSession(NamedTuple):
    """A session opened from the library: the live session, what recovery did, and whether it can only be read."""

    live: LiveSession
    path: Path
    journal: Journal
    notices: tuple[str, ...]

    @property
    def read_only(self) -> bool:
        """Return whether commands are refused."""
        return self.journal.read_only

    def close(self) -> None:
        """Let go of the file, so that another window can open it."""
        self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Library:
    """A folder of sessions. `token` gives random hex text of the asked length: for ids and for the salts of seals."""

    def __init__(self, folder: Path, clock: Clock, token: Callable[[int], str], *, holder: str = "", ops: FileOps = REAL_FILES) -> None:
        self.folder = folder
        self._clock = clock
        self._token = token
        self._holder = holder
        self._ops = ops

    def create(
        self,
        portfolio: Portfolio,
        *,
        title: str = "",
        quarter: str = "",
        source: str = "",
        read: Sequence[str] = (),
        people: Sequence[Participant] = (),
        minutes: int = 0,
    ) -> OpenSession:
        """Create a session from a portfolio and open it.

        Raises:
            RecordError: the folder cannot be made or written.
        """
        opened = self._opening(portfolio, title, quarter, tuple(people) or portfolio.participants, minutes, source, tuple(read))
        try:
            make_folder(self.folder, self._ops)
        except OSError as error:
            raise RecordError(f"The library folder {self.folder} cannot be made ({why(error)}): choose another one with --library.") from None
        path = self.folder / f"{opened.session}.json"
        first = Recorded(1, self._clock.now(), opened.facilitator, 0, opened)
        journal = Journal.create(path, first=first.as_record(), ops=self._ops, holder=self._holder)
        try:
            live = LiveSession([first], journal, self._urn(path, journal.check_writable), self._clock)
        except BaseException:
            with contextlib.suppress(OSError):
                self._ops.unlink(path)  # a session whose beginning does not hold is no session
            journal.close()
            raise
        return OpenSession(live, path, journal, ())

    def _opening(
        self,
        portfolio: Portfolio,
        title: str,
        quarter: str,
        people: tuple[Participant, ...],
        minutes: int,
        source: str,
        read: tuple[str, ...],
    ) -> SessionOpened:
        """Make the first event of a session: what was not said is taken from the portfolio, or made up."""
        if not any(person.seat == "facilitator" for person in people):
            people = (*people, Participant(id=_free_id(people), role="Facilitator", side="it", seat="facilitator", votes=False))
        quarter = clean(quarter, TITLE_LIMIT) or portfolio.quarter
        title = clean(title, TITLE_LIMIT) or portfolio.name or (f"Portfolio {quarter}" if quarter else "Portfolio")
        minutes = minutes or portfolio.minutes
        start = portfolio.quarter_start if quarter == portfolio.quarter and portfolio.quarter_start else quarter_start_of(quarter)
        changes = {"participants": people, "quarter": quarter, "quarter_start": start, "minutes": minutes}
        portfolio = portfolio.model_copy(update=changes)
        session_id = f"{slug(f'{quarter} {title}', 50) or 'session'}-{self._token(4)}"
        return SessionOpened(
            session=session_id,
            title=title,
            quarter=quarter,
            facilitator=next(person.id for person in people if person.seat == "facilitator"),
            minutes=minutes,
            source=source,
            read=read,
            portfolio=portfolio,
        )

    def open(self, path: Path, *, read_only: bool = False) -> OpenSession:
        """Open a session where it was left.

        Raises:
            RecordError: it cannot be read at all, or is open in another window (SessionLockedError).
        """
        reading = Reading(path)
        journal = Journal.open(path, read_only=read_only, judge=reading.read, ops=self._ops, holder=self._holder)
        # Beside the file itself, not beside the link that it was opened by: there is one urn, whatever the name.
        urn = self._urn(journal.path, journal.check_writable)
        try:
            live = LiveSession(reading.recordeds, journal, urn, self._clock)
            if not journal.read_only:
                with contextlib.suppress(RecordError):  # nothing depends on it, and the next time will do
                    urn.keep_only({seal for each in live.session.rounds if each.open for seal in each.seals.values()})
            gone = "" if journal.damage else missed(journal.path, journal.next_seq - 1, self._ops)
        except BaseException:
            journal.close()
            raise
        notices = (*journal.notices, *([journal.read_only_reason] if journal.read_only else []), *([gone] if gone else []))
        return OpenSession(live, path, journal, notices)

    def save_copy(self, opened: OpenSession, target: Path) -> Path:
        """Write a copy of an open session, as `copy_session` does."""
        return copy_session(opened.journal, Urn(opened.journal.path.with_suffix(".urn"), self._ops), target, self._ops)

    def _urn(self, path: Path, guard: Callable[[], None]) -> Urn:
        return Urn(path.with_suffix(".urn"), self._ops, salt=lambda: self._token(32), guard=guard)

    def paths(self) -> list[Path]:
        """Return the session files, by name.

        Raises:
            RecordError: the folder may not be read, or is none.
        """
        return _sessions_among(self._listed())

    def _listed(self) -> list[Path]:
        try:
            return self._ops.listdir(self.folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RecordError(f"The library folder {shown(self.folder)} cannot be read ({why(error)}): choose another one with --library.") from None

    def entries(self) -> list[Entry]:
        """Return the sessions, the latest first, from the index where it is fresh and from the session files where it is not."""
        listed = self._listed()
        self._sweep(listed)
        known = read_index(self.folder, self._ops)
        entries: list[Entry] = []
        for path in _sessions_among(listed):
            try:
                found = self._ops.stat(path)
            except OSError:
                continue
            entry = known.get(path.name)
            if entry is None or not entry.is_fresh(found):
                entry = _entry(path, found, self._ops, entry.most if entry else 0)
            entries.append(entry)
        if {entry.file: entry for entry in entries} != known:
            write_index(self.folder, entries, self._ops)
        return sorted(entries, key=_lateness, reverse=True)

    def _sweep(self, listed: Sequence[Path]) -> None:
        """Remove what killed processes left; what cannot be removed is in nobody's way."""
        for path in listed:
            if left_by_the_dead(path, self._ops):
                with contextlib.suppress(OSError):
                    self._ops.unlink(path)

    def find(self, reference: str) -> Path:
        """Return the session file that a reference means: a path, an id, a unique part of one, a quarter, or `last`.

        Raises:
            SessionNotFoundError: none answers to it, or several do.
        """
        if (reference.endswith(".json") or "/" in reference) and os.path.isfile(reference):  # noqa: PTH113 - False for any name
            return Path(reference)
        entries = self.entries()
        if not entries:
            raise SessionNotFoundError(f"The library {self.folder} holds no session yet: begin one with `quarterdeck new FILE`.")
        if reference == "last":
            return self.folder / entries[0].file
        wanted = reference.casefold()
        for matches in (
            [entry for entry in entries if entry.id == reference],
            [entry for entry in entries if entry.quarter.casefold() == wanted],
            [entry for entry in entries if wanted and wanted in entry.id.casefold()],
        ):
            if len(matches) == 1:
                return self.folder / matches[0].file
            if matches:
                names = ", ".join(entry.id for entry in matches[:5])
                raise SessionNotFoundError(f"{len(matches)} sessions answer to {reference!r}: {names}. Give one of these ids.")
        raise SessionNotFoundError(f"No session answers to {reference!r}: `quarterdeck list` shows what there is.")


def _sessions_among(paths: Sequence[Path]) -> list[Path]:
    """Return the session files among the paths of a folder, by name."""
    return sorted(path for path in paths if path.suffix == ".json" and path.name != INDEX and not path.name.startswith("."))


def _lateness(entry: Entry) -> tuple[str, bool, int, str]:
    """Return what sorts the sessions. A repaired copy ends where the damaged original does: what is whole is the later one.

    The record knows seconds; of two sessions of the same second, the file that was written last is the later one.
    """
    return entry.last_at, not entry.problem, entry.mtime, entry.id


def _entry(path: Path, found: os.stat_result, ops: FileOps, most: int) -> Entry:
    """Read a session for the index. One that gives nothing has no size there, so that the next look reads it again: the disk may be back."""
    try:
        recordeds, problem = read_alone(path, ops)
        session = replay(recordeds)
    except RecordError as error:
        return Entry(id=path.stem, file=path.name, state="damaged", problem=str(error), most=most)
    if not problem and (gone := shortened(path, session.seq, most)):
        problem = f"{gone}."
    return Entry(
        id=path.stem,
        file=path.name,
        title=session.title,
        quarter=session.quarter,
        state="damaged" if problem else "closed" if session.closed else PHASE_NAMES[session.phase],
        cards=len(session.order),
        decisions=len(session.decisions),
        events=session.seq,
        opened_at=session.opened_at,
        last_at=session.at,
        next_session=session.next_session.isoformat() if session.next_session else "",
        problem=problem,
        size=found.st_size,
        mtime=found.st_mtime_ns,
        ctime=found.st_ctime_ns,
        most=max(session.seq, most),
    )


def _free_id(people: Sequence[Participant]) -> str:
    taken = {person.id for person in people}
    return next(name for name in ("facilitator", "facilitator-2", "facilitator-3") if name not in taken)
