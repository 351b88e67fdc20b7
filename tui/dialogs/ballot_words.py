"""What a voice types into its ballot, unseen: pairs of a card and its points, or one of two words.

A refusal is shown on a screen that everybody is watching. So it names a kind of mistake and a rule that all know, and never a
card, a number of points or anything else that was typed. No widget lives here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sessions.portfolio.ballots_file import ABSTAIN, Ballot, Points
from sessions.voting.points import check_points

UNREADABLE = "It could not be read: write pairs like 3 25, 1 20, or none, or abstain."
NOTHING_TYPED = "Nothing is sealed yet: type pairs like 3 25, 1 20, or none, or abstain."
NOT_ON_LIST = "A number or id that is not on the list."
TWICE = "One card is named twice."
NOT_WHOLE = "Points are whole numbers, 0 or more."

_ABSTAIN = frozenset({"abstain", "abstains", "abstained"})
_NONE = frozenset({"none", "none of these", "nothing"})
_FIGURE = re.compile(r"[+-]?[0-9]+")
_LONGEST_FIGURE = 9
"""Digits of a figure that is still believed; a longer one is over every budget."""


class EntryRefusedError(ValueError):
    """What was typed is no ballot. Its text says what kind of mistake it is, fit for a screen that everybody sees."""


def read_entry(typed: str, cards: Sequence[str]) -> Ballot:
    """Read what a voice typed. A card is named by its number on the list (its place in `cards`, 1 first) or by its id.

    Raises:
        EntryRefusedError: it cannot be read; whether it keeps budget and cap is for `refusal` to say.
    """
    words = " ".join(typed.split()).casefold()
    if not words:
        raise EntryRefusedError(NOTHING_TYPED)
    if words in _ABSTAIN:
        return ABSTAIN
    if words in _NONE:
        return {}
    known = {card.casefold(): card for card in cards} | {str(number): card for number, card in enumerate(cards, 1)}
    points: Points = {}
    for part in re.split(r"[,;\n]+", typed):
        for name, figure in _pairs(part.split()):
            card = known.get(name.casefold())
            if card is None:
                raise EntryRefusedError(NOT_ON_LIST)
            if card in points:
                raise EntryRefusedError(TWICE)
            points[card] = _figure(figure)
    return {card: given for card, given in points.items() if given}


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    """Give the pairs between two commas: usually one; more where the commas were forgotten."""
    words = [piece for word in words for piece in re.split(r"[:=]", word) if piece]
    if len(words) == 1 or (words and not _FIGURE.fullmatch(words[-1])):
        raise EntryRefusedError(UNREADABLE)
    if len(words) % 2 == 0 and all(_FIGURE.fullmatch(word) for word in words[1::2]):
        return list(zip(words[::2], words[1::2], strict=True))
    return [(" ".join(words[:-1]), words[-1])] if words else []


def _figure(text: str) -> int:
    digits = text.lstrip("+-")
    size = int(digits) if len(digits) <= _LONGEST_FIGURE else 10**_LONGEST_FIGURE
    return -size if text.startswith("-") else size


def refusal(points: Mapping[str, int], cards: Sequence[str], budget: int, cap: int) -> str:
    """Say which kind of rule a ballot breaks, or nothing where it may be cast (METHOD 3.2)."""
    if not check_points(points, cards, budget, cap):
        return ""
    if any(card not in cards for card in points):
        return NOT_ON_LIST
    if any(given < 0 for given in points.values()):
        return NOT_WHOLE
    if any(given > cap for given in points.values()):
        return f"More than the cap of {cap} points on one card."
    return f"More points than the budget of {budget}."
