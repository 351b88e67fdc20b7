"""Numbers as people write them, read exactly: 41, 2.5, 2,5, 1,200, 12 k, 41 %, 3 hours."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

LONGEST = 40
"""The longest text that is read as a number, in characters."""
_NUMBER = r"(?P<sign>[-+−]?)\s*(?P<digits>[0-9][0-9.,'’_ \u00a0\u202f]*|[.,][0-9]+)(?P<unit>[^0-9]*)"
_FACTORS = {"k": 10**3, "thousand": 10**3, "mio": 10**6, "million": 10**6, "millions": 10**6, "bn": 10**9, "billion": 10**9}


def number_of(text: str) -> Fraction | None:
    """Return the number at the beginning of a text, with any unit after it; None unless there is exactly one.

    A comma before exactly three digits separates thousands; any other single mark is that of the decimals.
    """
    match = re.fullmatch(_NUMBER, text.strip()) if len(text) <= LONGEST else None
    plain = _plain(match["digits"]) if match else None
    if match is None or plain is None:
        return None
    factor = _FACTORS.get((match["unit"].casefold().split() or [""])[0].strip("."), 1)
    number = Fraction(Decimal(plain)) * factor
    return -number if match["sign"] in ("-", "−") else number


def unit_of(text: str) -> str:
    """Return what is written after the number of a text: %, hours; nothing if there is no number."""
    match = re.fullmatch(_NUMBER, text.strip()) if len(text) <= LONGEST else None
    return match["unit"].strip() if match else ""


def number_text(number: Fraction) -> str:
    """Return a number with finitely many decimals as plain decimal text: 2.5."""
    return f"{(Decimal(number.numerator) / Decimal(number.denominator)).normalize():f}"


def _plain(digits: str) -> str | None:
    """Return digits without the marks of their thousands, and with a point before the decimals; None if the marks make no sense."""
    groups = re.split(r"[ \u00a0\u202f'’_]", digits.strip())
    if any(len(re.split("[.,]", each)[0]) != 3 for each in groups[1:]):
        return None
    joined = "".join(groups)
    last = max(joined.rfind("."), joined.rfind(","))
    if last < 0:
        return joined
    mark, whole, decimals = joined[last], joined[:last], joined[last + 1 :]
    if joined.count(mark) > 1 or (mark == "," and "." not in whole and re.fullmatch("[1-9][0-9]{0,2}", whole) and len(decimals) == 3):
        whole, decimals = joined, ""
    first, *rest = re.split("[.,]", whole)
    if rest and (("." in whole and "," in whole) or not 1 <= len(first) <= 3 or any(len(each) != 3 for each in rest)):
        return None
    return f"{re.sub('[.,]', '', whole) or '0'}.{decimals or '0'}"
