"""A picture of a terminal's screen as a camera sees it: the halves of each cell in their colours, enough to read a QR code from."""

from __future__ import annotations

import struct
import zlib

import pyte

CELL = 8
"""Pixels of a cell's width; it is twice as high."""
_HALVES = {"▀": (True, False), "▄": (False, True), "█": (True, True)}
_NAMED = {"black": "000000", "white": "ffffff"}


def png_of(screen: pyte.Screen) -> bytes:
    """Return the screen as a PNG."""
    rows = bytearray()
    for y in range(screen.lines):
        halves = [_halves(screen.buffer[y][x]) for x in range(screen.columns)]
        for half in (0, 1):
            rows += (b"\0" + b"".join(colours[half] * CELL for colours in halves)) * CELL
    size = struct.pack(">IIBBBBB", screen.columns * CELL, screen.lines * 2 * CELL, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size) + _chunk(b"IDAT", zlib.compress(bytes(rows))) + _chunk(b"IEND", b"")


def _halves(cell: pyte.screens.Char) -> tuple[bytes, bytes]:
    ink, ground = _colour(cell.fg, "ffffff"), _colour(cell.bg, "000000")
    if cell.reverse:
        ink, ground = ground, ink
    upper, lower = _HALVES.get(cell.data, (False, False))
    return ink if upper else ground, ink if lower else ground


def _colour(name: str, default: str) -> bytes:
    text = default if name == "default" else _NAMED.get(name, name)
    return bytes.fromhex(text) if len(text) == 6 else bytes.fromhex(default)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
