"""Read the column by which people rank: numbers, or words and codes such as High, P1, Must."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sessions.wording import unaccented

_WORDS = {
    "blocker": 0, "critical": 0, "highest": 0, "very high": 0, "urgent": 0, "top": 0, "must": 0, "must have": 0,
    "high": 1, "major": 1, "should": 1, "should have": 1,
    "medium": 2, "med": 2, "normal": 2, "moderate": 2, "mid": 2, "could": 2, "could have": 2,
    "low": 3, "minor": 3,
    "sehr hoch": 0, "dringend": 0, "hoch": 1, "mittel": 2, "niedrig": 3, "gering": 3, "haute": 1, "elevee": 1, "moyenne": 2, "basse": 3, "faible": 3,
    "alta": 1, "media": 2, "baja": 3, "baixa": 3, "bassa": 3, "hoog": 1, "gemiddeld": 2, "laag": 3,
    "lowest": 4, "very low": 4, "trivial": 4, "wont": 4, "won't": 4, "won't have": 4,
}  # fmt: skip
_NUMBER = re.compile(r"#?\s*([0-9]{1,9}(?:[.,][0-9]{1,6})?)(?:st|nd|rd|th|[.)])?")
"""A rank as a number: 2, 2nd, 2., 2), #2, 2.5."""
_CODE = re.compile(r"(?:p|prio|priority|tier|level)[\s-]*([0-9]{1,4})|([0-9]{1,4})\s*[-–.:)]\s*[^0-9].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order that a column gives. `order` holds the places of the values, first to last, those that say nothing at the end.

    `numbers` tells whether plain ranks were read, rather than words; `unread` are the places whose text says no rank; `tied`
    tells whether two are equal.
    """

    order: tuple[int, ...]
    numbers: bool
    unread: tuple[int, ...]
    tied: bool


def read_ranking(values: Sequence[str]) -> Ranking:
    """Read a column of ranks; empty values are cards without one."""
    given = {place: value.strip().casefold() for place, value in enumerate(values) if value.strip()}
    numbers = {place: Decimal(match[1].replace(",", ".")) for place, value in given.items() if (match := _NUMBER.fullmatch(value))}
    by_number = bool(numbers) and len(numbers) * 2 >= len(given)
    ranks = numbers if by_number else {place: rank for place, value in given.items() if (rank := _word_rank(value)) is not None}
    order = sorted(range(len(values)), key=lambda place: (0, ranks[place]) if place in ranks else (1, Decimal(0)))
    unread = tuple(place for place in given if place not in ranks)
    return Ranking(tuple(order), by_number, unread, len(set(ranks.values())) < len(ranks))


def _word_rank(value: str) -> Decimal | None:
    """Return the rank of a word or code."""
    word = unaccented(value)
    if word in _WORDS:
        return Decimal(_WORDS[word])
    match = _CODE.fullmatch(value)
    return Decimal(match[1] or match[2]) if match else None
