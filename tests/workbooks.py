"""Excel workbooks written by hand, as small as they can be: the base for tests of spreadsheets. Imported as `workbooks`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>'
_FORMAT = {date: 1, datetime: 2, timedelta: 3}
_NOUGHT = datetime(1899, 12, 30)


class Error(str):
    """The error that a cell shows."""


Value = str | float | bool | date | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows, or its XML as it is."""

    name: str
    rows: Sequence[Sequence[Value]] = ()
    state: str = "visible"
    xml: str = ""


def letters(number: int) -> str:
    """Return the letters of a column: 1 is A."""
    return letters((number - 1) // 26) + chr(ord("A") + (number - 1) % 26) if number else ""


def cell(place: str, value: Value) -> str:
    """Return a cell in XML."""
    match value:
        case None:
            return ""
        case Error():
            return f'<c r="{place}" t="e"><v>{value}</v></c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        case bool():
            return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
        case date() | timedelta():
            return f'<c r="{place}" s="{_FORMAT[type(value)]}"><v>{serial(value)}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def serial(value: date | timedelta) -> float:
    """Return the number that a spreadsheet keeps for a date or a duration."""
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment - _NOUGHT) / timedelta(days=1)


def sheet_xml(rows: Iterable[Sequence[Value]]) -> str:
    """Return a sheet in XML."""
    lines = (
        f'<row r="{row}">{"".join(cell(f"{letters(column)}{row}", value) for column, value in enumerate(values, 1))}</row>'
        for row, values in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def members_of(*sheets: Sheet, strings: str = "") -> dict[str, str | bytes]:
    """Return the members of a workbook by their names."""
    listed, relations = "", ""
    parts: dict[str, str | bytes] = {}
    for number, sheet in enumerate(sheets, 1):
        listed += f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" state="{sheet.state}" r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet.xml or sheet_xml(sheet.rows)
    relations += f'<Relationship Id="styles" Type="{OFFICE}/styles" Target="styles.xml"/>'
    if strings:
        relations += f'<Relationship Id="strings" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/styles.xml": STYLES,
        **parts,
    }


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Pack members into an archive."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(*rows: Sequence[Value]) -> bytes:
    """Return a workbook of one sheet, `Plan`."""
    return packed(members_of(Sheet("Plan", rows)))
