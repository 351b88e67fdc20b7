"""Reads ballots that were gathered outside the room, one file for all voices or a file for each (METHOD 2.8 a).

A table (CSV) or JSON; rank-order files, which name no voices, are read by `preflib`. What comes out is what was written,
negative figures too: whether a ballot may be cast is for the rules of voting to say. A ballot that holds anything else is
refused whole and told with its reason; the others are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from sessions.errors import PortfolioError
from sessions.imports.ballots.names import Cards, Voices
from sessions.imports.ballots.preflib import is_preflib
from sessions.imports.ballots.table import entries_of_table
from sessions.imports.ballots.tree import entries_of_tree
from sessions.imports.ballots.values import (
    ABSTAIN,
    Abstention,
    AnyBallot,
    Gathered,
    Hand,
    Method,
    Points,
    Scores,
    gather,
)
from sessions.imports.formats.csv_table import read_table
from sessions.imports.formats.files import decode, read_bytes, source_name
from sessions.imports.formats.json_tree import read_tree
from sessions.imports.formats.report import Findings
from sessions.portfolio.models import Participant
from sessions.voting.ranking import Ranking

__all__ = (
    "ABSTAIN", "Abstention", "AnyBallot", "Ballot", "BallotsFile", "Gathered", "Hand", "Method", "Points", "Ranking", "Scores",
    "load_ballots", "read_any_ballots", "read_ballots", "read_rankings",
)  # fmt: skip

Ballot = Points | Abstention
BallotsFile = Gathered[Points]


def load_ballots(path: Path, voices: Sequence[Participant], card_ids: Sequence[str]) -> BallotsFile:
    """Read the points ballots in a file. Raises PortfolioError where it is no file of ballots at all."""
    return read_ballots(read_bytes(path), source_name(path), voices, card_ids)


def read_ballots(
    data: bytes, source: str, voices: Sequence[Participant] | None, card_ids: Sequence[str], voice: str = ""
) -> BallotsFile:
    """Read the points ballots in the bytes of a file, as `read_any_ballots` does."""
    return cast("BallotsFile", read_any_ballots(data, source, "points", voices, card_ids, voice))


def read_rankings(
    data: bytes, source: str, voices: Sequence[Participant] | None, card_ids: Sequence[str], voice: str = ""
) -> Gathered[Ranking]:
    """Read the ranking ballots in the bytes of a file, as `read_any_ballots` does."""
    return cast("Gathered[Ranking]", read_any_ballots(data, source, "ranking", voices, card_ids, voice))


def read_any_ballots(
    data: bytes, source: str, method: Method, voices: Sequence[Participant] | None, card_ids: Sequence[str], voice: str = ""
) -> Gathered[AnyBallot]:
    """Read the ballots of a method in the bytes of a file; `source` is its name as it is told.

    `voices` are those of the session, None where nobody is known: then whoever the file names has a voice. A file that
    holds one voice's ballot alone may leave out whose it is where `voice` says it, or the file's name (`cfo.csv`).
    Raises PortfolioError where it is no file of ballots of this method.
    """
    text, _ = decode(data, source)
    if is_preflib(text):
        raise PortfolioError(f"{source}: this is a rank-order file, which says of no ballot whose it is; count it with `quarterdeck tally`.")
    findings = Findings(source)
    known, cards = Voices(voices, voice).named_by(source), Cards(card_ids)
    if text.lstrip().startswith(("{", "[")):
        return gather(source, entries_of_tree(read_tree(text, findings), method, known, cards))
    return gather(source, entries_of_table(read_table(text, findings), method, known, cards, source))
