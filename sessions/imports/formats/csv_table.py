"""Turn what a file holds into a header and rows, each with its line: of a CSV text with any delimiter, or of cells.

A row is never lost: a stray quote, too many rows or a cell beyond the limit are refused with their line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from sessions.errors import PortfolioError
from sessions.imports.formats import limits
from sessions.imports.formats.report import Findings, Place
from sessions.wording import unaccented

Record = tuple[int, list[str]]
"""The first line of a record in the file, and its cells."""
OUTLINE_LEVEL = "outline level"
"""The column added to a spreadsheet with rows grouped below others."""
HEADER_LIMIT = 100
_SAMPLE = 20
_SEARCHED = 1_000
"""The first records, which decide the delimiter."""
LONGEST_NAME = 200
"""How many characters of a name count."""

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ONE_COLUMN = "\x1f"
"""Separates the cells of a file with one column, if a comma belongs to the text."""
_DECLARED = re.compile(r"sep=([,;\t|])\r?\n?", re.IGNORECASE)
"""The line by which spreadsheets name the delimiter."""
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)?")
_OUR_PREFIX = re.compile(r"'(?='*[=+\-@＝＋－＠\t\r])")
"""What our own exports put before a text that a spreadsheet would take for a formula (RELIABILITY I1)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line in the file, a cell for each column, and the cells beyond the last column."""

    line: int
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    lacking: int = 0
    """How many cells the file leaves out at the end of the row; here they are empty."""


class Export(NamedTuple):
    """The tool that exported a table, the field of its columns, or "keep" or "ignore", why, and what chosen columns are called here."""

    tool: str
    field_of: Mapping[str, str]
    why: Mapping[str, str]
    called: Mapping[str, str]
    left_out: int = 0
    """How many items are not cards."""


NO_EXPORT = Export("", {}, {}, {})


@dataclass(frozen=True, slots=True)
class Table:
    """A header of unique names and the rows that hold something. `dialect` says in words what separates the columns, or what else holds them."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    dialect: str
    export: Export | None = None

    def without(self, left_out: Container[str]) -> Table:
        """Return the table without some of its columns."""
        kept = [place for place, header in enumerate(self.headers) if header not in left_out]
        rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in self.rows)
        return replace(self, headers=tuple(self.headers[place] for place in kept), rows=rows)


class Shaped(NamedTuple):
    """The records of a plain table, the header first; `turned` says that its rows are the columns of the file."""

    records: Iterator[Record]
    turned: bool = False
    export: Export | None = None


Shape = Callable[[Iterator[Record], Findings], Shaped]


def as_it_is(records: Iterator[Record], findings: Findings) -> Shaped:
    """Return the records unchanged."""
    return Shaped(records)


def read_table(text: str, findings: Findings) -> Table:
    """Read a CSV text whose first line is the header. Raises PortfolioError as `read_records` and `table_of` do."""
    records, dialect = read_records(text, findings.source)
    return table_of(records, dialect, findings)


def read_records(text: str, source: str, is_header: Callable[[list[str]], bool] = bool) -> tuple[Iterator[Record], str]:
    """Read a CSV text, and say in words what separates its columns; lines above the first that `is_header` count for nothing there.

    Reading the records raises PortfolioError: an unterminated quote, a cell beyond the limit.
    """
    declared = _DECLARED.match(text)
    skip = 1 if declared else 0
    delimiter = declared[1] if declared else _delimiter(text, source, is_header)
    records = islice(_records(text, delimiter, source), skip, None)
    return records, f"separated by {_DELIMITERS[delimiter]}" if delimiter in _DELIMITERS else "one column"


def table_of(records: Iterator[Record], dialect: str, findings: Findings, export: Export | None = None) -> Table:
    """Make a table of records, each with its line; the first is the header. Raises PortfolioError: header only, too many rows or columns."""
    first_line, header = next(records, (1, []))
    limits.refuse_columns(len(header), findings.source)
    headers = _unique(list(map(_unguarded, header)), first_line, findings)
    rows = tuple(_rows(records, headers, findings))
    if not rows:
        raise PortfolioError(f"{findings.source}: there is a header line but no row under it.")
    return Table(headers, rows, dialect, export)


def _delimiter(text: str, source: str, is_header: Callable[[list[str]], bool]) -> str:
    """Find the delimiter that cuts the header into most cells and the next rows into just as many.

    `csv.Sniffer` is not used: it raises on a single column, and long descriptions with commas in them lead it astray.
    """
    best, best_score = _ONE_COLUMN, (0, 0)
    for delimiter in _DELIMITERS:
        records = _all_records(_Lines(text), delimiter)
        try:
            sample = [record for _, record in islice(records, _SEARCHED) if any(map(str.strip, record))][: 2 * _SAMPLE]
        except csv.Error:
            continue  # a wrong delimiter makes a quote look misplaced; reading the right one again reports it
        # A title of the table is no header.
        wide = next((place for place, record in enumerate(sample[:_SAMPLE]) if len(record) > 1), 0)
        header = next((place for place, record in enumerate(sample[:_SAMPLE]) if is_header(record)), wide)
        sample = sample[header : header + _SAMPLE]
        width = len(sample[0]) if sample else 0
        score = (sum(len(record) == width for record in sample) * 2 // max(len(sample), 1), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    if best == _ONE_COLUMN:
        # Every delimiter failed on a quote: the one seen most in the header makes the error a true one.
        first = re.match(r"\s*([^\r\n]*)", text)
        most = max(_DELIMITERS, key=first[1].count) if first else best
        return most if first and first[1].count(most) else best
    return best


def _records(text: str, delimiter: str, source: str) -> Iterator[Record]:
    """Return every record that holds something, with its first line."""
    lines, empty = _Lines(text), 0
    try:
        for line, record in _all_records(lines, delimiter):
            if any(map(str.strip, record)):
                yield line, record
            else:
                empty += 1
                limits.refuse_rows(empty // limits.PARTS, source)
    except csv.Error as error:
        opened, why = _explained(lines, delimiter)
        raise PortfolioError(f"{source}: line {opened}: {why}.", opened) from error


def _all_records(lines: _Lines, delimiter: str) -> Iterator[Record]:
    """Return every record with its first line. Raises csv.Error."""
    csv.field_size_limit(limits.CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.start(reader.line_num + 1)
        try:
            record = next(reader)
        except StopIteration:
            return
        yield lines.first, record


class _Lines:
    """The lines of a text: what the current record has taken, and whether it asked for more lines than there are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._began = self._taken = 0
        self.first = 1
        self.ended = False

    def start(self, line: int) -> None:
        """Begin another record on this line."""
        self.first, self._began = line, self._taken

    def record(self) -> str:
        """Return the current record as far as it was read."""
        return self._text[self._began : self._taken]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        end = _LINE.match(self._text, self._taken).end()  # type: ignore[union-attr]  # it matches anything
        if end == self._taken:
            self.ended = True
            raise StopIteration
        start, self._taken = self._taken, end
        return self._text[start:end]


def _explained(lines: _Lines, delimiter: str) -> tuple[int, str]:
    """Return why the csv module does not accept the current record, with the line where its last quotation mark opens."""
    whole, line = lines.record(), lines.first
    record = whole[: limits.CELL]
    part = re.escape(delimiter)
    cell = rf'"(?:[^"]|"")*+"|(?:[^"{part}\r\n][^{part}\r\n]*+)?'
    opens = re.match(rf'(?:(?:{cell}){part})*+"', record)
    opened = line + _line_ends(record[: opens.end()]) if opens else line
    last = line + _line_ends(record.rstrip("\r\n"))
    if lines.ended:
        return opened, "a quotation mark is opened and never closed"
    if len(whole) > limits.CELL:
        return opened, f"a cell is longer than the {limits.CELL:,} characters that are read; a quotation mark may be missing"
    if last > opened:
        return opened, f"a quotation mark is opened, and the next one, in line {last}, is in the wrong place; one is missing or must be doubled"
    return opened, "a quotation mark is in the wrong place; inside a quoted text it must be doubled"


def _line_ends(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text))


def _unguarded(cell: str) -> str:
    """Remove what our own exports put before a text that a spreadsheet would take for a formula."""
    return cell[1:] if cell.startswith("'") and _OUR_PREFIX.match(cell) else cell


def _unique(header: list[str], line: int, findings: Findings) -> tuple[str, ...]:
    """Clean the header's names, name empty ones, number duplicates, and note it."""
    names: dict[str, None] = {}
    for number, raw in enumerate(header, 1):
        name = findings.text(raw, HEADER_LIMIT, Place(line, f"column {number}")) or f"column {number}"
        unique = free_name(name, names)
        if unique != name:
            findings.guess(Place(line, name), f"this column appears more than once; the one at place {number} becomes {unique}")
        names[unique] = None
    return tuple(names)


def plain(name: str) -> str:
    """Return a name without case, accents, spaces and other signs: `Project_Name`, `projectName` and `project name` are one."""
    return re.sub(r"[\W_]+", "", unaccented(name[:LONGEST_NAME].casefold()))


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken yet: a second `tag` is `tag (2)`."""
    free, copy = name, 1
    while free in taken:
        copy += 1
        free = f"{name} ({copy})"
    return free


def _rows(records: Iterator[Record], headers: tuple[str, ...], findings: Findings) -> Iterator[Row]:
    """Return the rows, each as wide as the header."""
    width = len(headers)
    for count, (line, record) in enumerate(records, 1):
        findings.on_row()
        limits.refuse_rows(count, findings.source)
        limits.refuse_columns(len(record), f"{findings.source}: line {line}")
        cells = list(map(_unguarded, record))
        beyond = tuple(cell for cell in cells[width:] if cell.strip())
        if beyond:
            noun = "cell more than the header has" if len(beyond) == 1 else "cells more than the header has"
            findings.guess(Place(line, ""), f"{len(beyond)} {noun}, kept under the column's number")
        lacking = max(0, width - len(cells))
        yield Row(line, (*cells[:width], *[""] * lacking), beyond, lacking)
