"""What the command line prints: a session's file may come from anywhere, and what it holds must not act on a terminal."""

from __future__ import annotations

import json
import re

from sessions.sanitize import HARMFUL, clean, visible


def json_text(value: object) -> str:
    """Return plain values as JSON, with whatever would act on a terminal written as an escape: a script reads exactly the same."""
    return re.sub(HARMFUL, _escaped, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def one_line(text: str) -> str:
    """Return a sentence as one clean line, however long."""
    return clean(text, len(text) + 1)


def harmless(text: str) -> str:
    """Return a line with whatever would act on a terminal replaced, and every column where it was."""
    return visible(text)


def _escaped(match: re.Match[str]) -> str:
    # JSON's own line ends are harmless; those in a text are escaped already.
    return match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1] if ord(match[0]) != 0x7F else "\\u007f"
