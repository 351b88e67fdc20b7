"""What a voter types into a ballot, unseen: cards by their numbers and figures, or one of a few words.

A refusal is shown on a screen that everyone is watching. So it names a kind of mistake and a rule that all know, and never a
card, a figure or anything else that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sessions.record.events import RoundOpened
from sessions.sanitize import quoted

NOT_ON_LIST = "A number that is not on the list."
TWICE = "One card is named twice."
NOTHING = frozenset({"none", "none of these", "nothing"})
ABSTAIN = frozenset({"abstain", "abstains", "abstained"})
NO_OPINION = "-"
FIGURE = re.compile(r"[+-]?[0-9]+|-")
_LONGEST_FIGURE = 9
"""The most digits of a believable figure; a longer one is over every budget."""


class EntryRefusedError(ValueError):
    """The typed text is not a ballot. The message says what kind of mistake it is, fit for a screen that everyone sees; `detail` is for the voter."""

    def __init__(self, public: str, detail: str = "") -> None:
        super().__init__(public)
        self.detail = detail or public


class CardList:
    """The cards of a round by the names under which they can be typed: their number on the ballot, or an id that is no number."""

    def __init__(self, opened: RoundOpened, how: str, left: Collection[str] | None = None) -> None:
        self.opened = opened
        self.numbers = {card: number for card, number in opened.numbered.items() if left is None or card in left}
        self._known = {card.casefold(): card for card in self.numbers if not card.isdecimal()}
        self._known |= {str(number): card for card, number in self.numbers.items()}
        self._how = how

    def __contains__(self, name: str) -> bool:
        return name.strip().casefold() in self._known

    def card(self, name: str) -> str:
        """Return the card of a name."""
        if not name.strip():
            raise self.unreadable()
        if name not in self:
            raise EntryRefusedError(NOT_ON_LIST, f"{quoted(name.strip())} is not on the list.")
        return self._known[name.strip().casefold()]

    def unreadable(self) -> EntryRefusedError:
        """Return the refusal of what cannot be read."""
        return EntryRefusedError(f"It could not be read. {self._how}")

    def amounts(self, typed: str) -> dict[str, str]:
        """Read pairs of a card and a figure, the figure as it was typed."""
        found: dict[str, str] = {}
        for part in re.split(r"[,;\n]+", typed):
            for name, figure in self._pairs([piece for word in part.split() for piece in re.split(r"[:=]", word) if piece]):
                card = self.card(name)
                if card in found:
                    raise EntryRefusedError(TWICE, f"Card {self.numbers[card]} is named twice.")
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
        if twice := next((card for place, card in enumerate(named) if card in named[:place]), ""):
            raise EntryRefusedError(TWICE, f"Card {self.numbers[twice]} is named twice.")
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
