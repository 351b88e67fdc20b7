"""What a voter types into a ballot, unseen: cards by their numbers and figures, or one of a few words.

A refusal is shown on a screen that everyone is watching. So it names a kind of mistake and a rule that all know, and never a
card, a figure or anything else that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from sessions.voting.points import natural_key

NOT_ON_LIST = "A number or id that is not on the list."
TWICE = "One card is named twice."
NOTHING = frozenset({"none", "none of these", "nothing"})
ABSTAIN = frozenset({"abstain", "abstains", "abstained"})
NO_OPINION = "-"
FIGURE = re.compile(r"[+-]?[0-9]+|-")
_LONGEST_FIGURE = 9
"""Digits of a figure that is still believed; a longer one is over every budget."""


class EntryRefusedError(ValueError):
    """What was typed is no ballot. Its text says what kind of mistake it is, fit for a screen that everyone sees."""


class CardList:
    """The cards of a ballot, by the names under which they can be typed: the number on the list (1 first) or the id."""

    def __init__(self, cards: Sequence[str], how: str) -> None:
        self.cards = cards
        self._known = {card.casefold(): card for card in cards} | {str(number): card for number, card in enumerate(cards, 1)}
        self._how = how

    def __contains__(self, name: str) -> bool:
        return name.strip().casefold() in self._known

    def card(self, name: str) -> str:
        """Return the card of a name."""
        if not name.strip():
            raise self.unreadable()
        if name not in self:
            raise EntryRefusedError(NOT_ON_LIST)
        return self._known[name.strip().casefold()]

    def unreadable(self) -> EntryRefusedError:
        """Return the refusal of what cannot be read."""
        return EntryRefusedError(f"It could not be read: write {self._how}.")

    def amounts(self, typed: str) -> dict[str, str]:
        """Read pairs of a card and a figure, the figure as it was typed."""
        found: dict[str, str] = {}
        for part in re.split(r"[,;\n]+", typed):
            for name, figure in self._pairs([piece for word in part.split() for piece in re.split(r"[:=]", word) if piece]):
                card = self.card(name)
                if card in found:
                    raise EntryRefusedError(TWICE)
                found[card] = figure
        return found

    def _pairs(self, words: list[str]) -> list[tuple[str, str]]:
        """Return the pairs between two commas: usually one; more if the commas were forgotten."""
        if len(words) == 1 or (words and not FIGURE.fullmatch(words[-1])):
            raise self.unreadable()
        if len(words) % 2 == 0 and all(FIGURE.fullmatch(word) for word in words[1::2]):
            return list(zip(words[::2], words[1::2], strict=True))
        return [(" ".join(words[:-1]), words[-1])] if words else []

    def tiers(self, typed: str) -> tuple[tuple[str, ...], ...]:
        """Read cards in an order, the best first; `=` joins those that share a place."""
        tiers = tuple(tuple(self.card(name) for name in tier) for tier in self._tiers(typed))
        if not tiers:
            raise self.unreadable()
        named = [card for tier in tiers for card in tier]
        if len(set(named)) < len(named):
            raise EntryRefusedError(TWICE)
        return tiers

    def _tiers(self, typed: str) -> Iterator[list[str]]:
        for part in re.split(r"[,;>\n]+", re.sub(r"\s*=\s*", "=", typed)):
            whole = part.split("=")
            if all(name in self for name in whole):
                yield whole  # ids may have spaces in them
            else:
                yield from (word.split("=") for word in part.split())


def figure(text: str) -> int:
    """Return a typed figure as a number."""
    digits = text.lstrip("+-")
    size = int(digits) if len(digits) <= _LONGEST_FIGURE else 10**_LONGEST_FIGURE
    return -size if text.startswith("-") else size


def ballot_list(cards: Collection[str]) -> list[str]:
    """Return the cards of a ballot in their neutral order, that of their ids: the number of a card is its place, 1 first."""
    return sorted(cards, key=natural_key)
