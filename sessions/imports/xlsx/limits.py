"""Look at a sheet's bytes before python-calamine reads it, and refuse what would fill the memory (RELIABILITY I14).

The reader builds the full rectangle around the cells and copies a shared text into each cell that uses it, without a limit, and a failed
allocation ends the process. The same look finds the cells that come in empty although they contain something.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from sessions.errors import PortfolioError
from sessions.imports.formats import limits
from sessions.imports.xlsx.archive import damaged
from sessions.sanitize import quoted

CELL_LIMIT: Final = 5_000_000
"""The most cells in the rectangle from A1 to the last cell with content, empty ones included."""
TEXT_LIMIT: Final = 200_000_000
"""The most bytes that the reader may have to copy for shared texts."""

_ABOVE: Final = 20
"""Lines at the top of a sheet that may not be rows of the table, such as the header."""
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_ATTRIBUTE: Final = rb"([\w:]+)\s*=\s*(\"[^\"<>]*\"|'[^'<>]*')"
_ATTRIBUTES: Final = rb"(?:\s+[\w:]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*+\s*+"
_CELL = re.compile(rb"<(?:\w+:)?c(" + _ATTRIBUTES + rb")(?:/>|>((?:[^<]++|<(?!/?(?:\w+:)?c[\s/>]))*+)</(?:\w+:)?c\s*>)")
_ANY_CELL = re.compile(rb"<(?:[^\s<>/]*:)?c[\s/>]")
_ADDRESS = re.compile(rb".([A-Za-z]{1,3})([0-9]{1,7}).")
_VALUE = re.compile(rb"<(?:\w+:)?[vt](?:\s[^<>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TEXT_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si" + _ATTRIBUTES + rb"/>")
_ANY_TEXT = re.compile(rb"<(?:[^\s<>/]*:)?si[\s/>]")
_attributes = re.compile(_ATTRIBUTE).findall


@dataclass(frozen=True, slots=True)
class LostCell:
    """A cell that comes in empty although it contains something: its row and column from 1, and why."""

    row: int
    column: int
    why: str


def check_sheet(sheet: bytes, strings: bytes, source: str, on_row: Callable[[], None]) -> list[LostCell]:
    """Return the cells that come in empty. Raises PortfolioError if the sheet is too large, or not written as spreadsheets are.

    `strings` is the part with the texts that cells share; `on_row` may raise to stop.
    """
    if any(b"\0" in part or b"<!" in part or part.count(b"<?") > 1 for part in (sheet, strings)):
        raise damaged(source, "a part is not in UTF-8, or more than elements and text")
    limits.refuse_rows(sum(b"v>" in row or b"is>" in row for row in _ROW.split(sheet)) - _ABOVE, source)
    lengths = [len(text) for text in _TEXT_END.split(strings)[:-1]]
    lost: list[LostCell] = []
    count = rows = columns = copied = 0
    for match in _CELL.finditer(sheet):
        count += 1
        if not (content := match[2]):
            continue
        address, kind = _address_and_type(match[1], source)
        row, column = int(address[2]), _column_number(address[1])
        if row > rows:
            on_row()
        rows, columns = max(rows, row), max(columns, column)
        if rows * columns > CELL_LIMIT:
            raise PortfolioError(
                f"{source}: the cell {address[0][1:-1].decode()} is too far from the first (more than {CELL_LIMIT:,} cells); "
                "delete everything that does not belong to the table."
            )
        if kind == b"s":
            copied += lengths[_number_of_text(content, len(lengths), source)]
        elif kind == b"e":
            error = value[1].decode(errors="replace") if (value := _VALUE.search(content)) else ""
            lost.append(LostCell(row, column, f"the error {quoted(error)} became empty"))
        elif kind != b"str" and _FORMULA.search(content) and not _VALUE.search(content):
            lost.append(LostCell(row, column, "the formula was never calculated, so this is empty; save the file in a spreadsheet program first"))
    if count != len(_ANY_CELL.findall(sheet)) or len(lengths) != len(_ANY_TEXT.findall(strings)):
        raise damaged(source, "a cell or a text is not in a spreadsheet's form")
    if copied > TEXT_LIMIT:
        raise PortfolioError(f"{source}: its cells repeat more than {TEXT_LIMIT // 1_000_000} MB of text; leave out what the session does not need.")
    return lost


@cache
def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _address_and_type(attributes: bytes, source: str) -> tuple[re.Match[bytes], bytes]:
    """Return the letters and the digits of a cell's address, and its type."""
    found = _attributes(attributes)
    named = dict(found)
    address = _ADDRESS.fullmatch(named.get(b"r", b""))
    if not address or len(named) < len(found) or b"&" in attributes:
        raise damaged(source, "a cell has no address")
    return address, named.get(b"t", b"")[1:-1]


def _number_of_text(content: bytes, texts: int, source: str) -> int:
    """Return the number of the shared text that a cell shows; there are `texts` of them."""
    value = _VALUE.search(content)
    number = int(value[1]) if value and value[1].isdigit() and len(value[1]) < 10 else texts
    if number >= texts:
        raise damaged(source, "a cell refers to no shared text")
    return number
