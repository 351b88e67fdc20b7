"""The trend of a series of the library: read from the index; only a missing value ratio is computed, and stored there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from sessions.errors import RecordError
from sessions.library.index import Entry
from sessions.library.library import Library
from sessions.library.series import CLOSED, Series, series_up_to
from sessions.quarters.trend.looked_back import LookedBack
from sessions.quarters.trend.measures import Measures, ValueFigures, value_of
from sessions.quarters.trend.rows import Stop

_NONE = {"found": 0, "cost": 0}
"""What the index keeps of a session whose value ratio is not defined."""


def whole_series(entries: Sequence[Entry], entry: Entry) -> tuple[Entry, ...]:
    """Return the sessions of an entry's series, the oldest first: those before it, and those after it up to the latest."""
    return _whole(entries, entry).entries


def lost_sessions(entries: Sequence[Entry], entry: Entry) -> int:
    """Return how many sessions of an entry's series the library does not have any more, as far as the others name them."""
    return len(_whole(entries, entry).missing)


def _whole(entries: Sequence[Entry], entry: Entry) -> Series:
    latest, seen, known = entry, {entry.session}, {each.session for each in entries}

    def follows(each: Entry) -> bool:
        """Return whether a session comes after the latest one, or after one that is missing since."""
        gap = each.series == latest.series and each.after not in known and (each.quarter, each.opened_at) > (latest.quarter, latest.opened_at)
        return bool(each.after) and each.session not in seen and (each.after == latest.session or gap)

    while later := [each for each in entries if follows(each)]:
        latest = max(later, key=lambda each: (not each.problem, each.state == CLOSED, each.last_at))
        seen.add(latest.session)
    return series_up_to(entries, latest)


def stops(series: Sequence[Entry]) -> list[Stop]:
    """Return the sessions of a series as the trend takes them."""
    return [_stop(entry) for entry in series]


def with_values(library: Library, series: Sequence[Entry], enough: Callable[[], bool] = bool) -> list[Stop]:
    """Return the sessions of a series with their value ratios. Missing ones are computed, until it is `enough`, and stored."""
    found: dict[str, Entry] = {}
    for entry in series:
        if entry.measures and not entry.value and not enough():
            found[entry.file] = entry._replace(value=_searched(library, entry))
    if found:
        library.keep([entry for entry in found.values() if entry.value])
        series = [found.get(entry.file, entry) for entry in series]
    return stops(series)


def _searched(library: Library, entry: Entry) -> dict[str, int]:
    try:
        value = value_of(library.read(library.ref(entry)).session)
    except RecordError:
        return {}  # it has been removed since
    return {"found": value["found"], "cost": value["cost"]} if value else _NONE


def _stop(entry: Entry) -> Stop:
    return Stop(
        entry.session,
        entry.title,
        entry.quarter,
        entry.state == CLOSED,
        entry.next_session,
        cast("Measures", entry.measures) if entry.measures else None,
        cast("ValueFigures", entry.value) if entry.value.get("cost") else None,
        cast("LookedBack", entry.looked_back) if entry.looked_back else None,
    )
