"""Read ballots that were gathered outside the room, one file for all voters or a file for each (METHOD 2.8 a).

A table (CSV or Excel) or JSON; rank-order files, which name no voters, are read by `preflib`. What comes out is what was written,
negative figures too: whether a ballot may be cast is for the rules of voting to say. A ballot that holds anything else is
refused whole with its reason; the others are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sessions.errors import PortfolioError
from sessions.imports.ballots.names import Cards, VoterNames
from sessions.imports.ballots.preflib import is_preflib
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.table import entries_of_table
from sessions.imports.ballots.tree import entries_of_tree
from sessions.imports.ballots.values import AnyBallot, Gathered, gather
from sessions.imports.formats.csv_table import Table, read_table
from sessions.imports.formats.encoding import decode
from sessions.imports.formats.files import is_spreadsheet
from sessions.imports.formats.json_tree import read_tree
from sessions.imports.formats.report import Findings
from sessions.portfolio.models import Participant


def read_ballots(
    data: bytes, source: str, reader: BallotReader, voices: Sequence[Participant] | None, card_ids: Sequence[str],
    numbers: Mapping[str, int] | None = None,
) -> Gathered[AnyBallot]:
    """Read a method's ballots from the bytes of a file; `source` is its name in messages.

    `numbers` are those of the cards on the ballot; `voices` are the session's voters, None if unknown: then everyone the file names may vote.
    A file that holds one voter's ballot alone may leave out the voter's name if the file's name (`cfo.csv`) gives it.
    Raises PortfolioError if it holds no ballots of this method.
    """
    findings = Findings(source)
    known, cards = VoterNames(voices).named_by(source), Cards(card_ids, numbers)
    if is_spreadsheet(data):
        return gather(source, entries_of_table(table_of_workbook(data, findings), reader, known, cards, source))
    text = decode(data, source).text
    if is_preflib(text):
        raise PortfolioError(f"{source}: this is a rank-order file, which does not name the voters; count it with `quarterdeck tally`.")
    if text.lstrip().startswith(("{", "[")):
        return gather(source, entries_of_tree(read_tree(text, findings), reader, known, cards))
    return gather(source, entries_of_table(read_table(text, findings), reader, known, cards, source))


def table_of_workbook(data: bytes, findings: Findings) -> Table:
    """Return the table in a workbook. Raises PortfolioError."""
    from sessions.imports.xlsx.workbook import read_workbook  # noqa: PLC0415 - it brings zip and XML along, which nothing else needs

    table = read_workbook(data, findings)
    # A sheet keeps no empty cells at the end of a row: nothing is cut off there.
    return replace(table, rows=tuple(replace(row, lacking=0) for row in table.rows))
