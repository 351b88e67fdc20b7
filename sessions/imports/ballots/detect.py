"""Detect which method's ballots a file holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.imports.ballots.file import table_of_workbook
from sessions.imports.ballots.names import VOTER, Cards
from sessions.imports.ballots.preflib import is_preflib
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.formats.csv_table import Table, read_table
from sessions.imports.formats.encoding import decode
from sessions.imports.formats.files import is_spreadsheet
from sessions.imports.formats.json_tree import read_tree
from sessions.imports.formats.report import Findings

_BESIDES = frozenset({*VOTER, "side"})


def reader_for(data: bytes, source: str, card_ids: Iterable[str], readers: Sequence[BallotReader]) -> BallotReader:
    """Return the reader whose ballots a file holds for certain, or else the first one. Raises PortfolioError if no reader fits."""
    findings = Findings(source)
    if is_spreadsheet(data):
        return _reader_of_table(table_of_workbook(data, findings), card_ids, readers)
    text = decode(data, source).text
    if is_preflib(text):
        return next(reader for reader in readers if reader.reads_rank_orders)
    if not text.lstrip().startswith(("{", "[")):
        return _reader_of_table(read_table(text, findings), card_ids, readers)
    value = read_tree(text, findings).value
    for reader in readers:
        content_of_others = {name for each in readers if each is not reader for name in each.content}
        if reader.fits_value(value, _BESIDES | content_of_others):
            return reader
    return readers[0]


def _reader_of_table(table: Table, card_ids: Iterable[str], readers: Sequence[BallotReader]) -> BallotReader:
    cards = Cards(card_ids)
    rows = [dict(zip(table.headers, row.cells, strict=True)) for row in table.rows]
    return next((reader for reader in readers if reader.fits_table(reader.columns(table, cards), rows)), readers[0])
