"""Makes a ballot of what a file gives for a voice, whatever kind of file it was, or says what is wrong with it.

Figures come out as they were written; only what no rule of voting could ever take is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sessions.imports.ballots.names import Cards, unknown_card
from sessions.imports.ballots.values import ABSTAIN, Abstention, Amounts, AnyBallot, Hand, Method, Wrong
from sessions.imports.vocabulary import NOTHING, parse_integer
from sessions.portfolio.models import TEXT_LIMIT
from sessions.sanitize import clean, quoted
from sessions.voting.ranking import Ranking

HIGHEST_SCORE = 5
EXPECTED: Mapping[Method, str] = {
    "points": "points by card, or the word abstain, were expected",
    "score": "scores by card, or the word abstain, were expected",
    "ranking": "cards in their order, best first, or the word abstain were expected",
    "duel": "the id of the card preferred, or the word abstain, was expected",
    "consent": "a hand from 0 to 5, or the word abstain, was expected",
}
_ABSTAINS = re.compile(r"abstain(s|ed)?|abstention", re.IGNORECASE)


def ballot_of(value: object, method: Method, cards: Cards) -> AnyBallot | Abstention | Wrong:
    """Make a ballot of a value as JSON has it, or of the text of a cell."""
    if isinstance(value, str) and _ABSTAINS.fullmatch(value.strip()):
        return ABSTAIN
    match method:
        case "points" | "score":
            return amounts_of(value.items(), method, cards) if isinstance(value, dict) else Wrong(EXPECTED[method])
        case "ranking":
            return _ranking_of(value, cards)
        case "duel":
            return _preferred(value, cards)
        case "consent":
            return _hand_of(value)


def amounts_of(pairs: Iterable[tuple[str, object]], method: Method, cards: Cards) -> Amounts | Wrong:
    """Read a whole number for each card. Points of zero are left out, since that is what a card has anyway; a score of zero is one."""
    found: Amounts = {}
    for name, raw in pairs:
        card = cards.find(name)
        if card is None:
            return unknown_card(name)
        if method == "score" and (raw is None or (isinstance(raw, str) and raw.strip().casefold() in NOTHING)):
            continue
        number = _whole(raw)
        if number is None:
            return Wrong(f"{card}: {_shown(raw)} is not a whole number")
        if method == "score" and not 0 <= number <= HIGHEST_SCORE:
            return Wrong(f"{card}: {_shown(raw)} is not a score from 0 to {HIGHEST_SCORE}")
        if card in found:
            return _twice(card)
        found[card] = number
    return {card: number for card, number in found.items() if number or method != "points"}


def ranking_of_places(pairs: Iterable[tuple[str, object]], cards: Cards) -> Ranking | Wrong:
    """Read a place for each card, 1 the best; the same place is a tie, no place is not ranked."""
    places = amounts_of(((name, raw) for name, raw in pairs if raw is not None and str(raw).strip()), "ranking", cards)
    if isinstance(places, Wrong):
        return places
    if low := next((card for card, place in places.items() if place < 1), None):
        return Wrong(f"{low}: {quoted(str(places[low]))} is not a place; the best is 1")
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
                return unknown_card(name) if name.strip() else Wrong("a card is missing beside > or =")
            if card in found:
                return _twice(card)
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


def _ranking_of(value: object, cards: Cards) -> Ranking | Wrong:
    match value:
        case str():
            return ranking_of_text(value, cards)
        case dict():
            return ranking_of_places(value.items(), cards)
        case list():
            tiers = [entry if isinstance(entry, list) else [entry] for entry in value]
            if any(not tier or not all(map(_is_name, tier)) for tier in tiers):
                return Wrong("a ranking lists cards, and lists of cards that are equal")
            return ranking_of_tiers([[str(name) for name in tier] for tier in tiers], cards)
    return Wrong(EXPECTED["ranking"])


def _preferred(value: object, cards: Cards) -> str | Wrong:
    if not _is_name(value) or not str(value).strip():
        return Wrong(EXPECTED["duel"])
    return cards.find(str(value)) or Wrong(f"{quoted(str(value))} is not one of the cards of this duel")


def _hand_of(value: object) -> Hand | Wrong:
    """Read a figure, a figure with its sentence in a list, or an object of both."""
    words: object = ""
    if isinstance(value, dict):
        words = next((value[name] for name in WORDS if value.get(name) is not None), "")
        value = next((value[name] for name in HAND if value.get(name) is not None), None)
    elif isinstance(value, list) and len(value) == 2:
        value, words = value
    score = _whole(value)
    if score is None or not 0 <= score <= HIGHEST_SCORE:
        return Wrong(f"{_shown(value)} is not a hand from 0 to {HIGHEST_SCORE}")
    if not isinstance(words, str):
        return Wrong("the sentence of a hand is a text")
    return Hand(score, clean(words, TEXT_LIMIT))


HAND = ("score", "hand", "consent", "fist", "vote", "choice")
WORDS = ("words", "sentence", "reason", "why", "comment", "concern", "note")
"""Names of the figure and of the sentence of a hand, in a column or an object."""


def _is_name(value: object) -> bool:
    """Return whether a value can name a card; a program may write an id as a number."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def _whole(raw: object) -> int | None:
    if isinstance(raw, str):
        return parse_integer(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or raw != int(raw):
        return None
    return int(raw)


def _shown(raw: object) -> str:
    match raw:
        case None:
            return quoted("null")
        case dict():
            return "an object"
        case list():
            return "a list"
    return quoted(str(raw))


def _twice(card: str) -> Wrong:
    return Wrong(f"{clean(card, 60)} stands on the ballot more than once")
