"""What is known of the exports of one tool."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from sessions.imports.formats.csv_table import Record, plain
from sessions.portfolio.models import ProjectState

Names = tuple[str, ...]
"""Columns by the names that the tool gives them, best first. Case, spaces and signs make no difference."""
Text = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Item:
    """An issue, a task or a record of the tool: its line in the file, and its filled cells by the names of their columns."""

    line: int
    cells: dict[str, str]


class Items(NamedTuple):
    """The columns of an export in their order, and its items."""

    columns: tuple[str, ...]
    items: list[Item]
    remark: str = ""
    """A remark on the file, such as what another kind of export would add."""

    @classmethod
    def of(cls, items: list[Item]) -> Items:
        """Return items with the columns that they fill."""
        return cls(tuple(dict.fromkeys(column for item in items for column in item.cells)), items)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Columns with an estimate: a number of the unit, or of what the unit is `per` of, as in hours that are exported as seconds."""

    columns: Names
    unit: str
    per: int = 1

    def text(self, cell: str) -> str:
        """Return the estimate in words. Anything but a number stays as it is."""
        try:
            number = Decimal(cell.strip().replace(",", "."))
        except ArithmeticError:
            return cell.strip()
        if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
            return cell.strip()
        amount = number / self.per
        shown = f"{amount.quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".") or "0"
        return f"{shown} {self.unit.removesuffix('s') if shown == '1' else self.unit}".strip()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Items that are not cards: those with one of the `words` in the column, or with any text if there are none.

    `under_parent` means only those whose parent is in the file.
    """

    column: str
    words: frozenset[str]
    what: str
    under_parent: bool = False

    def holds(self, word: str) -> bool:
        """Return whether an item with this word is one of them."""
        return not self.words or word in self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """How to recognise a tool's exports, and what is what in them."""

    tool: str
    signs: tuple[Names, ...] = ()
    """Sets of columns; an export has all columns of one set. No table that someone made by hand has them."""
    elsewhere: Mapping[str, Names] = field(default_factory=dict)
    """What columns are called in other languages, if the tool writes headers in that of the person."""
    fields: Mapping[str, Names] = field(default_factory=dict)
    """Fields of a card, `title` and `id` and `state` among them, and the columns that they are."""
    title_first: bool = False
    """Whether the first column is the title if none has a name in `fields`."""
    ids: Names = ()
    """Columns by which other items name an item, beside its id and its title."""
    parent: Names = ()
    parent_title: Names = ()
    """Columns with the title of the parent, for a parent that is not in the file."""
    estimates: tuple[Estimate, ...] = ()
    needs: Names = ()
    """Columns that name what an item waits for."""
    needed_by: Names = ()
    """Columns that name what waits for the item."""
    states: Mapping[str, ProjectState] = field(default_factory=dict)
    """The tool's words for the state, in lower case, and for a category of states."""
    category: Names = ()
    """Columns with the category of a state, for words that a company made up."""
    state_signs: Mapping[str, ProjectState] = field(default_factory=dict)
    """Columns that are filled only in that state, such as the day when an item was completed; the first filled one counts.

    A sign of done outweighs the word; other signs count only if the word is unknown.
    """
    clean: Mapping[str, Text] = field(default_factory=dict)
    """Columns with markup, and what makes plain text of it."""
    kept: Names = ()
    """Columns that stay fields although their names sound like parts of a card."""
    noise: Names = ()
    """Columns that only the tool uses; `Watchers*` is every column that begins so."""
    made: Names = ()
    """Columns that the reading makes and no card needs; the report says nothing of them."""
    left_out: tuple[LeftOut, ...] = ()
    renamed: Text = str
    """Return the name of a column without what the tool wraps it in."""
    prepare: Callable[[Items], Items] | None = None
    """Return the items with what the columns say only together: a tree of titles, an outline."""
    from_table: Callable[[Spec, Sequence[Record]], Items | None] | None = None
    """Makes the items of a table that needs more than `signs` to be known, or is more than a header with rows; None if it is not an export."""
    from_json: Callable[[object], Items | None] | None = None
    from_xml: Callable[[str], Items | None] | None = None

    def is_known_by(self, headers: Sequence[str]) -> bool:
        """Return whether a header has all columns of one set of signs."""
        there = {plain(header) for header in headers}
        return any(all(self._is_in(there, column) for column in columns) for columns in self.signs)

    def _is_in(self, there: Container[str], column: str) -> bool:
        return any(plain(name) in there for name in (column, *self.elsewhere.get(column, ())))


_DIGITS = 12
