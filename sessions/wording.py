"""Plurals, lists, ordinals, dates, money and other short phrases, the same in every place and every locale. Imports nothing of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from datetime import date
from fractions import Fraction

LIST_LIMIT = 10
"""How many entries a shortened list names before "and 3 more"."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))})
"""The names that Windows reserves for devices: no file can have them, with any ending."""


def sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends a sentence already."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{text}."


def capital(text: str) -> str:
    """Return a text that begins with a capital letter; the rest stays: IT and the business."""
    return text[:1].upper() + text[1:]


def because(reason: str) -> str:
    """Return `, because …` for a reason, or nothing."""
    reason = reason.strip().rstrip(".")
    if not reason:
        return ""
    return f", {reason}" if reason.casefold().startswith("because ") else f", because {reason}"


def plural(number: int, thing: str, things: str = "") -> str:
    """Return a number with its noun: 1 card, 2 cards."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def listed(texts: Sequence[str]) -> str:
    """Return texts as a sentence lists them: a, b and c."""
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else "".join(texts)


def shortened(texts: Sequence[str], most: int = LIST_LIMIT) -> str:
    """Return the first texts with commas, and how many more there are: a, b and 3 more."""
    more = len(texts) - most
    return ", ".join(texts[:most]) + (f" and {more} more" if more > 0 else "")


def ordinal(number: int) -> str:
    """Return an ordinal: 1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def place_name(place: int | None) -> str:
    """Return a place in an order: 2nd; of a card without one a dash."""
    return "–" if place is None else ordinal(place)


def side_name(side: str) -> str:
    """Return the name of a side: business, IT, board."""
    return "IT" if side == "it" else side.replace("-", " ")


def seconds_name(seconds: int) -> str:
    """Return a length of time as minutes and seconds: 5 min, 1 min 20 s."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "") if part)


def money_name(amount: int, currency: str = "") -> str:
    """Return whole units of a currency, an ISO code or a sign: $36,000 for USD, CAD 36,000, €3,000."""
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(currency, currency)
    return f"{sign}{' ' if sign[-1:].isalpha() else ''}{amount:,}"


def money_sum(amounts: Iterable[tuple[int, str]]) -> str:
    """Return the sum of amounts in each currency, which cannot be added up: €10,000 and $10,000; nothing for no money."""
    return listed([money_name(amount, currency) for currency, amount in sums_by_currency(amounts).items() if amount])


def sums_by_currency(amounts: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Return the sum of amounts in each currency, under the last of its names: people see `USD` and `$` as the same money."""
    sums: dict[str, tuple[int, str]] = {}
    for amount, currency in amounts:
        sign = money_name(0, currency)
        sums[sign] = (sums.get(sign, (0, ""))[0] + amount, currency)
    return {currency: amount for amount, currency in sums.values()}


def rounded(amount: int) -> int:
    """Return an amount as precisely as a room can use a figure that was computed: its first two digits."""
    unit = int("1".ljust(len(str(abs(amount))) - 1, "0"))
    size = (abs(amount) + unit // 2) // unit * unit
    return size if amount >= 0 else -size


def about_money(amount: int, currency: str = "") -> str:
    """Return a computed amount, rounded for the room: about $88,000; $36,000 if that is exact."""
    return f"{'' if rounded(amount) == amount else 'about '}{money_name(rounded(amount), currency)}"


def worth_name(monthly: int | None, currency: str) -> str:
    """Return the worth per month, or an empty text if no figure is known."""
    return f"{money_name(monthly, currency)} a month" if monthly else ""


def clock_name(seconds: int) -> str:
    """Return seconds as a clock shows them: 11:42."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def tenths(value: int) -> str:
    """Return tenths as a figure, without a needless decimal: 20 is 2, 5 is 0.5."""
    return str(value // 10) if value % 10 == 0 else one_decimal(value)


def people_name(number: int) -> str:
    """Return tenths of people in words: 2.5 people, 1 person, nobody."""
    return "nobody" if not number else f"{tenths(number)} {'person' if number == 10 else 'people'}"


def one_decimal(value: int) -> str:
    """Return tenths as a figure with one decimal: 161 is 16.1."""
    return f"{value // 10}.{value % 10}"


def day_month(day: date) -> str:
    """Return a date without its year: 17 Aug."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def day_name(text: str) -> str:
    """Return the day of a date or time in ISO format: 30 Jun 2026; empty if it has none."""
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return ""
    return f"{day_month(day)} {day.year}"


def date_of(text: str) -> date | None:
    """Return the date of a text such as 2027-02-15, 15 Feb 2027 or 15 February 2027; None for another text."""
    words = text.strip().casefold().replace(".", " ").split()
    months = [month.casefold() for month in (*_MONTHS, *_LONG_MONTHS)]
    try:
        if len(words) == 3 and words[1] in months:
            return date(int(words[2]), months.index(words[1]) % 12 + 1, int(words[0]))
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def long_date(day: date, *, year: bool = False) -> str:
    """Return a date as people say it: 17 August, or 17 August 2026."""
    return f"{day.day} {_LONG_MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"


def weekday(day: date) -> str:
    """Return the name of a day of the week: Monday."""
    return _WEEKDAYS[day.weekday()]


def iso_date(text: str) -> str:
    """Return an ISO date as people say it, with its year: 29 September 2026; another text as it is."""
    try:
        return long_date(date.fromisoformat(text.strip()), year=True)
    except ValueError:
        return text


def mean_name(mean: Fraction) -> str:
    """Return a mean to one decimal, halves up: 2.3."""
    return one_decimal((20 * mean.numerator + mean.denominator) // (2 * mean.denominator))


def unaccented(text: str) -> str:
    """Return a text without its accents: people leave them out of the names of columns."""
    return text if text.isascii() else "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def slug(text: str, limit: int) -> str:
    """Return a text as a part of an id or a file name: lower-case letters, digits and hyphens; empty if it has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:limit].strip("-")


def free_id(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken yet: a second `cfo` is `cfo-2`."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def file_stem(text: str, limit: int, kind: str) -> str:
    """Return a text as the name of a file, without its ending, that every system takes; `kind` completes or replaces an unfit text."""
    stem = slug(text, limit)
    return f"{kind}-{stem}" if stem in _DEVICES else stem or kind
