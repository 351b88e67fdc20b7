"""Name the formats that are not read, by what is in the file, and say what to save instead."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Collection

from sessions.errors import PortfolioError

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How the container begins in which Microsoft's programs saved before 2007, and Project still does."""
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
WORKBOOK = "xl/workbook.xml"
"""The member that makes an archive a spreadsheet that is read."""

_EXCEL = "in Excel choose File, Save As, Excel Workbook (.xlsx)"
_TABLE = "copy the table in it into a spreadsheet, and save that as .xlsx or CSV"
_OF_OLD_OFFICE = (
    ("EncryptedPackage".encode("utf-16-le"), "a spreadsheet or document with a password", "save it without one, or as CSV"),
    (b"MSProject.", "a Microsoft Project file (.mpp)", "in Microsoft Project choose File, Save As, XML"),
    ("WordDocument".encode("utf-16-le"), "a Word document (.doc)", _TABLE),
    ("PowerPoint Document".encode("utf-16-le"), "a PowerPoint presentation (.ppt)", _TABLE),
    ("Workbook".encode("utf-16-le"), "an Excel file from before 2007 (.xls)", _EXCEL),
    (b"", "an old Office file (as .xls, .doc or .mpp)", "save it as .xlsx or CSV, or from Microsoft Project as XML"),
)
"""What is in the container, in the order in which it decides; what that makes of the file, and what to do."""
_OF_ARCHIVE = (
    ("xl/workbook.bin", "a binary Excel file (.xlsb)", _EXCEL),
    ("word/document.xml", "a Word document (.docx)", _TABLE),
    ("ppt/presentation.xml", "a PowerPoint presentation (.pptx)", _TABLE),
    ("index/document.iwa", "an Apple Numbers file (or Pages, or Keynote)", "in Numbers choose File, Export To, Excel or CSV"),
    ("index.zip", "an Apple Numbers file (or Pages, or Keynote)", "in Numbers choose File, Export To, Excel or CSV"),
    ("content.xml", "an OpenDocument file (as .ods)", "in LibreOffice choose File, Save As, Excel 2007-365 (.xlsx)"),
    ("", "an archive (.zip)", "unpack it, and choose the CSV, .xlsx, JSON or XML file in it"),
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
_PHOTOS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|table|Project)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|table|!doctype\s+html)\b", re.IGNORECASE)
_BEGINNING = 1_000


class UnreadError(PortfolioError):
    """A format that is not read, or not on this machine. Its text quotes nothing of the file."""


def refuse_unread(data: bytes, source: str) -> None:
    """Refuse a binary format that is not read. A spreadsheet that is read passes."""
    if data.startswith(b"%PDF"):
        raise _unread(source, "a PDF", "from the program that made it, export the table as .xlsx or CSV")
    if data.startswith(_PICTURES) or data[4:12] in _PHOTOS:
        raise _unread(source, "a picture", "save the table that it shows as .xlsx or CSV")
    if data.startswith(OLD_OFFICE):
        raise next(_unread(source, what, instead) for mark, what, instead in _OF_OLD_OFFICE if mark in data)
    if data.startswith(ZIP) and WORKBOOK not in (names := _names(data)):
        raise next(_unread(source, what, instead) for name, what, instead in _OF_ARCHIVE if name in names or not name)


def is_markup(text: str) -> bool:
    """Return whether a text is XML or a web page from its beginning."""
    return bool(_MARKUP.match(text))


def refuse_entities(text: str, source: str) -> None:
    """Refuse a web page, and any document type, by which entities come in (RELIABILITY I15)."""
    if _PAGE.search(text[:_BEGINNING]):
        raise _unread(source, "a web page (HTML), despite its name", "open it in Excel, and save it as .xlsx or CSV")
    if "<!DOCTYPE" in text:
        raise PortfolioError(f"{source}: the file defines entities of its own, as no export needs to; save it as CSV.")


def other_markup(source: str) -> PortfolioError:
    """Return the refusal of XML of a kind that is not known."""
    return _unread(source, "XML without a task of Microsoft Project", "export the table as .xlsx or CSV")


def _names(data: bytes) -> Collection[str]:
    """Return the names of an archive's members in small letters."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - only an archive needs it

    try:
        return {name.replace("\\", "/").lower().removeprefix("/") for name in ZipFile(io.BytesIO(data)).namelist()}
    except (BadZipFile, struct.error, OSError, ValueError, EOFError, RuntimeError, OverflowError):
        return {WORKBOOK}  # its reader reports what is wrong with it


def _unread(source: str, what: str, instead: str) -> UnreadError:
    return UnreadError(f"{source}: this is {what}, which is not read; {instead}.")
