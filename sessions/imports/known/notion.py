"""Notion: the CSV of a database. It is known by links to pages, which Notion writes as `Title (https://www.notion.so/...)`, or on app.notion.com."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sessions.imports.formats.csv_table import Record, plain
from sessions.imports.known.common import DROPPED, ESTIMATES, NEEDED_BY, NEEDS, OWNERS, PARENTS, SPONSORS, STATES
from sessions.imports.known.reading import items_of
from sessions.imports.known.spec import Items, LeftOut, Spec

_PAGE = re.compile(
    r"\s\((?=[^()]*[0-9a-f]{32})(?:https://(?:\w+\.)?notion\.(?:so|com)/[^()\s]*+|(?=[^()]*\.(?:md|csv)\b)[^()]*+)\)(?:,\s*+|$)",
)
"""The link behind the title of a page: to the page in Notion, or to its file beside the CSV."""
_NAMES = ("Name", "Title", "Project name", "Project", "Task name", "Task", "Page")
_TITLES = frozenset(map(plain, _NAMES))
_RELATIONS = frozenset(map(plain, ("Parent item", "Sub-item", "Blocked by", "Blocking", "Is blocking")))
_INNER, _ABOVE = "Sub-item", "Page above"


def _from_table(spec: Spec, records: Sequence[Record]) -> Items | None:
    """Return the pages of a database."""
    if not records or not any(_is_relation(name, place, records[1:]) for place, name in enumerate(records[0][1])):
        return None
    items = items_of(spec, records[0][1], records[1:])
    title = next((column for column in items.columns if plain(column) in _TITLES), items.columns[0])
    above: dict[str, str] = {}
    for item in items.items:
        for column, cell in item.cells.items():
            if _PAGE.search(cell):
                item.cells[column] = "\n".join(_titles(cell))
        for inner in item.cells.get(_INNER, "").split("\n"):
            above.setdefault(inner, item.cells.get(title, ""))
    for item in items.items:
        if page := above.get(item.cells.get(title, "")):
            item.cells[_ABOVE] = page + "\n"
    return Items((*items.columns, _ABOVE), items.items)


def _is_relation(name: str, place: int, rows: Sequence[Record]) -> bool:
    """Return whether all filled cells of a column end with a link to a page: of several, or of one under a name that Notion gives."""
    filled = [row[place] for _, row in rows if place < len(row) and row[place].strip()]
    return len(filled) > (plain(name) not in _RELATIONS) and all(map(_PAGE.search, filled))


def _titles(cell: str) -> list[str]:
    """Return the titles of the pages that a cell links to, and any text after the last link."""
    return [title.strip() for title in _PAGE.split(cell) if title.strip()]


SPEC = Spec(
    tool="Notion",
    fields={
        "title": _NAMES,
        "id": ("ID",),
        "state": ("Status", "State", "Stage"),
        "it_partner": OWNERS,
        "sponsor": SPONSORS,
        "description": ("Description", "Summary"),
        "budget": ("Budget", "Cost"),
    },
    title_first=True,
    parent=(*PARENTS, _ABOVE),
    estimates=ESTIMATES,
    needs=NEEDS,
    needed_by=NEEDED_BY,
    states=STATES,
    noise=("Created time", "Created by", "Last edited time", "Last edited by"),
    left_out=tuple(LeftOut(column, DROPPED, "dropped page") for column in ("Status", "State", "Stage")),
    from_table=_from_table,
)
