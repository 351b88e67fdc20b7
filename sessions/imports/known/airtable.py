"""Airtable: the CSV of a view. It is known by its attachments, or by ticks written as `checked` beside moments such as `1/31/2026 9:00am`."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from sessions.imports.formats.csv_table import Record, plain
from sessions.imports.known.common import DROPPED, ESTIMATES, NEEDED_BY, NEEDS, OWNERS, PARENTS, SPONSORS, STATES
from sessions.imports.known.markup import of_person
from sessions.imports.known.reading import items_of
from sessions.imports.known.spec import Items, LeftOut, Spec

_ATTACHMENT = re.compile(r"\((https://(?:[\w.-]+\.)?(?:airtableusercontent|dl\.airtable)\.com/[^()\s]*)\)")
_MOMENT = re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d[ap]m")
_TICK = "checked"
_LISTS = frozenset(map(plain, (*PARENTS, *NEEDS, *NEEDED_BY)))


def _from_table(spec: Spec, records: Sequence[Record]) -> Items | None:
    """Return the records of a view."""
    if not _is_view(records):
        return None
    items = items_of(spec, records[0][1], records[1:])
    for item in items.items:
        for column, cell in item.cells.items():
            if cell == _TICK:
                item.cells[column] = "yes"
            elif plain(column) in _LISTS:
                item.cells[column] = "\n".join(_listed(cell)) + "\n"
    return items


def _is_view(records: Sequence[Record]) -> bool:
    rows = [row for _, row in records[1:]]
    if any(_ATTACHMENT.search(cell) for row in rows for cell in row):
        return True
    columns = [{row[place].strip() for row in rows if place < len(row)} - {""} for place in range(len(records[0][1]))] if records else []
    return {_TICK} in columns and any(column and all(map(_MOMENT.fullmatch, column)) for column in columns)


def _listed(cell: str) -> list[str]:
    """Return the records that a cell names: with commas between them, and quotation marks around a name that has a comma."""
    try:
        names = next(csv.reader([cell.replace("\n", " ")], skipinitialspace=True))
    except csv.Error:
        names = cell.split(",")
    return [name.strip() for name in names if name.strip()]


def _people(cell: str) -> str:
    return ", ".join(map(of_person, _listed(cell)))


SPEC = Spec(
    tool="Airtable",
    fields={
        "title": ("Name", "Title", "Project name", "Project", "Task name", "Task"),
        "id": ("ID", "Record ID"),
        "state": ("Status", "State", "Stage"),
        "it_partner": OWNERS,
        "sponsor": SPONSORS,
        "description": ("Description", "Notes"),
        "budget": ("Budget", "Cost"),
        "must": ("Mandatory", "Required by law", "Must do"),
    },
    title_first=True,
    parent=PARENTS,
    estimates=ESTIMATES,
    needs=NEEDS,
    needed_by=NEEDED_BY,
    states=STATES,
    clean=dict.fromkeys(OWNERS, _people),
    noise=("Created", "Created by", "Created time", "Last modified", "Last modified by", "Last modified time"),
    left_out=tuple(LeftOut(column, DROPPED, "dropped record") for column in ("Status", "State", "Stage")),
    from_table=_from_table,
)
