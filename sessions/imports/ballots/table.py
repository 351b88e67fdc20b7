"""Read ballots from a table: a row per voter with a column per card, a row per voter with the whole ballot, or a row per card of a voter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sessions.errors import PortfolioError
from sessions.imports.ballots.columns import Columns
from sessions.imports.ballots.names import Cards, VoterNames, abstention, reason_given, side_id
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.values import Abstention, AnyBallot, Entry, GivenReason, Wrong
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.formats.csv_table import Row, Table
from sessions.imports.formats.report import Place
from sessions.imports.vocabulary import read_flag
from sessions.sanitize import clean, quoted
from sessions.wording import shortened

_EXTRA_CELLS = Wrong("there are more cells than columns", "extra_cells")
_EMPTY = Wrong("nothing is filled in", "empty")


class CutOffError(PortfolioError):
    """A row has fewer cells than the header, so the file may be cut off. Its text quotes nothing of the file."""


def entries_of_table(table: Table, reader: BallotReader, voices: VoterNames, cards: Cards, source: str) -> Iterator[Entry[AnyBallot]]:
    """Read the ballots of a table. Raises PortfolioError if it holds no ballots of this method, or a row is cut off."""
    columns = reader.columns(table, cards)
    if columns.voter is None and not (voices.alone and (columns.long or len(table.rows) == 1)):
        found = shortened([quoted(header) for header in table.headers])
        raise PortfolioError(f"{source}: no column names the voter of a row; found {found}; call it voter.")
    if not columns.long and (lacking := reader.lacks(columns, cards)):
        raise PortfolioError(f"{source}: {lacking}.")
    for row in table.rows:
        if row.lacking:
            width = len(table.headers)
            raise CutOffError(f"{source}: line {row.line}: {width - row.lacking} of {width} cells; the file may be cut off, so nothing is counted.")
    if columns.numbered:
        cards = cards.by_number()
    if columns.long:
        return _long(table, columns, reader, voices, cards)
    return (_wide(row, columns, reader, voices, cards) for row in table.rows)


def _wide(row: Row, columns: Columns, reader: BallotReader, voices: VoterNames, cards: Cards) -> Entry[AnyBallot]:
    """Read a row that is all of a voter's ballot."""
    cells = dict(zip(columns.headers, row.cells, strict=True))
    name = cells[columns.voter] if columns.voter else voices.alone
    voice = voices.find(name)
    if voice is None:
        return Entry(Place(row.line, ""), "", "", _blamed(voices.missing(name), columns))
    side = cells[columns.side] if columns.side else ""
    abstains = abstention(cells[columns.abstains], columns.abstains) if columns.abstains else None
    ballot: AnyBallot | Abstention | Wrong
    if wrong := voices.wrong_side(voice, side):
        ballot = wrong
    elif abstains is not None:
        ballot = abstains
    else:
        ballot = _EXTRA_CELLS if row.beyond else reader.of_cells(cells, columns, cards)
    reason = reason_given(cells[columns.reason], cells[columns.reason_card or ""], cards) if columns.reason else None
    if isinstance(reason, Wrong):
        ballot, reason = (ballot if isinstance(ballot, Wrong) else reason), None
    return Entry(Place(row.line, clean(name, ID_LIMIT)), voice, side_id(side), _blamed(ballot, columns), reason)


def _long(table: Table, columns: Columns, reader: BallotReader, voices: VoterNames, cards: Cards) -> Iterator[Entry[AnyBallot]]:
    """Read rows that hold one card of a voter each. A mistake in one of them refuses the whole ballot of the voter, with the row's line."""
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        name = row.cells[table.headers.index(columns.voter)] if columns.voter else voices.alone
        rows.setdefault(voices.find(name) or name, []).append(row)
    for own in rows.values():
        first = dict(zip(columns.headers, own[0].cells, strict=True))
        name = first[columns.voter] if columns.voter else voices.alone
        voice = voices.find(name)
        if voice is None:
            yield Entry(Place(own[0].line, ""), "", "", _blamed(voices.missing(name), columns))
            continue
        line, ballot = _ballot_of_rows(voice, own, columns, reader, voices, cards)
        reason, at = _reason_of_rows(own, columns, cards)
        if isinstance(reason, Wrong):
            line, ballot, reason = (line, ballot, None) if isinstance(ballot, Wrong) else (at, reason, None)
        yield Entry(Place(line, clean(name, ID_LIMIT)), voice, side_id(first[columns.side]) if columns.side else "", _blamed(ballot, columns), reason)


def _reason_of_rows(rows: Sequence[Row], columns: Columns, cards: Cards) -> tuple[GivenReason | Wrong | None, int]:
    """Return a voter's line of reason, with its line in the file. It is about the card that is named beside it, else about the card of its row."""
    found: list[tuple[GivenReason | Wrong, int]] = []
    for row in rows if columns.reason else ():
        cells = dict(zip(columns.headers, row.cells, strict=True))
        about = cells[columns.reason_card] if columns.reason_card else ""
        given = reason_given(cells[columns.reason or ""], about.strip() or cells[columns.card or ""], cards)
        found += [(given, row.line)] if given else []
    if len(found) > 1:
        return Wrong("more than one reason is given", "reason"), found[1][1]
    return found[0] if found else (None, 0)


def _ballot_of_rows(
    voice: str, rows: Sequence[Row], columns: Columns, reader: BallotReader, voices: VoterNames, cards: Cards
) -> tuple[int, AnyBallot | Abstention | Wrong]:
    """Return a voter's ballot with its first line, or what is wrong with it and the line of the first wrong row."""
    filled, none = [], False
    for row in rows:
        cells = dict(zip(columns.headers, row.cells, strict=True))
        stop = abstention(cells[columns.abstains], columns.abstains) if columns.abstains else None
        if row.beyond:
            stop = _EXTRA_CELLS
        if columns.side and (wrong := voices.wrong_side(voice, cells[columns.side])):
            stop = wrong
        if stop is None and columns.none:
            flag = read_flag(cells[columns.none])
            none = none or bool(flag)
            stop = Wrong(f"{quoted(cells[columns.none])} in {columns.none} is neither yes nor no", "none", columns.none) if flag is None else None
        if stop is not None:
            return row.line, stop
        if columns.amount is None or cells[columns.amount].strip():
            filled.append((row.line, cells))

    def read(count: int) -> AnyBallot | Wrong:
        pairs = [(cells[columns.card or ""], cells[columns.amount] if columns.amount else "1") for _, cells in filled[:count]]
        return reader.of_pairs(pairs, cards)

    if none and filled:
        return filled[0][0], Wrong("none of these is marked, and a card is filled in", "none", columns.none or "")
    if columns.numbered and not filled and not none:
        return rows[0].line, _EMPTY
    ballot = read(len(filled))
    if isinstance(ballot, Wrong):
        # A wrong row stays wrong with any rows after it, so bisection finds the first.
        return filled[bisect_left(range(len(filled)), True, key=lambda count: isinstance(read(count + 1), Wrong))][0], ballot
    return rows[0].line, ballot


def _blamed(ballot: AnyBallot | Abstention | Wrong, columns: Columns) -> AnyBallot | Abstention | Wrong:
    """Return what is wrong with a ballot together with the column that is to blame, if one is; any other ballot as it is."""
    if not isinstance(ballot, Wrong):
        return ballot
    of_kind = {
        "not_a_voter": columns.voter, "no_voter": columns.voter, "side": columns.side, "abstention": columns.abstains, "reason": columns.reason,
        "words": columns.words, "figure": columns.amount, "place": columns.amount, "unknown_card": columns.card, "card_twice": columns.card,
        "empty": columns.amount,
    }  # fmt: skip
    return replace(ballot, field=of_kind.get(ballot.kind) or ballot.field or columns.answer or columns.ranking or "")
