"""Read the dates of a column, as spreadsheets of all countries write them; what the other dates of the column settle is not a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sessions.imports.formats.report import Findings, Place
from sessions.wording import date_of

_NUMBERS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_DASHED = re.compile(r"([0-9]{1,2})[-/]([A-Za-z]{3,9})[-/]([0-9]{4}|[0-9]{2})")
_TIME = re.compile(r"(?<![T ])[T ]++[0-9]{1,2}:[0-9]{2}.*$", re.DOTALL)
_YEARS = range(1970, 2201)


class Dates:
    """Reads the dates of a column. `cells` settle whether 3/4/2027 has its day first."""

    def __init__(self, cells: Sequence[str]) -> None:
        pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := _NUMBERS.fullmatch(_bare(cell))) and "." not in found[0]]
        self._month_first = any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)
        settled = self._month_first or any(first > 12 for first, _ in pairs) or all(first == second for first, second in pairs)
        self._open = bool(pairs) and not settled

    def read(self, cell: str) -> date | None:
        """Return the date in a cell; None if it is not one, or its year cannot be meant."""
        text = _bare(cell)
        if found := _NUMBERS.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            day, month = (second, first) if self._month_first and "." not in text else (first, second)
            read = _date(found[3], month, day)
        elif found := _MONTH_FIRST.fullmatch(text):
            read = date_of(f"{found[2]} {found[1]} {found[3]}")
        elif found := _DASHED.fullmatch(text):
            read = date_of(f"{found[1]} {found[2]} {_year(found[3])}")
        else:
            read = date_of(text)
        return read if read and read.year in _YEARS else None

    def report(self, column: str, findings: Findings) -> None:
        """Report if nothing settles which number is the day."""
        if self._open:
            findings.guess(Place(None, column), "nothing says whether the day or the month is first; read with the day first")


def _bare(cell: str) -> str:
    return _TIME.sub("", cell.strip())


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _date(year: str, month: int, day: int) -> date | None:
    try:
        return date(_year(year), month, day)
    except ValueError:
        return None
