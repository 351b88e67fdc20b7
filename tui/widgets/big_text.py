"""Block letters: words that a room reads from its last row.

A dot of a letter is half a cell high; the larger sizes take two cells and a whole row for it, or four cells and two rows. Text with a
character that the alphabet lacks, and text too long for its place, stays plain; the caller draws it bold.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from tui.text import fixed_width, wrap
from tui.widgets.glyphs import ALIKE, CEDILLA, GLYPHS, HEIGHT, MARKS

_ABOVE = 1
"""Rows above a capital: its accent."""

_PITCH = _ABOVE + HEIGHT
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


class _Size(NamedTuple):
    cells: int
    """The cells of a dot, which is half as many rows high."""
    bold: bool


_SIZES = tuple(_Size(cells, bold) for cells in (4, 2, 1) for bold in (True, False))
"""From the largest to the smallest."""


def big_text(text: str, width: int, rows: int) -> tuple[str, ...]:
    """Return `text` in block letters; if they do not fit, in plain words, cut with an ellipsis in the last row."""
    return block_letters(text, width, rows) or tuple(wrap(text, width, rows))


@lru_cache(maxsize=64)
def block_letters(text: str, width: int, rows: int) -> tuple[str, ...]:
    """Return `text` in the largest letters that fit into `width` cells and `rows` rows: a string for each row. Nothing if none fit.

    Words are never broken. Five rows hold a line in the smallest sizes, nine and eighteen in the larger ones; four, seven and fourteen do
    if nothing hangs below the line.
    """
    letters = unicodedata.normalize("NFC", fixed_width(text).translate(ALIKE))
    glyphs = [_glyph(letter) for letter in letters]
    if not letters.strip() or not all(glyphs):
        return ()
    for size in _SIZES:
        lines = _wrapped(glyphs, letters, width, size)
        block = _block(lines, size) if lines else ()
        if block and len(block) <= rows:
            return block
    return ()


def _glyph(letter: str) -> tuple[str, ...]:
    """Return the ten rows of dots of a letter, of which the first is for an accent; nothing for one that has no glyph."""
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if letter in GLYPHS:
        base, marks = letter, []
    glyph = GLYPHS.get(base)
    if glyph is None or any(mark not in MARKS and mark != CEDILLA for mark in marks):
        return ()
    width = len(glyph[0])
    above, body = "." * width, list(glyph)
    for mark in marks:
        if mark == CEDILLA:
            body[-2:] = ["#".center(width, "."), "##".center(width, ".")]
            continue
        upper, lower = ("".join(row).center(width, ".") for row in MARKS[mark])
        if base in "ij":
            width = max(width, len(upper))
            body = [row.center(width, ".") for row in ("." * width, "." * width, *body[2:])]
        above = upper
        if base.islower():
            body[0] = lower if set(body[0]) == {"."} or base in "ij" else body[0]
    return (above, *body)


def _width(glyphs: list[tuple[str, ...]], size: _Size) -> int:
    """Return the cells of letters in a row, with a dot between them."""
    return sum(len(glyph[0]) + size.bold + 1 for glyph in glyphs) * size.cells - size.cells


def _wrapped(glyphs: list[tuple[str, ...]], letters: str, width: int, size: _Size) -> list[list[tuple[str, ...]]]:
    """Break the letters between words; nothing if a word is wider than the place."""
    words = [[glyph for _, glyph in pairs] for is_word, pairs in groupby(zip(letters, glyphs, strict=True), lambda pair: pair[0] != " ") if is_word]
    if any(_width(word, size) > width for word in words):
        return []
    lines: list[list[tuple[str, ...]]] = []
    space = _glyph(" ")
    for word in words:
        if lines and _width([*lines[-1], space, *word], size) <= width:
            lines[-1] += [space, *word]
        else:
            lines.append(word)
    return lines


def _block(lines: list[list[tuple[str, ...]]], size: _Size) -> tuple[str, ...]:
    """Draw the lines, without the empty rows for accents above the first and for what hangs below the last."""
    dots = [".".join(_weighty(glyph[y], size) for glyph in line) for line in lines for y in range(_PITCH)]
    if "#" not in dots[0]:
        dots = dots[_ABOVE:]
    while "#" not in dots[-1]:
        dots.pop()
    if size.cells > 1:
        wide = (row.replace(".", " " * size.cells).replace("#", "█" * size.cells).rstrip() for row in dots)
        return tuple(row for row in wide for _ in range(size.cells // 2))
    dots += [""] * (len(dots) % 2)
    return tuple(_halves(*rows).rstrip() for rows in zip(dots[::2], dots[1::2], strict=True))


def _weighty(row: str, size: _Size) -> str:
    """Make the strokes of a row one dot wider if the size is bold."""
    if not size.bold:
        return row
    return "".join("#" if "#" in pair else "." for pair in map("".join, pairwise(f".{row}.")))


def _halves(upper: str, lower: str) -> str:
    """Draw two rows of dots in one row of cells."""
    width = max(len(upper), len(lower))
    return "".join(_HALVES[a == "#", b == "#"] for a, b in zip(upper.ljust(width, "."), lower.ljust(width, "."), strict=True))
