"""Reads a table from an Excel workbook: the first visible sheet that has rows, its cells as the texts that a CSV would have.

Cells are values: a formula is what it last came to, nothing is evaluated and no link is followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Final

from sessions.errors import PortfolioError
from sessions.imports.formats.csv_table import Table, table_of
from sessions.imports.formats.files import OLD_OFFICE
from sessions.imports.formats.report import Findings, Notice, listed
from sessions.imports.xlsx.archive import Members, damaged, open_archive, plain_name, unpacked
from sessions.imports.xlsx.calamine import Value, read_cells, require_reader
from sessions.imports.xlsx.parts import WORKBOOK, Parts, SheetPart, parts_of
from sessions.imports.xlsx.sheet import Contents, look_through
from sessions.sanitize import quoted

Record = tuple[int, list[str]]

_WHOLE: Final = 10**15
"""Below it every whole number is itself: a spreadsheet keeps 15 digits."""


def read_workbook(data: bytes, findings: Findings) -> Table:
    """Read the table in a workbook's bytes; `findings` then name the sheet. Raises PortfolioError for all that is no such thing."""
    source = findings.source
    _refuse_the_old(data, source)
    archive = open_archive(data, source)
    _refuse_other_kinds({plain_name(name) for name in archive.namelist()}, source)
    require_reader(source)
    members = unpacked(archive, source)
    _refuse_macros(members, source)
    parts = parts_of(members, source)
    sheet, contents = _first_with_rows(parts, members, source)
    findings.source = f"{source}, sheet {quoted(sheet.name)}"
    _tell_left_out(parts, sheet, findings)
    (first_row, first_column), rows = read_cells(members[sheet.path], parts, findings.source)
    table = table_of(_records(rows, first_row + 1), "Excel workbook", findings)
    _tell_lost(contents, first_column, table, findings)
    return table


def _refuse_the_old(data: bytes, source: str) -> None:
    """Refuse the container of before 2007. Today's workbooks are in it only where a password protects them."""
    if not data.startswith(OLD_OFFICE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise PortfolioError(f"{source}: a password protects this spreadsheet; save it without one, or as CSV.")
    raise PortfolioError(f"{source}: this is an old spreadsheet or document (as .xls or .doc); save the table as .xlsx or CSV first.")


def _refuse_other_kinds(names: set[str], source: str) -> None:
    """Refuse what is no workbook in XML, by the names of its members."""
    if WORKBOOK in names:
        return
    if "xl/workbook.bin" in names:
        what = "a binary spreadsheet (.xlsb)"
    elif {"mimetype", "content.xml"} <= names:
        what = "an OpenDocument file (as .ods)"
    else:
        what = "an archive without a spreadsheet in it"
    raise PortfolioError(f"{source}: this is {what}; save the table as .xlsx or CSV first.")


def _refuse_macros(members: Members, source: str) -> None:
    """Refuse a workbook with macros, by its members or by what it says it is. They would not be run; but who sends them means them to be."""
    if any("vbaproject" in name or "/macrosheets/" in name for name in members) or b"macroEnabled" in members.get("[content_types].xml", b""):
        raise PortfolioError(f"{source}: this spreadsheet holds macros (.xlsm); save it as .xlsx or CSV first.")


def _first_with_rows(parts: Parts, members: Members, source: str) -> tuple[SheetPart, Contents]:
    """Return the first visible sheet that has something in it. Sheets behind it may be as large as they like: they are not looked at."""
    for sheet in parts.sheets:
        if sheet.path and not sheet.hidden:
            if sheet.path not in members:
                raise damaged(source, f"the sheet {quoted(sheet.name)} is missing")
            contents = look_through(members[sheet.path], parts.strings, f"{source}, sheet {quoted(sheet.name)}")
            if contents.filled:
                return sheet, contents
    hidden = " that is not hidden" if any(sheet.hidden for sheet in parts.sheets) else ""
    raise PortfolioError(f"{source}: no sheet{hidden} has anything in it.")


def _tell_left_out(parts: Parts, sheet: SheetPart, findings: Findings) -> None:
    others = [f"{quoted(other.name)}{' (hidden)' if other.hidden else ''}" for other in parts.sheets if other is not sheet]
    if others:
        findings.noticed.append(Notice(None, "", f"one sheet is read; left out: {listed(others)}"))


def _records(rows: Sequence[Sequence[Value]], first_row: int) -> Iterator[Record]:
    """Return the rows that hold something, each with its number in the sheet, and without the empty cells at its end."""
    for number, row in enumerate(rows, first_row):
        cells = [_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _text(value: Value) -> str:
    """Return a value as the text that a CSV would have: dates as ISO writes them, whole numbers as such, yes and no as spreadsheets say them."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            # 15 digits are what a spreadsheet keeps and shows: 0.1 + 0.2 is 0.3 there.
            return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else f"{value:.15g}"
        case datetime():
            return str(value.date()) if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def _tell_lost(contents: Contents, first_column: int, table: Table, findings: Findings) -> None:
    """Tell the cells that come in as empty though something stands in them."""
    for cell in contents.lost:
        place = cell.column - first_column
        column = table.headers[place - 1] if 0 < place <= len(table.headers) else f"column {place}"
        findings.changed.append(Notice(cell.row, column, cell.why))
