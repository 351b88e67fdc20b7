"""Figures that are typed into the forms of the plan: exact tenths, and weeks."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_FIGURE = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?|[.,]\d{1,6}")
_LONGEST_WEEK = 4


class FigureError(ValueError):
    """The typed text is not a figure; the message says what to type instead."""


def tenths_typed(text: str, what: str) -> int:
    """Read a decimal figure as tenths, halves up (METHOD 5.1): 2.5 is 25. Anything above zero is at least a tenth. Raises FigureError."""
    text = text.strip()
    if not text.isascii() or not _FIGURE.fullmatch(text):
        raise FigureError(f"{what} is a number such as 2 or 0.5, not {text[:20] or 'nothing'}.")
    exact = Decimal(text.replace(",", "."))
    tenths = int((exact * 10).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return 1 if exact and not tenths else tenths


def week_typed(text: str, what: str) -> int:
    """Read a week as a whole number. Raises FigureError."""
    text = text.strip().casefold().removeprefix("week").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_WEEK):
        raise FigureError(f"{what} is the number of a week such as 7, not {text[:20] or 'nothing'}.")
    return int(text)


def integer_typed(text: str, what: str) -> int:
    """Read a whole number. Raises FigureError."""
    text = text.strip()
    if not re.fullmatch("[0-9]{1,6}", text):
        raise FigureError(f"{what} is a whole number, such as 25.")
    return int(text)
