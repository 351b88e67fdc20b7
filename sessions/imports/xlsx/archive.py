"""Unpack the zip archive of a spreadsheet, within limits (RELIABILITY I14).

What the archive says about its sizes is looked at first, so that a bomb is refused before a byte of it is unpacked; what really
comes out is counted all the same. Nothing is written to a disk.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sessions.errors import PortfolioError
from sessions.imports.formats import limits

MEMBER_LIMIT: Final = 200
RATIO_LIMIT: Final = 100
"""How many times its packed size a member may unpack to. In spreadsheets it is 4 to 15; a run of one byte reaches 1,000."""
RATIO_FLOOR: Final = 1_000_000
"""Members that unpack to less may be packed however well: a sheet of empty formatted cells is, and does no harm."""
_PIECE: Final = 65_536
_ENCRYPTED: Final = 0x1
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, OverflowError)
"""What the zip module raises for damaged archives, by experience rather than by its documentation."""

Members = dict[str, bytes]
"""The unpacked members by their plain names."""


def plain_name(name: str) -> str:
    """Return a member's name as readers compare it: in small letters, with slashes, without the first one."""
    return name.replace("\\", "/").lower().removeprefix("/")


def damaged(source: str, what: str) -> PortfolioError:
    """Return the refusal of a spreadsheet that is not as it should be."""
    return PortfolioError(f"{source}: the spreadsheet is damaged ({what}); save it again as .xlsx or CSV.")


def open_archive(data: bytes, source: str) -> ZipFile:
    """Open the archive, and read the list of its members. Raises PortfolioError if it is not one, or is damaged."""
    try:
        return ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise damaged(source, "its archive cannot be opened") from error


def unpacked(archive: ZipFile, source: str) -> Members:
    """Unpack all members. Raises PortfolioError: too many or too large, packed too well, encrypted, doubled or damaged."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_by_the_list(infos, source)
    members: Members = {}
    left = limits.FILE_BYTES
    for info in infos:
        members[plain_name(info.filename)] = content = _unpack(archive, info, left, source)
        left -= len(content)
    return members


def _refuse_by_the_list(infos: list[ZipInfo], source: str) -> None:
    """Refuse what the archive's own list gives away."""
    if len(infos) > MEMBER_LIMIT:
        raise PortfolioError(f"{source}: the spreadsheet has {len(infos)} parts, more than the {MEMBER_LIMIT} that are read; save it as CSV.")
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise PortfolioError(f"{source}: the spreadsheet is encrypted; save it without a password, or as CSV.")
    if len({plain_name(info.filename) for info in infos}) < len(infos):
        raise damaged(source, "two of its parts have the same name")
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        raise damaged(source, "it is packed in a way that spreadsheets are not")
    if sum(info.file_size for info in infos) > limits.FILE_BYTES:
        raise _too_large(source)
    for info in infos:
        _refuse_a_bomb(info, info.file_size, source)


def _refuse_a_bomb(info: ZipInfo, size: int, source: str) -> None:
    if size > RATIO_FLOOR and size > RATIO_LIMIT * info.compress_size:
        raise PortfolioError(f"{source}: a part of the spreadsheet unpacks to more than {RATIO_LIMIT} times its size; save it as CSV.")


def _unpack(archive: ZipFile, info: ZipInfo, left: int, source: str) -> bytes:
    """Unpack one member piece by piece, at most `left` bytes, and judge it by what it really is."""
    content = bytearray()
    try:
        with archive.open(info) as member:
            while piece := member.read(_PIECE):
                content += piece
                if len(content) > left:
                    raise _too_large(source)
    except _BROKEN as error:
        raise damaged(source, "a part of it cannot be unpacked") from error
    _refuse_a_bomb(info, len(content), source)
    return bytes(content)


def _too_large(source: str) -> PortfolioError:
    return PortfolioError(
        f"{source}: the spreadsheet unpacks to more than {limits.megabytes()}, the most that is read; "
        "leave out what the session does not need, or save it as CSV."
    )
