"""The rows of the library's list, and when a row that was saved may be used again: it saves time, and is never the truth."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sessions.state.session import Session
from sessions.state.timer import PHASE_NAMES
from sessions.store.ports import SessionRef

_OWN = frozenset({"stamp", "most", "keys", "measures", "value", "looked_back"})
"""The fields that only the index and the trend need."""


class Entry(NamedTuple):
    """A session in the list. `problem` says what is wrong with a session that cannot be read whole.

    `id` is unique in the list, and names the session on the command line: a copy holds the same session under another name.
    `stamp` is the store's, from when the session was read; empty if nothing could be read, so that the next look tries again.
    `most` is the highest number of events that was ever seen in it: a record that was removed leaves no other trace.
    `session` is the id in the record, the same in every copy; `after` that of the session it follows, and `series` that of the first one of its
    series. `keys` recognise its cards in a file (`quarters.keys`). The rest are plain values for the trend: the `measures` of a
    closed session, its `value` ratio once that was looked for, and what a session says about the one that it follows (`looked_back`).
    """

    id: str
    file: str
    title: str = ""
    quarter: str = ""
    state: str = ""
    cards: int = 0
    decisions: int = 0
    events: int = 0
    opened_at: str = ""
    last_at: str = ""
    next_session: str = ""
    problem: str = ""
    stamp: str = ""
    most: int = 0
    archived: bool = False
    session: str = ""
    after: str = ""
    series: str = ""
    keys: str = ""
    measures: Mapping[str, Any] = {}
    value: Mapping[str, Any] = {}
    looked_back: Mapping[str, Any] = {}

    def public(self) -> dict[str, Any]:
        """Return the fields for scripts: all but those that only the index needs."""
        return {name: value for name, value in self._asdict().items() if name not in _OWN}


_TYPES = [*map(type, Entry("", ""))]


def entry_of(ref: SessionRef, session: Session, problem: str, stamp: str, most: int) -> Entry:
    """Return the row of a session that was read."""
    from sessions.quarters.keys import known_by  # noqa: PLC0415 - a list that is up to date reads no session
    from sessions.quarters.matching import made_up, series_of  # noqa: PLC0415

    return Entry(
        id=ref.id,
        file=ref.name,
        title=session.title,
        quarter=session.quarter,
        state="damaged" if problem else "closed" if session.closed else PHASE_NAMES[session.phase],
        cards=len(session.order),
        decisions=len(session.decisions),
        events=session.seq,
        opened_at=session.opened_at,
        last_at=session.at,
        next_session=session.next_session,
        problem=problem,
        stamp=stamp,
        most=max(session.seq, most),
        archived=session.archived,
        session=session.id,
        after=session.after,
        series=series_of(session),
        keys=known_by(session.cards.values(), made_up(session)),
        measures=_measures(session) if session.closed and not problem else {},
        looked_back=_looked_back(session) if session.past else {},
    )


def _measures(session: Session) -> dict[str, Any]:
    from sessions.quarters.trend.measures import measures_of  # noqa: PLC0415

    return {**measures_of(session)}


def _looked_back(session: Session) -> dict[str, Any]:
    from sessions.quarters.trend.looked_back import looked_back  # noqa: PLC0415

    return {**(looked_back(session) or {})}


def entries_from(rows: Sequence[Mapping[str, Any]]) -> dict[str, Entry]:
    """Return the rows of an index as entries by name; none if any of them is not one that this program writes."""
    try:
        entries = [Entry(**row) for row in rows]
    except TypeError:
        return {}
    sound = all([*map(type, entry)] == _TYPES for entry in entries)  # an edited index can have the right hash
    return {entry.file: entry for entry in entries} if sound else {}


def shortened(name: str, count: int, most: int) -> str:
    """Return how many records are missing from the end, if any. The rest is whole, so only the index can show that they existed."""
    if most <= count:
        return ""
    gone = "the last record is" if most == count + 1 else f"the last {most - count} records are"
    return (
        f"{name}: it ends with record {count}, but {most} were there when the library was last listed: "
        f"{gone} missing, removed or lost with an older copy that was put back"
    )
