"""Make a table of a list of objects in JSON that any program may have written: a row for each object, a column for each key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sessions.errors import PortfolioError
from sessions.imports.formats.csv_table import Record

Objects = Sequence[dict[str, object]]
_CELL_LIMIT = 5_000_000
"""The most cells of a table: objects that share no keys would make far more of them than the file has values."""


def objects_in(value: object) -> Objects:
    """Return the objects of a list: of the value itself, or of the only such list in an object. Empty for any other JSON."""
    if isinstance(value, dict):
        lists = [found for each in value.values() if (found := objects_in(each if isinstance(each, list) else None))]
        return lists[0] if len(lists) == 1 else ()
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return ()
    return value


def records_of(objects: Objects, source: str) -> Iterator[Record]:
    """Return the header, which has every key, and a row for each object, counted from 1. Raises PortfolioError: too many cells."""
    keys = list(dict.fromkeys(key for each in objects for key in each))
    if len(keys) * len(objects) > _CELL_LIMIT:
        raise PortfolioError(f"{source}: {len(objects):,} objects with {len(keys):,} different keys are more than is read as a table.")
    yield 0, keys
    yield from ((number, [_cell(each.get(key)) for key in keys]) for number, each in enumerate(objects, 1))


def _cell(value: object) -> str:
    """Write a value as the cell of a spreadsheet would be: a list with commas, an object as JSON."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case list():
            return ", ".join(filter(None, map(_cell, value)))
        case dict():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
