"""The title of a session that was given none: no two sessions of a library get the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import PurePath

from sessions.portfolio.models import TITLE_LIMIT
from sessions.sanitize import clean
from sessions.wording import day_name

_OF_OTHERS = r"(?i)\.[a-z]{1,5}(?=, | and )"
"""The endings of the files before the last one, if there are several."""


def free_title(name: str, source: str, quarter: str, day: str, taken: Collection[str]) -> str:
    """Return the portfolio's name, or that of its file; if taken with the quarter, then with the day as well, at last with a number."""
    known = {title.casefold() for title in taken}
    return next(title for title in _titles(name, source, quarter, day) if title.casefold() not in known)


def _titles(name: str, source: str, quarter: str, day: str) -> Iterator[str]:
    stem = clean(re.sub(_OF_OTHERS, "", PurePath(source).stem), TITLE_LIMIT)
    base = name or stem or (f"Portfolio {quarter}" if quarter else "Portfolio")
    yield base
    if quarter and quarter not in base:
        base = f"{base} {quarter}"
        yield base
    base = f"{base}, {day_name(day)}"
    yield base
    for number in count(2):
        yield f"{base} ({number})"
