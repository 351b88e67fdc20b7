"""Make text of a file's bytes: by its mark, else UTF-8 or UTF-16, else Windows-1252 or Mac Roman; what was chosen is named."""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import NamedTuple

from sessions.errors import PortfolioError
from sessions.imports.formats.report import Notice
from sessions.imports.formats.unread import ZIP, refuse_unread
from sessions.sanitize import quoted
from sessions.wording import plural

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
"""Byte order marks. UTF-32 comes first: its mark begins with that of UTF-16."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that no text has; tabs, line ends and escapes may be a user's accident and are cleaned instead."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORKBOOK = (".xlsx", ".xlsm", ".xls")
_UNREAD = "\ufffd"


ENCODINGS = {
    "UTF-8": "utf-8-sig", "UTF-16": "utf-16", "Windows-1252": "cp1252", "Mac Roman": "mac_roman", "Windows-1250": "cp1250", "Windows-1251": "cp1251",
    "Windows-1253": "cp1253", "Windows-1254": "cp1254", "ISO 8859-15": "iso8859_15", "DOS 850": "cp850", "Shift JIS": "cp932", "GB 18030": "gb18030",
    "Big5": "big5", "EUC-KR": "cp949",
}  # fmt: skip
"""The encodings that can be chosen, by what people call them."""


class Decoded(NamedTuple):
    """The text of a file, its encoding in words, the lines with bytes that the encoding does not know, and whether it was guessed."""

    text: str
    encoding: str
    replaced: tuple[Notice, ...] = ()
    guessed: bool = False


def encoding_named(text: str) -> str:
    """Return the encoding of this name, here or in Python. Raises PortfolioError if there is none."""
    with contextlib.suppress(LookupError, ValueError):
        codec = codecs.lookup(text.strip()).name
        if named := next((name for name, other in ENCODINGS.items() if codecs.lookup(other.removesuffix("-sig")).name == codec), ""):
            return named
    bare = re.sub(r"[\W_]+", "", text.casefold())
    if named := next((name for name in ENCODINGS if re.sub(r"[\W_]+", "", name.casefold()) == bare), ""):
        return named
    raise PortfolioError(f"no encoding is called {quoted(text)}; name one of {', '.join(ENCODINGS)}.")


def decode(data: bytes, name: str, encoding: str = "") -> Decoded:
    """Return the text of a file, in the `encoding` if one was chosen. Raises PortfolioError: the file is empty, or no text."""
    refuse_unread(data, name)
    if data.startswith(ZIP):
        raise PortfolioError(f"{name}: this is a spreadsheet, not text; save it as CSV (UTF-8) first.")
    decoded = _as_chosen(data, encoding) if encoding else _decoded(data, name)
    if not decoded.text.strip():
        raise PortfolioError(f"{name}: the file is empty.")
    if found := _CONTROLS.search(decoded.text):
        line = len(_LINE_END.findall(decoded.text[: found.start()])) + 1
        what = "a NUL character" if found[0] == "\x00" else "a control character"
        _refuse_false_workbook(name)
        raise PortfolioError(f"{name}: line {line} holds {what}, so this is not a text file; save it as CSV (UTF-8) or JSON.", line)
    return decoded


def _as_chosen(data: bytes, encoding: str) -> Decoded:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    found = "" if marked or encoding != "UTF-16" else _unmarked_utf_16(data) or data.decode("utf-16-le", "replace")
    text = found or data.decode(ENCODINGS[encoding], "replace")
    return Decoded(text, f"read as {encoding}, as chosen", _replaced(text, encoding))


def _decoded(data: bytes, name: str) -> Decoded:
    for mark, codec, words in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(codec), words)
            except UnicodeDecodeError as error:
                raise PortfolioError(f"{name}: the file is marked as {words}, but it is not; save it as UTF-8.") from error
    if text := _unmarked_utf_16(data):
        return Decoded(text, "UTF-16")
    text = data.decode("utf-8", "replace")
    broken = text.count(_UNREAD) - data.count(_UNREAD.encode())
    if not broken:
        return Decoded(text, "UTF-8")
    if sum(not each.isascii() for each in text) > 2 * text.count(_UNREAD):
        # Bytes of another encoding hardly ever form a character of UTF-8: this is UTF-8 with a few broken ones.
        return Decoded(text, "UTF-8", _replaced(text, "UTF-8"))
    return _of_one_byte_each(data)


def _unmarked_utf_16(data: bytes) -> str:
    """Return a text in UTF-16 without a mark; empty if it is not UTF-16. Its line ends and separators have a zero beside them, always on one side."""
    for codec, zeros, others in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if zeros.count(0) > 10 * others.count(0):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                return ""
            return text if _LINE_END.search(text) and not _CONTROLS.search(text) else ""
    return ""


def _of_one_byte_each(data: bytes) -> Decoded:
    """Read Windows-1252; if a byte is undefined there, Mac Roman if that makes all of them letters."""
    text = data.decode("cp1252", "replace")
    if _UNREAD not in text:
        return Decoded(text, "read as Windows-1252", guessed=True)
    of_mac = data.decode("mac_roman")
    if all(each.isalpha() for each in of_mac if not each.isascii()):
        return Decoded(of_mac, "read as Mac Roman", guessed=True)
    return Decoded(text, "read as Windows-1252", _replaced(text, "Windows-1252"), guessed=True)


def _replaced(text: str, encoding: str) -> tuple[Notice, ...]:
    """Return a notice for every line with broken characters."""
    counts = [(line, row.count(_UNREAD)) for line, row in enumerate(_LINE_END.split(text), 1) if _UNREAD in row]
    return tuple(Notice(line, "", f"{plural(count, 'byte')} unknown to {encoding} became {_UNREAD}") for line, count in counts)


def _refuse_false_workbook(name: str) -> None:
    """Refuse binary data under a spreadsheet's name: advice to save it as UTF-8 would not help."""
    if name.casefold().endswith(_WORKBOOK):
        raise PortfolioError(f"{name}: this is not a spreadsheet, although it is named like one; save it again from Excel, or as CSV (UTF-8).")
