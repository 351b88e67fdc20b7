"""Read the cells of a workbook with python-calamine: an extra, imported only for a spreadsheet.

The archive and the sheet were checked before (`archive`, `limits`). Cells are values: a formula is its last result, nothing is
evaluated and no link is followed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from sessions.imports.formats.unread import WORKBOOK, UnreadError
from sessions.imports.xlsx.archive import Members, damaged, plain_name

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook, SheetMetadata

Value = int | float | str | bool | date | datetime | time | timedelta

_RELATIONS = "xl/_rels/workbook.xml.rels"


def require_reader(source: str) -> None:
    """Raise UnreadError if python-calamine is not installed."""
    try:
        import python_calamine  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise UnreadError(f"{source}: to read a spreadsheet, pip install 'quarterdeck[xlsx]' first, or save it as CSV.") from error


@contextmanager
def _no_reader_errors(source: str) -> Iterator[None]:
    """Turn every error of the reader into a PortfolioError."""
    try:
        yield
    except Exception as error:
        raise damaged(source, "its cells cannot be read") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is not an Exception
            raise
        raise damaged(source, "its cells cannot be read") from error


def open_workbook(data: bytes, source: str) -> CalamineWorkbook:
    """Open a workbook. Raises PortfolioError."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - an extra

    with _no_reader_errors(source):
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


def read_cells(book: CalamineWorkbook, sheet: str, source: str) -> tuple[tuple[int, int], list[list[Value]]]:
    """Read a sheet: where its first cell is, from 0, and the rows from there. Raises PortfolioError."""
    with _no_reader_errors(source):
        cells = book.get_sheet_by_name(sheet)
        return cells.start or (0, 0), cells.to_python()


def is_table(sheet: SheetMetadata) -> bool:
    """Return whether a sheet has cells: a chart has none."""
    from python_calamine import SheetTypeEnum  # noqa: PLC0415 - an extra

    return sheet.typ == SheetTypeEnum.WorkSheet


def is_visible(sheet: SheetMetadata) -> bool:
    """Return whether a sheet is visible."""
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415 - an extra

    return sheet.visible == SheetVisibleEnum.Visible


def sheet_paths(members: Members, source: str) -> dict[str, str]:
    """Return the member that holds each sheet, by the sheet's name, resolved as python-calamine does. Raises PortfolioError."""
    try:
        workbook = ElementTree.fromstring(members[WORKBOOK])
        relations = ElementTree.fromstring(members.get(_RELATIONS, b""))
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise damaged(source, "its list of sheets is not XML") from error
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    sheets = [each for each in workbook.iter() if each.tag.rpartition("}")[2] == "sheet"]
    paths = {each.get("name", ""): _path(targets.get(_relation(each), "")) for each in sheets}
    if len(targets) < len(relations) or len(paths) < len(sheets):
        raise damaged(source, "two of its sheets have the same name")
    return paths


def _relation(sheet: ElementTree.Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def _path(target: str) -> str:
    name = plain_name(target)
    return name if target.startswith("/") or name.startswith("xl/") else f"xl/{name}"
