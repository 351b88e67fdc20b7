"""Make a ballot of the values that a file gives for a voter, or the reason why that is impossible.

Figures come out as they were written; only what no rule of voting could ever take is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from sessions.imports.ballots.names import Cards, unknown_card
from sessions.imports.ballots.values import Amounts, Wrong
from sessions.imports.formats.cells import NOTHING
from sessions.imports.vocabulary import parse_integer
from sessions.sanitize import clean, quoted
from sessions.voting.ranking import Ranking
from sessions.voting.scores import HIGHEST


def amounts_of(pairs: Iterable[tuple[str, object]], cards: Cards) -> Amounts | Wrong:
    """Read a whole number per card. Zero is omitted, since that is what a card has anyway."""
    found = _figures(pairs, cards)
    return found if isinstance(found, Wrong) else {card: number for card, number in found.items() if number}


def scores_of(pairs: Iterable[tuple[str, object]], cards: Cards) -> Amounts | Wrong:
    """Read a score from 0 to 5 per card; zero is a score, and nothing is no opinion."""
    given = [(name, raw) for name, raw in pairs if not _is_nothing(raw) or name not in cards]
    found = _figures(given, cards)
    if isinstance(found, Wrong):
        return found
    high = next((card for card, score in found.items() if not 0 <= score <= HIGHEST), None)
    return found if high is None else Wrong(f"{high}: {quoted(str(found[high]))} is not a score from 0 to {HIGHEST}", "figure")


def _is_nothing(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and raw.strip().casefold() in NOTHING)


def _figures(pairs: Iterable[tuple[str, object]], cards: Cards) -> Amounts | Wrong:
    found: Amounts = {}
    for name, raw in pairs:
        card = cards.find(name)
        if card is None:
            return unknown_card(name)
        number = whole_number(raw)
        if number is None:
            return Wrong(f"{card}: {quoted_value(raw)} is not a whole number", "figure", name)
        if card in found:
            return named_twice(card)
        found[card] = number
    return found


def ranking_of_places(pairs: Iterable[tuple[str, object]], cards: Cards) -> Ranking | Wrong:
    """Read a place per card, 1 the best; the same place is a tie, no place is not ranked."""
    places = _figures(((name, raw) for name, raw in pairs if raw is not None and str(raw).strip()), cards)
    if isinstance(places, Wrong):
        return Wrong(places.text, "place") if places.kind == "figure" else places
    if low := next((card for card, place in places.items() if place < 1), None):
        return Wrong(f"{low}: {quoted(str(places[low]))} is not a place; the best is 1", "place")
    return tuple(tuple(card for card, its in places.items() if its == place) for place in sorted(set(places.values())))


def ranking_of_tiers(tiers: Iterable[Iterable[str]], cards: Cards) -> Ranking | Wrong:
    """Read tiers of names, the best first."""
    found = dict[str, None]()
    ranking = []
    for tier in tiers:
        here = []
        for name in tier:
            card = cards.find(name)
            if card is None:
                return unknown_card(name) if name.strip() else Wrong("a card is missing beside > or =", "missing_card")
            if card in found:
                return named_twice(card)
            found[card] = None
            here.append(card)
        ranking.append(tuple(here))
    return tuple(ranking)


def ranking_of_text(text: str, cards: Cards) -> Ranking | Wrong:
    """Read `P02 P01=P03`, `P02 > P01 = P03` or `P02, P01`; ids with spaces in them need the `>` or the comma."""
    text = text.strip()
    if not text or text in cards:
        return ranking_of_tiers([[text]] if text else [], cards)
    if ">" in text:
        parts = text.split(">")
    elif re.search(r"[,;|]", text):
        parts = re.split(r"[,;|]", text)
    else:
        parts = re.sub(r"\s*=\s*", "=", text).split()
    return ranking_of_tiers([part.split("=") for part in parts], cards)


def is_name(value: object) -> bool:
    """Return whether a value can name a card; a program may write an id as a number."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def whole_number(raw: object) -> int | None:
    """Return a whole number, or None if the value is not one."""
    if isinstance(raw, str):
        return parse_integer(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or raw != int(raw):
        return None
    return int(raw)


def quoted_value(raw: object) -> str:
    """Return a value as a refusal quotes it."""
    match raw:
        case None:
            return quoted("null")
        case dict():
            return "an object"
        case list():
            return "a list"
    return quoted(str(raw))


def named_twice(card: str) -> Wrong:
    """Return the refusal of a ballot that names a card twice."""
    return Wrong(f"{clean(card, 60)} is on the ballot more than once", "card_twice")
