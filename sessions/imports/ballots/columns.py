"""Which column of a table of ballots is what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sessions.imports.ballots.names import VOTER, Cards
from sessions.imports.formats.csv_table import Table, plain

_VOTER_OF_A_ROW = (*VOTER, "id", "role", "name")
_BESIDE = frozenset({"side", "seat", "role", "name", "title", "total", "sum", "note", "notes"})
"""Columns beside the cards that say nothing about them."""
_ABSTAINS = ("abstain", "abstains", "abstained", "abstention")
_CARD = ("number", "card", "cardid", "project", "projectid", "initiative", "id")
_RANKING = re.compile(r"ranking|ranked|order|ballot|preferences?|top\d*")
_PLACE = re.compile(r"(?:place|rank|choice|no)?(\d{1,4})(?:st|nd|rd|th)?")
WORDS = ("words", "sentence", "reason", "why", "comment", "concern", "note")
"""Names of the sentence that comes with a hand, in a column or an object."""


class Columns:
    """The columns of a table. `amounts` are the names of a column with a figure per card, `answers` those of one with the whole ballot."""

    def __init__(self, table: Table, cards: Cards, amounts: Sequence[str], answers: Sequence[str], *, needs_amount: bool = True) -> None:
        self.headers = table.headers
        self._plain = {header: plain(header) for header in table.headers if header not in cards}
        self.cards = tuple(header for header in table.headers if header in cards)
        self.side = self._first(("side",))
        self.abstains = self._first(_ABSTAINS)
        self.none = self._first(("none", "noneofthese"))
        self.amount = self.card = None
        if not self.cards and amounts:
            self.amount, self.card = self._first(amounts), self._first(_CARD)
        self.numbered = self.card is not None and self._plain[self.card] == "number"
        """Whether the cards of the rows are named by their numbers on the ballot."""
        self.answer = self._first(answers)
        self.long = self.card is not None and (self.amount is not None or not (needs_amount or self.answer))
        """Whether a row holds one card of a voter, not all of them."""
        self.voter = self._first(VOTER if self.long else _VOTER_OF_A_ROW)
        self.ranking = next((header for header, name in self._plain.items() if _RANKING.fullmatch(name)), None)
        numbered = [(int(match[1]), header) for header, name in self._plain.items() if (match := _PLACE.fullmatch(name))]
        self.places = tuple(header for _, header in sorted(numbered))
        self.words = self._first(WORDS)
        self.reason_card = self._first(("reasoncard",))
        self.reason = self._first(("reason",)) if self.long or self.reason_card else None
        """The line of reason. A row with one card may leave out its card."""

    def of_cards(self) -> tuple[str, ...]:
        """Return the columns that are cards, or should be: none that says something else."""
        beside = {self.voter, self.side, self.abstains, self.none, self.reason, self.reason_card}
        return tuple(header for header in self.headers if header not in beside and self._plain.get(header) not in _BESIDE)

    def filled(self, cells: Mapping[str, str]) -> list[tuple[str, object]]:
        """Return the cards of a row that have something in their cell."""
        return [(header, cells[header]) for header in self.of_cards() if cells[header].strip()]

    def _first(self, names: Sequence[str]) -> str | None:
        return next((header for name in names for header, its in self._plain.items() if its == name), None)
