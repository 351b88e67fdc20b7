"""Read a table from an Excel workbook: the first visible sheet with rows, its cells as the texts that a CSV would have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from sessions.errors import PortfolioError
from sessions.imports.formats import limits
from sessions.imports.formats.csv_table import Record, Shape, Table, as_it_is, table_of
from sessions.imports.formats.report import Findings, Notice
from sessions.imports.formats.unread import refuse_unread
from sessions.imports.xlsx.archive import Members, damaged, open_archive, unpacked
from sessions.imports.xlsx.limits import LostCell, check_sheet
from sessions.imports.xlsx.reader import Value, is_table, is_visible, open_workbook, read_cells, require_reader, sheet_paths
from sessions.sanitize import quoted
from sessions.wording import shortened

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_WHOLE: Final = 10**15
"""Below it every integer is exact: a spreadsheet keeps 15 digits."""
_ROW = re.compile(rb"<(?:\w+:)?row(\s[^<>]*)>")
_NUMBER, _LEVEL = re.compile(rb"\sr=[\"']([0-9]{1,7})[\"']"), re.compile(rb"\soutlineLevel=[\"']([1-7])[\"']")
_COVER, _A_TABLE = 100, 3
"""The most rows of a cover, and the fewest cells in a row of a table."""
_STRINGS: Final = "xl/sharedstrings.xml"


def read_workbook(
    data: bytes,
    findings: Findings,
    shape: Shape = as_it_is,
    wanted: str = "",
    *,
    several: bool = False,
    is_header: Callable[[list[str]], bool] | None = None,
) -> Table:
    """Read the table in a workbook's bytes: the sheet that is `wanted`, else the first; `findings` name it. Raises PortfolioError if none is.

    With `is_header`, a sheet without one that is no table either, such as a cover, makes way for the next one.
    """
    source = findings.source
    refuse_unread(data, source)
    archive = open_archive(data, source)
    require_reader(source)
    members = unpacked(archive, source)
    _refuse_macros(members, source)
    _refuse_document_types(members, source)
    book = open_workbook(data, source)
    sheets = tuple(sheet.name for sheet in book.sheets_metadata if is_table(sheet))
    if wanted not in sheets and several:
        wanted = ""
    if wanted and wanted not in sheets:
        raise PortfolioError(f"{source}: no sheet is called {quoted(wanted)}; the sheets are {shortened([quoted(sheet) for sheet in sheets])}.")
    findings.found = findings.found._replace(sheets=sheets, sheet=wanted)
    name, lost, findings.levels, (first_row, first_column), rows = _first_with_rows(book, members, findings, wanted, is_header)
    findings.found = findings.found._replace(sheet=name)
    others = [f"{quoted(other.name)}{'' if is_visible(other) else ' (hidden)'}" for other in book.sheets_metadata if other.name != name]
    findings.source = f"{source}, sheet {quoted(name)}"
    if others:
        findings.noticed.append(Notice(None, "", f"one sheet is read; left out: {shortened(others)}"))
    shaped = shape(_records(rows, first_row + 1, findings.source), findings)
    table = table_of(shaped.records, "Excel workbook", findings, shaped.export)
    _report_lost(lost, first_column, () if shaped.turned or shaped.export else table.headers, findings)
    return table


def _refuse_macros(members: Members, source: str) -> None:
    """Refuse a workbook with macros, by its members or its content type. They would never run, but their sender meant them to."""
    if any("vbaproject" in name or "/macrosheets/" in name for name in members) or b"macroEnabled" in members.get("[content_types].xml", b""):
        raise PortfolioError(f"{source}: this spreadsheet holds macros (.xlsm); save it as .xlsx or CSV first.")


def _refuse_document_types(members: Members, source: str) -> None:
    """Refuse a document type, by which entities come in, in any part and in UTF-16 too (RELIABILITY I15)."""
    if any(name.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in content.replace(b"\0", b"") for name, content in members.items()):
        raise PortfolioError(f"{source}: the spreadsheet defines entities of its own, as no spreadsheet needs to; save it as CSV.")


_Sheet = tuple[str, list[LostCell], Mapping[int, int], tuple[int, int], list[list[Value]]]


def _first_with_rows(
    book: CalamineWorkbook, members: Members, findings: Findings, wanted: str, is_header: Callable[[list[str]], bool] | None
) -> _Sheet:
    """Return the sheet that is wanted, else the first visible one with content: its name, cells lost, outline, first cell and rows.

    The sheets after it are not read, so they may be of any size.
    """
    source = findings.source
    paths = sheet_paths(members, source)
    cover: _Sheet | None = None
    for sheet in book.sheets_metadata:
        if is_table(sheet) and (sheet.name == wanted if wanted else is_visible(sheet)):
            if (path := paths.get(sheet.name)) not in members:
                raise damaged(source, f"the sheet {quoted(sheet.name)} is missing")
            lost = check_sheet(members[path], members.get(_STRINGS, b""), f"{source}, sheet {quoted(sheet.name)}", findings.on_row)
            start, rows = read_cells(book, sheet.name, source)
            if not any(str(value).strip() for row in rows for value in row):
                continue
            found = (sheet.name, lost, _outline(members[path]), start, rows)
            if wanted or is_header is None or not _is_cover(rows, is_header):
                return found
            cover = cover or found
    if cover:
        return cover
    if wanted:
        raise PortfolioError(f"{source}: the sheet {quoted(wanted)} has nothing in it.")
    hidden = " that is visible" if not all(map(is_visible, book.sheets_metadata)) else ""
    raise PortfolioError(f"{source}: no sheet{hidden} has anything in it.")


def _is_cover(rows: Sequence[Sequence[Value]], is_header: Callable[[list[str]], bool]) -> bool:
    """Return whether a sheet is a cover or the like: short, narrow, and without a header."""
    texts = [[text for value in row if (text := _text(value)).strip()] for row in rows[: _COVER + 1]]
    return len(rows) <= _COVER and not any(len(row) >= _A_TABLE or is_header(row) for row in texts)


def _outline(sheet: bytes) -> dict[int, int]:
    """Return how deep the rows are that are grouped below others, by their numbers."""
    rows = _ROW.findall(sheet) if b"outlineLevel" in sheet else ()
    return {int(number[1]): int(level[1]) for row in rows if (level := _LEVEL.search(row)) and (number := _NUMBER.search(row))}


def _records(rows: Sequence[Sequence[Value]], first_row: int, source: str) -> Iterator[Record]:
    """Return the rows with content, each with its number in the sheet and without the empty cells at its end."""
    size = 0
    for number, row in enumerate(rows, first_row):
        cells = [_text(value) for value in row]
        size += sum(map(len, cells))
        if size > limits.FILE_BYTES:
            raise PortfolioError(f"{source}: the cells hold more than {limits.megabytes()} of text, the most that is read.")
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _text(value: Value) -> str:
    """Return a value as the text that a CSV would have: dates in ISO format, integers without a point, TRUE and FALSE."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            # A spreadsheet keeps and shows 15 digits: 0.1 + 0.2 is 0.3 there.
            return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else f"{value:.15g}"
        case datetime():
            return str(value.date()) if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def _report_lost(lost: Sequence[LostCell], first_column: int, headers: Sequence[str], findings: Findings) -> None:
    """Report the cells that come in empty although they contain something."""
    for cell in lost:
        place = cell.column - first_column
        column = headers[place - 1] if 0 < place <= len(headers) else f"column {place}"
        findings.changed.append(Notice(cell.row, column, cell.why))
