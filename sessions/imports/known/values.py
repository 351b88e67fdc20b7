"""Write the values of a JSON export as the cells that a table of the tool would have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sessions.imports.formats.csv_table import free_name

_NAMES = ("displayName", "name", "title", "value", "login", "key", "id")
"""Keys by which tools say what an object is, best first."""


def in_words(value: object) -> str:
    """Return a value in words: a person by the name, a list with commas; what says nothing is empty."""
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case str():
            return value.strip()
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
        case list():
            return ", ".join(filter(None, map(in_words, value)))
        case dict():
            return next((text for name in _NAMES if (text := in_words(value.get(name)))), "")
    return ""


def at(value: object, *steps: str) -> object:
    """Return what is at the end of a path of keys; None if there is no such path."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def entries(value: object, *signs: str) -> Sequence[Mapping[str, object]]:
    """Return the objects of a list if it has some, and all have these keys."""
    if not isinstance(value, list) or not value:
        return ()
    return value if all(isinstance(each, dict) and each.keys() >= set(signs) for each in value) else ()


def cells_by_name(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return what is filled, by name: of two fields of one name each has its own."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if in_words(value):
            found[free_name(name, found)] = value
    return found


def filled(cells: Mapping[str, object]) -> dict[str, str]:
    """Return the cells that hold something, as texts."""
    return {name: text for name, value in cells.items() if (text := in_words(value))}
