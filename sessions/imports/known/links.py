"""Follow what items say about others: their parents, and what they wait for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from sessions.imports.formats.csv_table import plain
from sessions.imports.known.spec import Item, Names, Spec

_COMMAS = re.compile(r"(?=[,;])")
_COMMAS_IN_TITLE, _MOST = 6, 200


class Links:
    """Finds the items that others name, by a key or by the title."""

    def __init__(self, spec: Spec, items: Sequence[Item], title: str, key: str, named: Mapping[str, str]) -> None:
        self._title, self._key = title, key
        self._named = named
        self._parent, self._parent_title = self._there(spec.parent), self._there(spec.parent_title)
        self._needs, self._needed_by = self._there(spec.needs), self._there(spec.needed_by)
        by = list(dict.fromkeys(column for column in (*self._there(spec.ids), key) if column))
        self._by_key = {item.cells[column]: item for item in reversed(items) for column in by if column in item.cells}
        self._by_title = {_same(item.cells[title]): item for item in reversed(items) if title in item.cells}
        self._gone: set[int] = set()

    def leave_out(self, items: Iterable[Item]) -> None:
        """Take note of items that are not cards."""
        self._gone |= {id(item) for item in items}

    def parent(self, item: Item) -> Item | None:
        """Return the item's parent if it is in the file."""
        found = (self._found(item.cells[column]) for column in self._parent if column in item.cells)
        return next((parent for parent in found if parent is not None and parent is not item), None)

    def ancestor(self, item: Item, but: Container[int]) -> Item | None:
        """Return the nearest item above whose id is not in `but`."""
        above, seen = self.parent(item), {id(item)}
        while above and id(above) in but and id(above) not in seen:
            seen.add(id(above))
            above = self.parent(above)
        return above if above and id(above) not in but else None

    def parent_of(self, item: Item) -> str:
        """Return the item's parent as the card names it."""
        if parent := self.parent(item):
            return self._name(parent)
        key = next((item.cells[column] for column in self._parent if column in item.cells), "")
        title = next((item.cells[column] for column in self._parent_title if column in item.cells), "")
        return f"{title} ({key})" if title and key and title != key else title or key

    def needs(self, items: Sequence[Item]) -> tuple[dict[int, str], dict[int, str]]:
        """Return by their lines what items wait for: cards of the file, and what is not in it."""
        needed: dict[int, list[str]] = {}
        outside: dict[int, list[str]] = {}
        for item in items:
            for other in self._linked(item, self._needs):
                if isinstance(other, str):
                    outside.setdefault(item.line, []).append(other)
                else:
                    needed.setdefault(item.line, []).append(self._called(other))
            for other in self._linked(item, self._needed_by):
                if isinstance(other, Item):
                    needed.setdefault(other.line, []).append(self._called(item))
        return _joined(needed, "; "), _joined(outside, ", ")

    def _linked(self, item: Item, columns: Sequence[str]) -> list[Item | str]:
        """Return the items that the cells of these columns name, and the names of those that are not cards."""
        others: list[Item | str] = []
        for cell in (item.cells[column] for column in columns if column in item.cells):
            for name in self._names_in(cell):
                other = self._found(name)
                if name and other is not item:
                    others.append(name if other is None or id(other) in self._gone else other)
        return others

    def _names_in(self, cell: str) -> Iterator[str]:
        """Return the names in a cell: one in a line, or with commas between them, and a title may have commas itself."""
        lines = cell.split("\n", _MOST)
        for line in lines:
            parts = [line] if len(lines) > 1 else _COMMAS.split(line, _MOST)
            while parts:
                names = {size: "".join(parts[:size]).strip(" ,;\r") for size in range(min(len(parts), _COMMAS_IN_TITLE), 0, -1)}
                size = next((size for size, name in names.items() if self._found(name)), 1)
                yield names[size]
                parts = parts[size:]

    def _found(self, name: str) -> Item | None:
        return self._by_key.get(name.strip()) or self._by_title.get(_same(name))

    def _called(self, item: Item) -> str:
        """Return the item as the column of what a card needs calls it."""
        return item.cells.get(self._key) or item.cells.get(self._title, "")

    def _name(self, item: Item) -> str:
        title, key = item.cells.get(self._title, ""), item.cells.get(self._key, "")
        return f"{title} ({key})" if title and key else title or key

    def _there(self, names: Names) -> list[str]:
        return [self._named[plain(name)] for name in names if plain(name) in self._named]


def _joined(texts: Mapping[int, Sequence[str]], separator: str) -> dict[int, str]:
    return {line: separator.join(sorted(set(names))) for line, names in texts.items()}


def _same(title: str) -> str:
    return " ".join(title.casefold().split())
