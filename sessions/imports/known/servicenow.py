"""ServiceNow: the CSV or spreadsheet of a list of projects, demands or ideas, under the labels of the columns or their names in the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sessions.imports.formats.csv_table import Record, plain
from sessions.imports.known.common import duration
from sessions.imports.known.markup import of_html
from sessions.imports.known.reading import items_of
from sessions.imports.known.spec import Estimate, Items, LeftOut, Spec
from sessions.wording import plural

_NUMBER = re.compile(r"[A-Z]{2,12}\d{7,10}")
_CERTAIN = 0.9
"""The least share of numbers of that kind."""
_TITLES = ("Short description", "Project name", "Title", "Name")
_EFFORT, _LENGTH = "Planned effort", "Planned duration"
_SINCE = re.compile(r"1970-01-(\d\d) (\d\d):(\d\d):\d\d")
"""A duration as the moment so long after the beginning of 1970."""


def _from_table(spec: Spec, records: Sequence[Record]) -> Items | None:
    """Return the records of a list: it has numbers such as PRJ0010001, and a short description."""
    header = [plain(name) for name in records[0][1]] if records else []
    if "number" not in header or "state" not in header or not any(plain(title) in header for title in _TITLES):
        return None
    place = header.index("number")
    numbers = [row[place].strip() for _, row in records[1:] if place < len(row) and row[place].strip()]
    if not numbers or sum(1 for number in numbers if _NUMBER.fullmatch(number)) < _CERTAIN * len(numbers):
        return None
    items = items_of(spec, records[0][1], records[1:])
    columns = [column for column in items.columns if plain(column) in (plain(_EFFORT), plain(_LENGTH))]
    for item in items.items:
        for column in columns:
            if column in item.cells:
                item.cells[column] = _length(item.cells[column])
    return items


def _length(text: str) -> str:
    """Return a duration in words: it is written as such, as a number of seconds, or as a moment early in 1970."""
    if text.isascii() and text.replace(",", "").isdecimal():
        return _of_minutes(int(text.replace(",", "")[:12]) // 60)
    if since := _SINCE.fullmatch(text):
        return _of_minutes((int(since[1]) - 1) * 1440 + int(since[2]) * 60 + int(since[3]))
    return duration(text)


def _of_minutes(minutes: int) -> str:
    amounts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    return " ".join(plural(number, unit) for number, unit in amounts if number) or "0 days"


SPEC = Spec(
    tool="ServiceNow",
    fields={
        "title": _TITLES,
        "id": ("Number",),
        "state": ("State",),
        "it_partner": ("Assigned to", "Project manager", "Demand manager"),
        "sponsor": ("Business owner", "Sponsor", "Executive sponsor", "Business sponsor", "u_sponsor", "u_business_owner", "Requested by"),
        "description": ("Description",),
        "benefit": ("Business case",),
        "budget": ("Planned cost", "Estimated cost", "Total planned cost", "Cost"),
        "rank": ("Rank", "Priority"),
    },
    parent=("Parent", "Parent number", "Parent project", "Primary program", "Program"),
    estimates=(Estimate((_EFFORT,), ""), Estimate((_LENGTH,), "")),
    needs=("Predecessors", "Predecessor", "Depends on"),
    states={
        "pending": "new", "open": "new", "draft": "new", "new": "new", "submitted": "new", "screening": "new", "qualified": "new", "approved": "new",
        "accepted": "new", "deferred": "new", "under review": "new",
        "work in progress": "in_flight", "in progress": "in_flight", "on hold": "in_flight",
        "closed complete": "done", "complete": "done", "completed": "done", "closed": "done",
    },
    clean={"Description": of_html, "Business case": of_html},
    noise=(
        "Sys ID", "sys_*", "Updated", "Updated by", "Updates", "Created", "Created by", "Opened", "Opened by", "Active", "Domain", "Domain path",
        "Class", "Task type", "Activity due", "Approval", "Approval set", "Watch list", "Work notes list", "Made SLA", "Upon approval", "Upon reject",
        "Correlation ID", "Correlation display", "Contact type", "Escalation", "Reassignment count", "Universal Request", "Knowledge",
    ),
    left_out=(
        LeftOut(
            "State",
            frozenset({"closed incomplete", "closed skipped", "closed - cancelled", "cancelled", "canceled", "rejected", "duplicate"}),
            "dropped record",
        ),
    ),
    from_table=_from_table,
)  # fmt: skip
