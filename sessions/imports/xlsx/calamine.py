"""The one place that knows the reader of spreadsheets, python-calamine: an extra, imported late, without which all else works.

It is never shown the file itself, but a workbook of one sheet that is made here of the parts that were looked through: so nothing
that was not looked through can reach it, be it a link, a macro or a second member of the same name.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Final
from zipfile import ZipFile

from sessions.errors import PortfolioError
from sessions.imports.xlsx.archive import damaged
from sessions.imports.xlsx.parts import RELATIONS, WORKBOOK, Parts, read_xml

Value = int | float | str | bool | date | datetime | time | timedelta

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK: Final = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="%d"/>'
    '<sheets><sheet name="table" sheetId="1" r:id="worksheet"/></sheets></workbook>'
)
_NO_STRINGS: Final = f'<sst xmlns="{_MAIN}"/>'.encode()
_NO_STYLES: Final = f'<styleSheet xmlns="{_MAIN}"/>'.encode()


def require_reader(source: str) -> None:
    """Raise PortfolioError where the reader is not installed."""
    try:
        import python_calamine  # noqa: F401, PLC0415 - an extra, and only needed here
    except ImportError as error:
        raise PortfolioError(f"{source}: to read a spreadsheet, pip install 'quarterdeck[xlsx]' first, or save it as CSV.") from error


def read_cells(sheet: bytes, parts: Parts, source: str) -> tuple[tuple[int, int], list[list[Value]]]:
    """Read the cells of a sheet that was looked through, and where the first of them stands, from 0. Raises PortfolioError."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - as above

    workbook = _fresh(sheet, parts, source)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as book:
            read = book.get_sheet_by_index(0)
            return read.start or (0, 0), read.to_python()
    except Exception as error:
        raise damaged(source, "its cells cannot be read") from error
    except BaseException as error:
        # A panic in the reader's Rust is no Exception, so that nobody takes it for one by accident.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(source, "its cells cannot be read") from error


def _fresh(sheet: bytes, parts: Parts, source: str) -> bytes:
    """Make the workbook that the reader is shown."""
    styles = parts.styles or _NO_STYLES
    read_xml(styles, source, lambda *_: None)  # formats say which numbers are dates: there is no more to look for than that they are XML
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("_rels/.rels", _relations(officeDocument=WORKBOOK))
        archive.writestr(WORKBOOK, _WORKBOOK % parts.from_1904)
        archive.writestr(RELATIONS, _relations(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", parts.strings or _NO_STRINGS)
        archive.writestr("xl/styles.xml", styles)
    return made.getvalue()


def _relations(**targets: str) -> str:
    """Return the member that says where the part of each kind is; its name is the kind."""
    lines = (
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'
