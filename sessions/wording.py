"""Small turns of phrase that the telling of a session and its summary share. The same words in every place, whatever the locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction


def sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends a sentence already."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{text}."


def because(reason: str) -> str:
    """Return `, because …` for a reason, or nothing."""
    reason = reason.strip().rstrip(".")
    if not reason:
        return ""
    return f", {reason}" if reason.casefold().startswith("because ") else f", because {reason}"


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number with its noun: 1 card, 2 cards."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def listed(texts: Sequence[str]) -> str:
    """Return texts as a sentence lists them: a, b and c."""
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else "".join(texts)


def ordinal(number: int) -> str:
    """Return a place as people say it: 1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def side_name(side: str) -> str:
    """Return a side as people write it: business, IT, board."""
    return "IT" if side == "it" else side.replace("-", " ")


def seconds_name(seconds: int) -> str:
    """Return a length of time as minutes and seconds: 5 min, 1 min 20 s."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "") if part)


def money_name(amount: int, currency: str = "") -> str:
    """Return whole units of a currency, an ISO code or a sign: $36,000 for USD, CAD 36,000, €3,000."""
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(currency, currency)
    return f"{sign}{' ' if sign[-1:].isalpha() else ''}{amount:,}"


def worth_name(monthly: int | None, currency: str) -> str:
    """Return what something is worth a month, or an empty text where no figure is known."""
    return f"{money_name(monthly, currency)} a month" if monthly else ""


def clock_name(seconds: int) -> str:
    """Return seconds as a clock shows them: 11:42."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def tenths_name(value: int) -> str:
    """Return tenths as a decimal figure: 161 is 16.1."""
    return f"{value // 10}.{value % 10}"


def mean_name(mean: Fraction) -> str:
    """Return a mean to one decimal, halves up: 2.3."""
    return tenths_name((20 * mean.numerator + mean.denominator) // (2 * mean.denominator))


def slug(text: str, limit: int) -> str:
    """Return a text as a part of an id or a file name: lower-case letters, digits and hyphens. Empty where no letter of it can be kept."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:limit].strip("-")
