"""Reads points ballots that were gathered outside: a wide table with a column a card, or JSON with an object a voice.

What comes out are whole numbers as they were written, negative ones too: whether a ballot may be cast is for the
rules of voting to say. A ballot that holds anything else is refused alone and told with its reason; the others are
read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path

from sessions.errors import PortfolioError
from sessions.portfolio.cleaning import clean, quoted
from sessions.portfolio.columns import plain
from sessions.portfolio.files import decode, read_bytes, source_name
from sessions.portfolio.models import Participant
from sessions.portfolio.report import Findings, Notice, listed
from sessions.portfolio.table import Row, Table, read_table
from sessions.portfolio.tree import Node, read_tree
from sessions.portfolio.whole import ID_LIMIT
from sessions.portfolio.words import read_flag, read_whole


class Abstention(Enum):
    """A voice that gave no points on purpose."""

    ABSTAIN = "abstain"


ABSTAIN = Abstention.ABSTAIN
Points = dict[str, int]
"""Points by card id. A card that is not named got none; an empty ballot says that no card should get any."""
Ballot = Points | Abstention

_VOTER = ("voter", "voice", "participant", "id", "role", "name")
_BESIDE = frozenset({"side", "seat", "role", "name", "total", "sum", "note", "notes"})
"""Columns that stand beside the cards and say nothing about them."""
_ABSTAIN_COLUMN = frozenset({"abstain", "abstains", "abstained", "abstention"})


@dataclass(frozen=True, slots=True)
class BallotsFile:
    """The ballots of a file by the voice's id, and those that were refused with their line or path and the reason."""

    source: str
    ballots: Mapping[str, Ballot]
    refused: tuple[Notice, ...]


def load_ballots(path: Path, voices: Sequence[Participant], card_ids: Sequence[str]) -> BallotsFile:
    """Read the ballots in a file. Raises PortfolioError where it is no file of ballots at all."""
    return read_ballots(read_bytes(path), source_name(path), voices, card_ids)


def read_ballots(data: bytes, source: str, voices: Sequence[Participant], card_ids: Sequence[str]) -> BallotsFile:
    """Read the ballots in the bytes of a file; `source` is its name as it is told. Raises as `load_ballots` does."""
    text, _ = decode(data, source)
    findings = Findings(source)
    known = _names_of(voices)
    if text.lstrip().startswith(("{", "[")):
        entries = _from_json(read_tree(text, findings), known, frozenset(card_ids))
    else:
        entries = _from_table(read_table(text, findings), known, frozenset(card_ids), source)
    ballots: dict[str, Ballot] = {}
    refused: list[Notice] = []
    twice: set[str] = set()
    for line, path, voice, ballot in entries:
        if isinstance(ballot, str):
            refused.append(Notice(line, path, ballot))
        elif voice in ballots or voice in twice:
            # Which of the two was meant cannot be known: neither counts.
            twice.add(voice)
            ballots.pop(voice, None)
            refused.append(Notice(line, path, "this voice has more than one ballot; none of them is taken"))
        else:
            ballots[voice] = ballot
    return BallotsFile(source, ballots, tuple(refused))


_Entry = tuple[int | None, str, str, Ballot | str]
"""Line, path, voice, and the ballot or the reason why there is none."""


def _names_of(voices: Sequence[Participant]) -> dict[str, str]:
    """Give the id of every voice by its id and, where that is free, by its role."""
    by_role = {voice.role.casefold(): voice.id for voice in voices if voice.votes}
    return by_role | {voice.id.casefold(): voice.id for voice in voices if voice.votes}


def _unknown_voice(name: str) -> str:
    return f"{quoted(name)} is not a voice of this session"


def _from_table(table: Table, known: Mapping[str, str], cards: Collection[str], source: str) -> Iterator[_Entry]:
    """Read a row a voice."""
    plain_of = {header: plain(header) for header in table.headers}
    voter = next((header for name in _VOTER for header in table.headers if plain_of[header] == name), None)
    if voter is None:
        found = listed([quoted(header) for header in table.headers])
        raise PortfolioError(f"{source}: no column says whose ballot a row is; found {found}; name it voter.")
    abstains = next((header for header in table.headers if plain_of[header] in _ABSTAIN_COLUMN), None)
    if not any(header in cards for header in table.headers):
        raise PortfolioError(f"{source}: no column is a card of this session; a column is named by the card's id, as {_some(cards)}.")
    beside = {voter, abstains} | {header for header in table.headers if header not in cards and plain_of[header] in _BESIDE}
    strange = [header for header in table.headers if header not in cards and header not in beside]
    for row in table.rows:
        cells = dict(zip(table.headers, row.cells, strict=True))
        voice = known.get(cells[voter].strip().casefold())
        name = clean(cells[voter], ID_LIMIT)
        if voice is None:
            yield row.line, "", "", _unknown_voice(cells[voter])
        elif abstains is not None and read_flag(cells[abstains]) is None:
            yield row.line, name, voice, f"{quoted(cells[abstains])} in {abstains} is neither yes nor no"
        elif abstains is not None and read_flag(cells[abstains]):
            yield row.line, name, voice, ABSTAIN
        else:
            yield row.line, name, voice, _points_of_row(row, cells, strange, cards)


def _points_of_row(row: Row, cells: Mapping[str, str], strange: Sequence[str], cards: Collection[str]) -> Points | str:
    """Give the points of a row, or what is wrong with it. Zeros are left out: they are what a card has anyway."""
    if row.beyond:
        return "there are more cells than columns"
    if wrong := next((header for header in strange if cells[header].strip()), None):
        return f"{quoted(wrong)} is not a card of this session"
    points = {}
    for card, raw in cells.items():
        if card not in cards or not raw.strip():
            continue
        number = read_whole(raw)
        if number is None:
            return f"{card}: {quoted(raw)} is not a whole number"
        points[card] = number
    return {card: number for card, number in points.items() if number}


def _from_json(root: Node, known: Mapping[str, str], cards: Collection[str]) -> Iterator[_Entry]:
    """Read an object a voice, or the word abstain."""
    if not isinstance(root.value, dict):
        root.fail("an object was expected, with the points of every voice by card")
    for name in root.value:
        node = Node(root.value[name], clean(name, ID_LIMIT), root.findings)
        voice = known.get(name.strip().casefold())
        if voice is None:
            yield None, "", "", _unknown_voice(name)
        elif isinstance(node.value, str) and re.fullmatch(r"abstain(s|ed)?", node.value.strip().casefold()):
            yield None, node.path, voice, ABSTAIN
        elif not isinstance(node.value, dict):
            yield None, node.path, voice, "points by card, or the word abstain, were expected"
        else:
            yield None, node.path, voice, _points_of_object(node.value, cards)


def _points_of_object(given: Mapping[str, object], cards: Collection[str]) -> Points | str:
    points = {}
    for card, number in given.items():
        if card not in cards:
            return f"{quoted(card)} is not a card of this session"
        if isinstance(number, bool) or not isinstance(number, int | Decimal) or number != int(number):
            return f"{card}: {quoted(str(number))} is not a whole number"
        points[card] = int(number)
    return {card: number for card, number in points.items() if number}


def _some(cards: Collection[str]) -> str:
    return ", ".join(sorted(cards)[:3]) or "P01"
