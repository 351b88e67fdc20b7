"""Refuse a sheet that would fill the memory, before python-calamine reads it (RELIABILITY I14).

The reader builds the full rectangle from the first cell to the last and copies a shared text into each cell that uses it, so a
small file can ask for any amount of memory, and a failed allocation ends the process. This scan finds how far the cells reach
and how much text they use, and which cells will come in empty although they contain something.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from sessions.errors import PortfolioError
from sessions.imports.formats.report import EVERYTHING
from sessions.imports.xlsx.archive import damaged
from sessions.sanitize import quoted

CELL_LIMIT: Final = 1_000_000
"""The most cells in the rectangle from A1 to the last cell with content, empty ones included."""
TEXT_LIMIT: Final = 100_000_000
"""The most bytes that the reader may have to copy for shared texts."""
_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384

_PREFIX: Final = rb"(?:[^\s<>/]*:)?"
_ROW = re.compile(rb"<" + _PREFIX + rb"row(?=[\s/>])")
_CELL = re.compile(rb"<" + _PREFIX + rb"c(?=[\s/>])")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"']([0-9]{1,9})[\"']")
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,9})([0-9]{1,9})[\"']")
_TYPE = re.compile(rb"\st\s*=\s*[\"'](\w+)[\"']")
_CONTENT = re.compile(rb"<" + _PREFIX + rb"(?:v|is|f)[\s/>]")
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f[\s/>]")
_VALUE = re.compile(rb"<" + _PREFIX + rb"[vt](?:\s[^<>]*)?>([^<]+)<")
_TEXT_END = re.compile(rb"</" + _PREFIX + rb"si\s*>")


@dataclass(frozen=True, slots=True)
class LostCell:
    """A cell that comes in empty although it contains something: its row and column from 1, and why."""

    row: int
    column: int
    why: str


def check_sheet(sheet: bytes, strings: bytes, source: str) -> list[LostCell]:
    """Return the cells that come in empty. Raises PortfolioError if the sheet is too large or damaged.

    `strings` is the part with the texts that cells share.
    """
    for part in filter(None, (sheet, strings)):
        _require_plain_xml(part, source)
    lost: list[LostCell] = []
    uses: Counter[int] = Counter()
    last_column = 0
    for row, column, cell in _filled_cells(sheet, source):
        last_column = max(last_column, column)
        if row * last_column > CELL_LIMIT:
            raise PortfolioError(
                f"{source}: the cell {column_letters(column)}{row} is too far from the first (more than {CELL_LIMIT:,} cells); "
                "delete everything that does not belong to the table."
            )
        kind = _TYPE.search(cell)
        value = _VALUE.search(cell)
        if kind and kind[1] == b"s" and value:
            if not value[1].isdigit() or len(value[1]) > 9:
                raise damaged(source, "a cell refers to no shared text")
            uses[int(value[1])] += 1
        elif kind and kind[1] == b"e":
            error = value[1].decode(errors="replace") if value else ""
            lost.append(LostCell(row, column, f"the error {quoted(error)} became empty"))
        elif not value and _FORMULA.search(cell) and not (kind and kind[1] == b"str"):
            lost.append(LostCell(row, column, "the formula was never calculated, so this is empty; save the file in a spreadsheet program first"))
        if len(lost) > EVERYTHING:
            raise PortfolioError(f"{source}: more than {EVERYTHING:,} cells are errors or were never calculated; correct them first.")
    if _text_bound(uses, strings) > TEXT_LIMIT:
        raise PortfolioError(f"{source}: its cells repeat more than {TEXT_LIMIT // 1_000_000} MB of text; leave out what the session does not need.")
    return lost


def _require_plain_xml(part: bytes, source: str) -> None:
    """Raise PortfolioError unless the part is XML in UTF-8 made of elements and text only, so that a scan for tags sees what a parser sees."""

    def refuse(*_: object) -> None:
        raise damaged(source, "a part contains more than elements and text")

    if b"\0" in part:  # UTF-16, which `ParserCreate` would recognize by its mark in spite of the encoding
        raise damaged(source, "a part is not XML in UTF-8")
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = parser.CommentHandler = parser.ProcessingInstructionHandler = parser.StartCdataSectionHandler = refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise damaged(source, "a part is not XML in UTF-8") from error


def _filled_cells(sheet: bytes, source: str) -> Iterator[tuple[int, int, bytes]]:
    """Return row, column and XML of each cell with content. Raises PortfolioError if a cell does not come after the one before."""
    row = 0
    for line in _ROW.split(sheet)[1:]:
        head, *cells = _CELL.split(line)
        row = _following(row, [int(number) for number in _ROW_NUMBER.findall(head)], _ROWS, row + 1, source)
        column = 0
        for cell in cells:
            addresses = _ADDRESS.findall(cell)
            column = _following(column, [_column_number(letters) for letters, _ in addresses], _COLUMNS, row, source)
            if any(int(number) != row for _, number in addresses):
                raise _misplaced(row, source)
            if _CONTENT.search(cell):
                yield row, column, cell


def _following(before: int, given: list[int], last: int, row: int, source: str) -> int:
    """Return the given position, or the next one if none is given."""
    position = given[0] if given else before + 1
    if len(given) > 1 or not before < position <= last:
        raise _misplaced(row, source)
    return position


def _misplaced(row: int, source: str) -> PortfolioError:
    return damaged(source, f"a cell near row {row} is in an impossible place")


def _text_bound(uses: Counter[int], strings: bytes) -> int:
    """Return the most bytes that the uses of shared texts can amount to.

    Which number has which text is left to the reader: the most used are taken for the longest.
    """
    lengths = sorted(map(len, _TEXT_END.split(strings)), reverse=True)
    return sum(length * count for length, (_, count) in zip(lengths, uses.most_common(), strict=False))


def _column_number(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
