"""Make text from outside safe to store and to show, without ever changing it in silence.

Anything that would move the cursor, turn the reading direction, hide, or stack up on a screen becomes U+FFFD, so that it
is seen. Used where text comes in; what is stored is clean already. Nothing here knows a widget, a markup language or
a file.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sessions.wording import plural

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
MARK_LIMIT = 8
"""How many combining marks may be on one base character: more would climb over the neighbouring lines."""

_ZERO_WIDTH_SPACE = "\u200b"
_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_QUOTE_LIMIT = 60
_LOOKED_AT = 4
"""How much of a long text is examined, in multiples of its limit."""

_KINDS = (
    ("control character", r"[\x00-\x1f\x7f-\x9f]"),
    ("direction mark", "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]"),
    ("hidden separator", "[\ufeff\u2028\u2029\ufff9-\ufffb]"),
    ("broken character", "[\ud800-\udfff]"),
    ("hidden tag", "[\U000e0000-\U000e007f]"),
    ("noncharacter", "[\ufdd0-\ufdef" + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"),
)
"""What is replaced: its name in a report, and its pattern, compiled when a text first needs it. Line ends and tabs are dealt with before."""
HARMFUL = "|".join(pattern for _, pattern in _KINDS) + f"|{_ZERO_WIDTH_SPACE}"
"""The pattern of a character that must not reach a terminal as it is; line ends are among them."""
FORMULA_SIGNS = "=+-@＝＋－＠"
"""A spreadsheet takes a text that starts with one of these for a formula (RELIABILITY I1)."""


def clean(text: str, limit: int, *, keep_lines: bool = False) -> str:
    """Return `text` as it may be stored and shown, at most `limit` characters long. Cleaning twice changes nothing."""
    return clean_counting(text, limit, keep_lines=keep_lines)[0]


def clean_counting(text: str, limit: int, *, keep_lines: bool = False) -> tuple[str, tuple[str, ...]]:
    """Clean `text`, and say in words what was changed. With `keep_lines` a line end stays one, otherwise it becomes a space."""
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text.strip(), ()
    if len(text) > _LOOKED_AT * (limit + 1):  # the rest would be cut off anyway
        text = text.strip(" \t\r\n")
    length, text = len(text), text[: _LOOKED_AT * (limit + 1)]
    unseen = length - len(text)
    changes: list[str] = []
    if not text.isprintable():  # nothing harmful is printable
        text, changes = _without_layout(text, keep_lines=keep_lines)
        for name, pattern in _KINDS:
            # The only control character that can still be meant is the line end, and it is out of the way while the others are replaced.
            text, count = _replace(pattern, text)
            if count:
                changes.append(f"{plural(count, name)} replaced")
    text, dropped = _without_piles(unicodedata.normalize("NFC", text))
    if dropped:
        changes.append(f"{plural(dropped, 'combining mark')} left out")
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > limit or unseen:
        changes.append(f"cut from {len(text) + unseen} to {limit} characters")
        text = _cut(text, min(limit, len(text) - 1))
    return text, tuple(changes)


def visible(text: str, *, keep_lines: bool = False) -> str:
    """Return `text` with every harmful character replaced by one that is seen: as long as before, so that a cursor in it stays in place."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(r"[\t\r]" if keep_lines else r"[\t\r\n]", " ", text)
    return _replace(HARMFUL, text)[0]


def quoted(text: str) -> str:
    """Return a piece of the user's text in quotation marks, short and clean, as it is inside a sentence."""
    return f"“{clean(text, _QUOTE_LIMIT)}”"


def _without_layout(text: str, *, keep_lines: bool) -> tuple[str, list[str]]:
    """Turn tabs, and line ends unless `keep_lines`, into spaces; drop zero-width spaces."""
    changes = []
    text, lines = _LINE_ENDS.subn("\n" if keep_lines else " ", text)
    if lines and not keep_lines:
        changes.append(f"{plural(lines, 'line end')} became a space")
    if tabs := text.count("\t"):
        changes.append(f"{plural(tabs, 'tab')} became a space")
    if hidden := text.count(_ZERO_WIDTH_SPACE):
        changes.append(f"{plural(hidden, 'zero-width space')} removed")
    return text.replace("\t", " ").replace(_ZERO_WIDTH_SPACE, ""), changes


def _replace(pattern: str, text: str) -> tuple[str, int]:
    """Replace what matches, except line ends."""
    count = 0

    def visible(match: re.Match[str]) -> str:
        nonlocal count
        if match[0] == "\n":
            return "\n"
        count += 1
        return REPLACEMENT

    return re.sub(pattern, visible, text), count


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _without_piles(text: str) -> tuple[str, int]:
    """Leave out the combining marks beyond the limit. A joiner is not a new base, or the pile could continue after it."""
    if not any(map(_is_mark, text)):
        return text, 0
    kept, marks, dropped = [], 0, 0
    for character in text:
        if _is_mark(character):
            marks += 1
            if marks > MARK_LIMIT:
                dropped += 1
                continue
        elif character not in _ZERO_WIDTH_JOINERS:
            marks = 0
        kept.append(character)
    return "".join(kept), dropped


def _cut(text: str, limit: int) -> str:
    """Cut to `limit` characters with a visible ellipsis, never between a base and its marks."""
    end = max(limit - len(ELLIPSIS), 0)
    while end > 0 and (_is_mark(text[end]) or text[end] in _ZERO_WIDTH_JOINERS or text[end - 1] in _ZERO_WIDTH_JOINERS):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def guarded(text: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would take for a formula (RELIABILITY I1).

    An apostrophe that is there already is doubled, so that the prefix can be taken off again.
    """
    return f"'{text}" if text.lstrip("'").startswith((*FORMULA_SIGNS, "\t", "\r")) else text


def harmless(text: str) -> str:
    """Return a text of any length, and of several lines, without what would act on a terminal: an export is printed."""
    return clean(text, len(text) + 1, keep_lines=True)


def all_harmless(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return plain values with all their texts harmless."""
    match value:
        case str():
            return harmless(value)
        case dict():
            return {harmless(name): all_harmless(inner) for name, inner in value.items()}
        case list() | tuple():
            return [all_harmless(inner) for inner in value]
    return value
