"""Detect which method's ballots a file holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.imports.ballots.names import VOTER, Cards
from sessions.imports.ballots.preflib import is_preflib
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.formats.csv_table import read_table
from sessions.imports.formats.json_tree import read_tree
from sessions.imports.formats.report import Findings

_BESIDES = frozenset({*VOTER, "side"})


def reader_for(text: str, source: str, card_ids: Iterable[str], readers: Sequence[BallotReader]) -> BallotReader:
    """Return the reader whose ballots a file holds for certain, or else the first one. Raises PortfolioError if it can be none."""
    return next((reader for reader in readers if _fits(text, source, Cards(card_ids), reader, readers)), readers[0])


def _fits(text: str, source: str, cards: Cards, reader: BallotReader, readers: Sequence[BallotReader]) -> bool:
    if is_preflib(text):
        return reader.reads_rank_orders
    if text.lstrip().startswith(("{", "[")):
        content_of_others = {name for each in readers if each is not reader for name in each.content}
        return reader.fits_value(read_tree(text, Findings(source)).value, _BESIDES | content_of_others)
    table = read_table(text, Findings(source))
    rows = [dict(zip(table.headers, row.cells, strict=True)) for row in table.rows]
    return reader.fits_table(reader.columns(table, cards), rows)
