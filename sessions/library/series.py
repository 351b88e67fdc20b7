"""Sessions that follow on each other, as the list of the library knows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sessions.library.index import Entry
from sessions.portfolio.models import Portfolio, quarter_start_of
from sessions.quarters.keys import shared

CLOSED = "closed"
"""The state of a session that was closed."""


class Series(NamedTuple):
    """The sessions of a series up to one of them, the oldest first; `missing` are the ids of those that the library does not have."""

    entries: tuple[Entry, ...]
    missing: tuple[str, ...] = ()


def series_up_to(entries: Sequence[Entry], entry: Entry) -> Series:
    """Return the session of an entry and those before it. A missing one is skipped: the latest older one of the series comes before it."""
    known = _by_session(entries)
    chain, missing, seen = [entry], list[str](), {entry.session}
    while (after := chain[-1].after) and after not in seen:
        before = known.get(after)
        if before is None:
            missing.append(after)
            others = [each for each in known.values() if each.series == entry.series and each.session not in seen]
            before = max((each for each in others if _begun(each) < _begun(chain[-1])), key=_begun, default=None)
        if before is None:
            break
        seen |= {after, before.session}
        chain.append(before)
    return Series(tuple(chain[::-1]), tuple(missing[::-1]))


def series_count(entries: Iterable[Entry]) -> int:
    """Return how many series of more than one session there are."""
    sessions = {each.session: each.series for each in entries if each.session}
    return sum(list(sessions.values()).count(series) > 1 for series in set(sessions.values()))


def to_follow(entries: Sequence[Entry], portfolio: Portfolio, quarter: str) -> tuple[Entry, int] | None:
    """Return the session to offer before a new one, and how many cards of its file that one has; None if none has any.

    It is the latest closed session of the series that shares most cards with the file, of the same quarter or an earlier one.
    """
    heads: dict[str, Entry] = {}
    for each in _by_session(entries).values():
        if each.state == CLOSED and not each.archived and not _is_later(each.quarter, quarter):
            known = heads.get(each.series)
            heads[each.series] = max(known, each, key=_lateness) if known else each
    counted = [(shared(each.keys, portfolio.projects), _lateness(each), each) for each in heads.values()]
    count, _, best = max(counted, default=(0, ("", ""), None))
    return (best, count) if best and count else None


def _by_session(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the entries by their record's id; of several copies the first in the list, which is the latest, that is whole."""
    found: dict[str, Entry] = {}
    for each in entries:
        if each.session and (each.session not in found or (found[each.session].problem and not each.problem)):
            found[each.session] = each
    return found


def _lateness(entry: Entry) -> tuple[str, str]:
    return entry.quarter, entry.last_at


def _begun(entry: Entry) -> tuple[str, str]:
    return entry.quarter, entry.opened_at


def _is_later(quarter: str, than: str) -> bool:
    return bool(quarter_start_of(than)) and quarter_start_of(quarter) > quarter_start_of(than)
