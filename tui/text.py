"""The one way from a user's text to something that a widget shows.

Titles, names and notes come from files and from people: they may hold markup, escape sequences, marks that turn the reading
direction, and characters whose width terminals disagree on. Every text is cleaned again here, although it was cleaned when it was
read, because this is the last door before the terminal. Textual's and Rich's markup is never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.content import Content

from sessions.sanitize import ELLIPSIS, clean, visible

LONGEST = 4000
"""Characters that a widget is given at most: the length of a note, the longest text that is stored."""

_AT_MOST_LOST, _LOST_BY_A_SENTENCE = 8, 20
"""Cells that a cut between words may leave empty, of a title and of a sentence; a longer word is cut itself."""
_DANGLING = " ,;:·–—-&("
"""Characters that end no cut text."""
_WORD_ENDS = re.compile(r"[.,;:]?(?:\s|$)")
"""What follows a whole word."""
_PLAIN: dict[int, int | None] = {0x1F1E6 + place: ord("A") + place for place in range(26)}
_PLAIN |= dict.fromkeys((0xAD, 0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)))
"""Flags become letters; soft hyphens, joiners, variation selectors and skin tones go."""


def plain(text: str) -> str:
    """Return `text` as one clean line."""
    return clean(text, LONGEST)


def safe_input(text: str, *, keep_lines: bool = False) -> str:
    """Return `text` made safe for an input field: harmless, and as long as before, so that the cursor stays in place."""
    return visible(text, keep_lines=keep_lines)


def safe(text: str) -> Content:
    """Return `text` for any Textual widget that takes Content: cleaned, its lines kept, never parsed as markup."""
    return Content(clean(text, LONGEST, keep_lines=True))


def cell(text: str) -> Text:
    """Return `text` for a DataTable's cell or a Tree's label, which take Rich text: one clean line, never parsed as markup."""
    return Text(plain(text), no_wrap=True, end="")


@lru_cache(maxsize=4096)
def fixed_width(text: str) -> str:
    """Return `text` as one clean line in which every character has the same width in every terminal.

    Joined emoji, flags, skin tones and variation selectors are drawn with one, two or more cells by different terminals, and
    would push the rest of the line out of its column. A family becomes its members, a flag its letters, a heart a plain heart.
    """
    text = plain(text)
    return text if text.isascii() else text.translate(_PLAIN)


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` terminal cells: cut between words with an ellipsis, or filled up with spaces. Nothing for no width."""
    if width <= 0:
        return ""
    return _fit(text, width, _AT_MOST_LOST)


def fit_sentence(text: str, width: int) -> str:
    """Return a sentence in exactly `width` terminal cells, as `fit` does: its words stay whole, a name among them too."""
    return _fit(text, width, _LOST_BY_A_SENTENCE) if width > 0 else ""


def _fit(text: str, width: int, lost: int) -> str:
    text = fixed_width(text)
    return set_cell_size(_cut(text, width, lost) if cell_len(text) > width else text, width)


def _cut(text: str, width: int, lost: int = _AT_MOST_LOST) -> str:
    """Return the beginning of a text that is too long, and an ellipsis."""
    # A wide character cut in half becomes a space, which would leave a gap before the ellipsis.
    kept = set_cell_size(text, width - 1).rstrip()
    if not _WORD_ENDS.match(text, len(kept)):
        whole = kept.rpartition(" ")[0].rstrip(_DANGLING)
        if whole and cell_len(kept) - cell_len(whole) < lost:
            kept = whole
    return (kept.rstrip(_DANGLING) or kept) + ELLIPSIS


def fill(text: str, widths: Sequence[int]) -> list[str]:
    """Break `text` between words into one line for each of some widths, as long as it lasts; the last one is cut like `fit`."""
    lines: list[str] = []
    rest = " ".join(fixed_width(text).split())
    for width in widths[:-1]:
        if not rest or cell_len(rest) <= width:
            break
        first = _wrapped(rest, width)[0] if width > 0 else ""
        lines.append(first)
        rest = rest[len(first) :].lstrip()
    return [*lines, fit(rest, min(length(rest), widths[len(lines)]))] if rest else lines


def fit_right(text: str, width: int) -> str:
    """Return `text` in exactly `width` terminal cells, its end at the right edge."""
    short = fit(text, min(width, length(text))).rstrip()
    return " " * (width - cell_len(short)) + short


def length(text: str) -> int:
    """Count the terminal cells that `fit` needs to show `text` whole."""
    return cell_len(fixed_width(text))


def wrap(text: str, width: int, max_lines: int) -> list[str]:
    """Break `text` between words into at most `max_lines` lines of at most `width` cells; an ellipsis ends what is cut.

    A line end in the text starts a new line. A word longer than a line is broken at the end of the line.
    """
    if width <= 0 or max_lines <= 0:
        return []
    lines: list[str] = []
    for paragraph in clean(text, LONGEST, keep_lines=True).split("\n"):
        lines += _wrapped(fixed_width(paragraph), width)
    if len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], _marked_as_cut(lines[max_lines - 1], width)]
    return [line if cell_len(line) <= width else ELLIPSIS for line in lines]


def hint_lines(hints: str, width: int) -> list[str]:
    """Break hints such as "enter accepts · esc cancel" into lines: a key and what it does stay together if a line has room for both."""
    lines: list[str] = []
    for hint in hints.split(" · "):
        if lines and length(joined := f"{lines[-1]} · {hint}") <= width:
            lines[-1] = joined
        else:
            lines += wrap(hint, width, 2)
    return lines


def _marked_as_cut(line: str, width: int) -> str:
    """End a line with an ellipsis, making room for it when the line is full."""
    return line + ELLIPSIS if cell_len(line) < width else _cut(f"{line}{ELLIPSIS}", width)


def _wrapped(text: str, width: int) -> list[str]:
    """Break one paragraph into lines of at most `width` cells."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *pieces, line = _pieces(word, width)
        lines += pieces
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    """Cut a word into pieces of at most `width` cells, or of one character where not even one fits."""
    pieces, piece = [], ""
    for character in word:
        if piece and cell_len(piece + character) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
