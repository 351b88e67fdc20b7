"""Monday: the spreadsheet of a board, with its name on top, a header in every group, and sub-items in tables of their own below their item."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.imports.formats.csv_table import Record
from sessions.imports.known.common import DROPPED, ESTIMATES, NEEDED_BY, NEEDS, OWNERS, SPONSORS, STATES
from sessions.imports.known.spec import Item, Items, LeftOut, Spec
from sessions.sanitize import quoted

_NAME, _SUB_ITEMS, _ID, _GROUP, _KIND, _ABOVE = "Name", "Subitems", "Item ID (auto generated)", "Group", "Kind of item", "Parent row"
_TICK = "v"
_OWN = {_SUB_ITEMS, _ID, "Timeline - Start"}
"""Columns that only Monday writes."""
_OF_EVERY_BOARD = {_NAME, "Person", "Status", "Date"}
"""Columns that every board begins with."""
_OF_SUB_ITEMS = [_SUB_ITEMS, _NAME]


def _from_table(spec: Spec, records: Sequence[Record]) -> Items | None:
    """Return the items of a board, each with its group; a sub-item knows its item."""
    if not _is_board(records):
        return None
    items: list[Item] = []
    columns = dict.fromkeys([_NAME])
    header: list[str] = []
    inner: list[str] = []
    group, item = "", Item(0, {})
    for (line, row), (_, after) in zip(records[1:], [*records[2:], (0, [""])], strict=True):
        cells = [cell.strip() for cell in row]
        if cells[0] == _NAME and len(cells) > 1:
            header = cells
            columns |= dict.fromkeys(filter(None, header))
        elif cells[:2] == _OF_SUB_ITEMS:
            inner = cells
            columns |= dict.fromkeys(filter(None, inner[1:]))
        elif cells[0] and after[0].strip() == _NAME:
            group = cells[0]
        elif cells[0] and header:
            item = Item(line, {**_filled(header, cells), _GROUP: group, _KIND: "item"})
            items.append(item)
        elif len(cells) > 1 and cells[1] and inner:
            above = item.cells.get(_ID) or item.cells.get(_NAME, "")
            items.append(Item(line, {**_filled(inner, cells), _GROUP: group, _KIND: "subitem", _ABOVE: above}))
    board = quoted(" ".join(records[0][1]).strip())
    return Items((*columns, _GROUP, _KIND, _ABOVE), items, f"left out: the name of the board, {board}, and sums below its groups")


def _filled(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: "yes" if cell == _TICK else cell for name, cell in zip(header, cells, strict=False) if name and cell}


def _is_board(records: Sequence[Record]) -> bool:
    """Return whether the records are a board: a name alone on top, a group's name above its header, and a header that only Monday writes."""
    lone = [not any(cell.strip() for cell in row[1:]) for _, row in records]
    headers = [[cell.strip() for cell in row] for place, (_, row) in enumerate(records) if place and lone[place - 1] and row[0].strip() == _NAME]
    if not headers or not lone[0]:
        return False
    return any(not _OWN.isdisjoint(header) or set(header) >= _OF_EVERY_BOARD for header in headers)


SPEC = Spec(
    tool="Monday",
    fields={
        "title": (_NAME,),
        "id": (_ID, "Item ID"),
        "state": ("Status",),
        "it_partner": OWNERS,
        "sponsor": SPONSORS,
        "budget": ("Budget", "Planned budget", "Cost"),
        "description": ("Description", "Notes", "Long text"),
    },
    parent=(_ABOVE,),
    estimates=ESTIMATES,
    needs=NEEDS,
    needed_by=NEEDED_BY,
    states=STATES,
    made=(_KIND,),
    noise=("Creation log", "Last updated"),
    left_out=(
        LeftOut(_KIND, frozenset({"subitem"}), "sub-item", under_parent=True),
        LeftOut("Status", DROPPED, "dropped item"),
    ),
    from_table=_from_table,
)
