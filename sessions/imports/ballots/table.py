"""Reads ballots from a table: a row a voice with a column a card, a row a voice with its ranking or answer, or a row for each card of a voice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from sessions.errors import PortfolioError
from sessions.imports.ballots.names import VOTER, Cards, Voices, abstention, side_id
from sessions.imports.ballots.parse import (
    HAND,
    WORDS,
    amounts_of,
    ballot_of,
    ranking_of_places,
    ranking_of_text,
)
from sessions.imports.ballots.values import Abstention, AnyBallot, Entry, Method, Wrong
from sessions.imports.columns import plain
from sessions.imports.consistency import ID_LIMIT
from sessions.imports.formats.csv_table import Row, Table
from sessions.imports.formats.report import Place
from sessions.sanitize import clean, quoted
from sessions.wording import shortened

_VOTER_OF_A_ROW = (*VOTER, "id", "role", "name")
_BESIDE = frozenset({"side", "seat", "role", "name", "title", "total", "sum", "note", "notes"})
"""Columns that stand beside the cards and say nothing about them."""
_ABSTAINS = ("abstain", "abstains", "abstained", "abstention")
_CARD = ("card", "cardid", "project", "projectid", "initiative", "id")
_AMOUNT: Mapping[Method, tuple[str, ...]] = {
    "points": ("points", "point", "amount", "value", "votes", "score"),
    "score": ("score", "scores", "points", "value"),
    "ranking": ("rank", "place", "position"),
}
_RANKING = re.compile(r"ranking|ranked|order|ballot|preferences?|top\d*")
_PLACE = re.compile(r"(?:place|rank|choice|no)?(\d{1,4})(?:st|nd|rd|th)?")
_DUEL = ("prefers", "preferred", "preference", "choice", "vote", "answer", "card")


class Columns:
    """Which column of a table is what."""

    def __init__(self, table: Table, method: Method, cards: Cards) -> None:
        self.headers = table.headers
        self._plain = {header: plain(header) for header in table.headers if header not in cards}
        self.cards = tuple(header for header in table.headers if header in cards)
        self.side = self._first(("side",))
        self.abstains = self._first(_ABSTAINS)
        self.amount = self.card = None
        if not self.cards and method in _AMOUNT:
            self.amount, self.card = self._first(_AMOUNT[method]), self._first(_CARD)
        self.long = self.amount is not None and self.card is not None
        """Whether a row holds one card of a voice, not all of them."""
        self.voter = self._first(VOTER if self.long else _VOTER_OF_A_ROW)
        self.ranking = next((header for header, name in self._plain.items() if _RANKING.fullmatch(name)), None)
        numbered = [(int(match[1]), header) for header, name in self._plain.items() if (match := _PLACE.fullmatch(name))]
        self.places = tuple(header for _, header in sorted(numbered))
        self.answer = self._first(_DUEL if method == "duel" else HAND)
        self.words = self._first(WORDS)

    def of_cards(self) -> tuple[str, ...]:
        """Return the columns that are cards, or should be: none that stands beside them."""
        beside = {self.voter, self.side, self.abstains}
        return tuple(header for header in self.headers if header not in beside and self._plain.get(header) not in _BESIDE)

    def _first(self, names: Sequence[str]) -> str | None:
        return next((header for name in names for header, its in self._plain.items() if its == name), None)


def entries_of_table(table: Table, method: Method, voices: Voices, cards: Cards, source: str) -> Iterator[Entry[AnyBallot]]:
    """Read the ballots of a table. Raises PortfolioError where it is no table of ballots for this method."""
    columns = Columns(table, method, cards)
    if columns.voter is None and not (voices.alone and (columns.long or len(table.rows) == 1)):
        found = shortened([quoted(header) for header in table.headers])
        raise PortfolioError(f"{source}: no column says whose ballot a row is; found {found}; name it voter.")
    if columns.long:
        return _long(table, columns, method, voices, cards)
    _need(columns, method, cards, source)
    return (_wide(row, columns, method, voices, cards) for row in table.rows)


def _need(columns: Columns, method: Method, cards: Cards, source: str) -> None:
    """Refuse a table that has nothing of what the method asks for."""
    match method:
        case "points" | "score" if not columns.cards:
            what = f"no column is a card of this session; a column is named by the card's id, as {cards.some()}"
        case "ranking" if not (columns.ranking or columns.places or columns.cards):
            what = "no column holds a ranking; name it ranking, or name columns 1, 2, 3 with a card in each"
        case "duel" if columns.answer is None:
            what = "no column says which card is preferred; name it choice"
        case "consent" if columns.answer is None:
            what = "no column holds the hands from 0 to 5; name it score"
        case _:
            return
    raise PortfolioError(f"{source}: {what}.")


def _wide(row: Row, columns: Columns, method: Method, voices: Voices, cards: Cards) -> Entry[AnyBallot]:
    """Read a row that is all of a voice's ballot."""
    cells = dict(zip(columns.headers, row.cells, strict=True))
    name = cells[columns.voter] if columns.voter else voices.alone
    voice = voices.find(name)
    side = side_id(cells[columns.side]) if columns.side else ""
    if voice is None:
        return Entry(Place(row.line, ""), "", "", voices.missing(name))
    abstains = abstention(cells[columns.abstains], columns.abstains) if columns.abstains else None
    ballot = abstains if abstains is not None else _ballot(row, cells, columns, method, cards)
    return Entry(Place(row.line, clean(name, ID_LIMIT)), voice, side, ballot)


def _ballot(row: Row, cells: Mapping[str, str], columns: Columns, method: Method, cards: Cards) -> AnyBallot | Abstention | Wrong:
    if row.beyond:
        return Wrong("there are more cells than columns")
    if method in ("points", "score"):
        return amounts_of(_filled(cells, columns), method, cards)
    if method == "ranking":
        return _ranking(cells, columns, cards)
    answer = cells[columns.answer] if columns.answer else ""
    words = cells[columns.words] if columns.words else ""
    return ballot_of([answer, words] if method == "consent" and words.strip() else answer, method, cards)


def _ranking(cells: Mapping[str, str], columns: Columns, cards: Cards) -> AnyBallot | Abstention | Wrong:
    if columns.ranking:
        return ballot_of(cells[columns.ranking], "ranking", cards)
    if columns.cards:
        return ranking_of_places(_filled(cells, columns), cards)
    tiers = [cells[header] for header in columns.places]
    while tiers and not tiers[-1].strip():
        tiers.pop()
    if "" in map(str.strip, tiers):
        return Wrong("a place is left empty between two that are filled")
    return ranking_of_text(" > ".join(tiers), cards)


def _filled(cells: Mapping[str, str], columns: Columns) -> list[tuple[str, object]]:
    return [(header, cells[header]) for header in columns.of_cards() if cells[header].strip()]


def _long(table: Table, columns: Columns, method: Method, voices: Voices, cards: Cards) -> Iterator[Entry[AnyBallot]]:
    """Read rows that hold one card of a voice each. What is wrong in one of them refuses the whole ballot of the voice, with the row's line."""
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        name = row.cells[table.headers.index(columns.voter)] if columns.voter else voices.alone
        rows.setdefault(voices.find(name) or name, []).append(row)
    for own in rows.values():
        first = dict(zip(columns.headers, own[0].cells, strict=True))
        name = first[columns.voter] if columns.voter else voices.alone
        voice = voices.find(name)
        if voice is None:
            yield Entry(Place(own[0].line, ""), "", "", voices.missing(name))
            continue
        line, ballot = _ballot_of_rows(own, columns, method, cards)
        yield Entry(Place(line, clean(name, ID_LIMIT)), voice, side_id(first[columns.side]) if columns.side else "", ballot)


def _ballot_of_rows(rows: Sequence[Row], columns: Columns, method: Method, cards: Cards) -> tuple[int, AnyBallot | Abstention | Wrong]:
    """Return a voice's ballot with its first line, or what is wrong with it and the line of the row that brought that in."""
    filled = []
    for row in rows:
        cells = dict(zip(columns.headers, row.cells, strict=True))
        said = abstention(cells[columns.abstains], columns.abstains) if columns.abstains else None
        if row.beyond:
            said = Wrong("there are more cells than columns")
        if said is not None:
            return row.line, said
        if cells[columns.amount or ""].strip():
            filled.append((row.line, cells))

    def read(count: int) -> AnyBallot | Wrong:
        pairs = [(cells[columns.card or ""], cells[columns.amount or ""]) for _, cells in filled[:count]]
        return ranking_of_places(pairs, cards) if method == "ranking" else amounts_of(pairs, method, cards)

    ballot = read(len(filled))
    if isinstance(ballot, Wrong):
        # A row that is wrong stays it with whatever follows, so the first is found by halving.
        return filled[bisect_left(range(len(filled)), True, key=lambda count: isinstance(read(count + 1), Wrong))][0], ballot
    return rows[0].line, ballot
