"""The trend of a series of sessions: one row for each closed one, with every measure of METHOD 6. Pure over what a list of sessions keeps of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from sessions.quarters.trend.looked_back import LookedBack
from sessions.quarters.trend.measures import Measures, ValueFigures

FEWEST = 3
"""The points that a trend takes (METHOD 6)."""


class Stop(NamedTuple):
    """A session of a series: its record's id, and what the list of sessions keeps of it. `next_session` is an ISO date, or empty.

    `measures` are there if it is closed; `looked_back` if it follows another session.
    """

    session: str
    title: str
    quarter: str
    closed: bool = False
    next_session: str = ""
    measures: Measures | None = None
    value: ValueFigures | None = None
    looked_back: LookedBack | None = None


class Row(TypedDict):
    """A closed session of a series. `looked_back` is what the next one says about its decisions and about what was delivered: None before that.

    `before` is the quarter of the session that it follows, closed or not; empty if it follows none.
    """

    session: str
    title: str
    quarter: str
    before: str
    next_session: str
    measures: Measures
    value: ValueFigures | None
    looked_back: LookedBack | None


def trend(series: Sequence[Stop]) -> list[Row]:
    """Return the rows of a series, the oldest first. The look back may come from a next session that is still open."""
    quarters = {stop.session: stop.quarter or stop.title for stop in series}
    said = {stop.looked_back["session"]: stop.looked_back for stop in reversed(series) if stop.looked_back}
    return [
        {
            "session": stop.session,
            "title": stop.title,
            "quarter": stop.quarter,
            "before": quarters.get(stop.looked_back["session"], "") if stop.looked_back else "",
            "next_session": stop.next_session,
            "measures": stop.measures,
            "value": stop.value,
            "looked_back": said.get(stop.session),
        }
        for stop in series
        if stop.closed and stop.measures is not None
    ]
