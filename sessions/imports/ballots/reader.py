"""How the ballots of one method are read from any kind of file. Each method has its own reader beside its spec."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from sessions.imports.ballots.columns import Columns
from sessions.imports.ballots.names import Cards
from sessions.imports.ballots.values import ABSTAIN, PUBLIC, Abstention, Amounts, AnyBallot, RefusalKind, Wrong
from sessions.imports.formats.csv_table import Table

_ABSTAINS = re.compile(r"abstain(s|ed)?|abstention", re.IGNORECASE)
Pairs = Iterable[tuple[str, object]]
Rows = Sequence[Mapping[str, str]]
"""The cells of a table, each by its column."""


class BallotReader(ABC):
    """Reads the ballots of one method."""

    expected: ClassVar[str]
    """What a ballot should have been, as a sentence."""
    file_form: ClassVar[str]
    """What the columns of a file are."""
    ballot_form: ClassVar[str]
    """What a ballot holds, for a refusal on a shared screen."""
    content: ClassVar[tuple[str, ...]]
    """Names under which a JSON object holds the ballot itself."""
    amounts: ClassVar[tuple[str, ...]] = ()
    """Names of the column with a figure, in a table with one row per card of a voter; empty if there is no such table."""
    needs_amount: ClassVar[bool] = True
    """Whether such a row needs a figure; else the row itself is enough."""
    answers: ClassVar[tuple[str, ...]] = ()
    """Names of a column with the whole ballot."""
    lists_are_ballots: ClassVar[bool] = False
    """Whether a JSON list of names can be the ballot of one voter."""
    heads_are_places: ClassVar[bool] = False
    """Whether a number at the head of a column is a place, not a card."""
    reads_rank_orders: ClassVar[bool] = False
    """Whether rank-order files of PrefLib hold such ballots."""

    def columns(self, table: Table, cards: Cards) -> Columns:
        """Return which column of a table is what."""
        return Columns(table, cards.by_id() if self.heads_are_places else cards, self.amounts, self.answers, needs_amount=self.needs_amount)

    @abstractmethod
    def lacks(self, columns: Columns, cards: Cards) -> str:
        """Return what a table with a row per voter lacks, or nothing."""

    @abstractmethod
    def of_cells(self, cells: Mapping[str, str], columns: Columns, cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read a row that is all of a voter's ballot."""

    def of_pairs(self, pairs: Pairs, cards: Cards) -> AnyBallot | Wrong:
        """Read the rows of a voter, each a card and its figure."""
        return Wrong(self.expected)

    @abstractmethod
    def of_value(self, value: object, cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read a JSON value or the text of a cell that is not an abstention."""

    def of_object(self, value: Mapping[str, object], cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read an object that holds the ballot under one of its names."""
        key = next((key for key in self.content if key in value), None)
        return Wrong(self.expected) if key is None else self.ballot(value[key], cards)

    def ballot(self, value: object, cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read a value or the text of a cell; the word abstain is an abstention."""
        if isinstance(value, str) and _ABSTAINS.fullmatch(value.strip()):
            return ABSTAIN
        return self.of_value(value, cards)

    def fits_table(self, columns: Columns, rows: Rows) -> bool:
        """Return whether a table holds ballots of this method and no other."""
        return False

    def fits_value(self, value: object, besides: frozenset[str]) -> bool:
        """Return whether a JSON value holds ballots of this method and no other; `besides` are names that say something else."""
        return False

    def public(self, kind: RefusalKind) -> str:
        """Return why a ballot is refused, for a shared screen: no card, no figure."""
        return PUBLIC.get(kind, self.ballot_form)


class AmountsReader(BallotReader):
    """Reads ballots that give each card a figure."""

    @abstractmethod
    def read_amounts(self, pairs: Pairs, cards: Cards) -> Amounts | Wrong:
        """Read a figure per card."""

    def lacks(self, columns: Columns, cards: Cards) -> str:
        """Return the refusal if no column is a card, or nothing."""
        if columns.cards:
            return ""
        return f"no column is a card of this session; a column is named by the card's {cards.some()}"

    def of_cells(self, cells: Mapping[str, str], columns: Columns, cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read a column per card."""
        return self.read_amounts(columns.filled(cells), cards)

    def of_pairs(self, pairs: Pairs, cards: Cards) -> AnyBallot | Wrong:
        """Read a row per card."""
        return self.read_amounts(pairs, cards)

    def of_value(self, value: object, cards: Cards) -> AnyBallot | Abstention | Wrong:
        """Read an object with a figure per card."""
        return self.read_amounts(value.items(), cards) if isinstance(value, dict) else Wrong(self.expected)
