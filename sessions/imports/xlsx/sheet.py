"""Looks through a sheet before it is read: how far its cells reach, how much text they hold, and which of them have no value to read.

The reader makes a full rectangle of the cells and copies a shared text into each that uses it, so that a small file could ask
for any amount of memory. What could do so is refused here; and so is what this and the reader might understand differently.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from sessions.errors import PortfolioError
from sessions.imports.formats.files import SIZE_LIMIT
from sessions.imports.formats.report import EVERYTHING
from sessions.imports.xlsx.archive import damaged
from sessions.imports.xlsx.parts import Attributes, read_xml
from sessions.sanitize import quoted

CELL_LIMIT: Final = 1_000_000
"""The most cells that the rectangle from A1 to the last cell may have, empty ones included."""
_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_INDEX = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class LostCell:
    """A cell that comes in as empty though something stands in it: its row and column from 1, and why."""

    row: int
    column: int
    why: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a sheet holds, as far as it matters before it is read."""

    filled: bool
    lost: tuple[LostCell, ...]


def look_through(content: bytes, strings: bytes, source: str) -> Contents:
    """Look through a sheet; `strings` are the texts that it shares. Raises PortfolioError where it is too large, or damaged."""
    look = _Look(source)
    read_xml(content, source, look.start, look.text, look.end)
    size = look.size
    if look.uses:
        lengths = _lengths(strings, source)
        size += sum(times * lengths[place] for place, times in look.uses.items() if place < len(lengths))
    if size > SIZE_LIMIT:
        raise PortfolioError(f"{source}: the cells hold more than {SIZE_LIMIT // 1_000_000} MB of text, the most that is read.")
    return Contents(look.filled, tuple(look.lost))


def _lengths(strings: bytes, source: str) -> list[int]:
    """Return the length of each shared text, counting all that could be part of it."""
    lengths: list[int] = []
    inside = False

    def start(name: str, _: Attributes) -> None:
        nonlocal inside
        if name == "si":
            if inside or len(lengths) == CELL_LIMIT:
                raise damaged(source, "its shared texts are not as they should be")
            inside = True
            lengths.append(0)

    def text(piece: str) -> None:
        if inside:
            lengths[-1] += len(piece)

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "si"

    read_xml(strings, source, start, text, end)
    return lengths


class _Look:
    """Follows the cells of a sheet in their order."""

    def __init__(self, source: str) -> None:
        self.size = 0
        self.filled = False
        self.uses: Counter[int] = Counter()
        self.lost: list[LostCell] = []
        self._source = source
        self._row = self._column = self._cells = self._last_row = self._last_column = 0
        self._kind = ""
        self._in_cell = self._computed = self._has_value = False
        self._value: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""
        if name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "c":
            self._begin_cell(attributes.get("r"))
            self._kind = attributes.get("t", "")
        elif self._in_cell:
            self._reach()
            if name in ("v", "t"):
                self._value = []
            elif name == "f":
                self._computed = True

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._value is not None:
            self._value.append(piece)

    def end(self, name: str) -> None:
        """End an element."""
        if name == "c":
            self._end_cell()
        elif name in ("v", "t") and self._value is not None:
            self._take(self._value)
            self._value = None

    def _begin_row(self, given: str | None) -> None:
        row = self._row + 1 if given is None else int(given) if _ROW.fullmatch(given) else 0
        if not self._row < row <= _ROWS or self._in_cell:
            raise self._misplaced()
        self._row, self._column = row, 0

    def _begin_cell(self, given: str | None) -> None:
        """Find where the cell stands. Each must stand behind the one before, as spreadsheets write them."""
        column = self._column + 1
        if given is not None:
            place = _PLACE.fullmatch(given)
            column = _number(place[1]) if place and int(place[2]) == self._row else 0
        if not self._column < column <= _COLUMNS or not self._row or self._in_cell:
            raise self._misplaced()
        self._column, self._in_cell = column, True
        self._computed = self._has_value = False
        self._cells += 1
        if self._cells > CELL_LIMIT:
            raise PortfolioError(f"{self._source}: there are more than {CELL_LIMIT:,} cells, the most that are read.")

    def _end_cell(self) -> None:
        # Programs that write workbooks leave formulas for a spreadsheet to compute; one that came to an empty text says so.
        if self._computed and not self._has_value and self._kind != "str":
            self._lose("the formula was never computed, so this is empty; save the file in a spreadsheet program first")
        self._in_cell = False

    def _reach(self) -> None:
        """Note that this cell is part of the table: it holds something, if only a formula."""
        self._last_row, self._last_column = self._row, max(self._last_column, self._column)
        if self._last_row * self._last_column > CELL_LIMIT:
            raise PortfolioError(
                f"{self._source}: the cell {_letters(self._column)}{self._row} stands too far out "
                f"(more than {CELL_LIMIT:,} cells from the first); delete what does not belong to the table."
            )

    def _take(self, pieces: list[str]) -> None:
        """Take the value of the cell."""
        value = "".join(pieces)
        self.size += len(value)
        self._has_value = self._has_value or bool(value)
        self.filled = self.filled or (bool(value.strip()) and self._kind != "e")
        if self._kind == "s" and value:
            # A number that a comment or an entity parts might be read as another one, of a longer text.
            if len(pieces) > 1 or not _INDEX.fullmatch(value):
                raise damaged(self._source, "a cell names no shared text")
            self.uses[int(value)] += 1
        elif self._kind == "e":
            self._lose(f"the spreadsheet's error {quoted(value)} became empty")

    def _lose(self, why: str) -> None:
        if len(self.lost) == EVERYTHING:
            raise PortfolioError(f"{self._source}: more than {EVERYTHING:,} cells are errors or were never computed; mend them first.")
        self.lost.append(LostCell(self._row, self._column, why))

    def _misplaced(self) -> PortfolioError:
        return damaged(self._source, f"a cell near row {self._row} stands where none can")


def _number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
