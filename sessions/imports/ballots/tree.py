"""Read ballots from JSON: an object with a ballot per voter, a list of ballots, or the ballot of one voter alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sessions.imports.ballots.names import VOTER, Cards, VoterNames, reason_given, side_id
from sessions.imports.ballots.reader import BallotReader
from sessions.imports.ballots.values import ABSTAIN, AnyBallot, Entry, Wrong
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.formats.json_tree import Node
from sessions.imports.formats.report import Place
from sessions.sanitize import clean

_ABSTAINS = ("abstain", "abstains", "abstained")


def entries_of_tree(root: Node, reader: BallotReader, voices: VoterNames, cards: Cards) -> Iterator[Entry[AnyBallot]]:
    """Read the ballots of a JSON file. Raises PortfolioError if it holds no ballots."""
    value = root.value
    if isinstance(value, dict) and "ballots" in value and voices.find("ballots") != "ballots":
        root = Node(value["ballots"], root.findings, ("ballots",))
        value = root.value
    if isinstance(value, dict):
        if any(isinstance(value.get(name), str) for name in VOTER):
            return iter([_own(value, reader, voices, cards)])
        if voices.alone and ({*reader.content, *_ABSTAINS} & value.keys() or any(name in cards for name in value)):
            return iter([_entry(voices.alone, value, reader, voices, cards)])
        return (_entry(name, content, reader, voices, cards) for name, content in value.items())
    if isinstance(value, list) and reader.lists_are_ballots and voices.alone and not any(isinstance(entry, dict) for entry in value):
        return iter([_entry(voices.alone, value, reader, voices, cards)])
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        root.fail(f"an object was expected, with a ballot for every voter: {reader.expected}")
    return (_own(entry, reader, voices, cards) for entry in value)


def _own(value: Mapping[str, object], reader: BallotReader, voices: VoterNames, cards: Cards) -> Entry[AnyBallot]:
    """Read an object that names its own voter."""
    name = next((given for key in VOTER if isinstance(given := value.get(key), str)), voices.alone)
    return _entry(name, value, reader, voices, cards)


def _entry(name: str, value: object, reader: BallotReader, voices: VoterNames, cards: Cards) -> Entry[AnyBallot]:
    """Read what a file holds for a voter."""
    voice = voices.find(name)
    if voice is None:
        return Entry(Place(None, ""), "", "", voices.missing(name))
    place = Place(None, clean(name, ID_LIMIT))
    own = {*reader.content, *_ABSTAINS, *VOTER, "side"}
    if not isinstance(value, dict) or not (own & value.keys() - {*cards.named(value)}):
        return Entry(place, voice, "", reader.ballot(value, cards))
    side = value["side"] if isinstance(value.get("side"), str) else ""
    if wrong := voices.wrong_side(voice, side):
        return Entry(place, voice, "", wrong)
    if any(value.get(key) in (True, 1) for key in _ABSTAINS):
        return Entry(place, voice, side_id(side), ABSTAIN)
    ballot, reason = reader.of_object(value, cards), None
    if value.get("reason") is not None and "reason_card" in value:
        given = reason_given(str(value["reason"]), str(value["reason_card"]), cards)
        ballot, reason = (given, None) if isinstance(given, Wrong) and not isinstance(ballot, Wrong) else (ballot, given)
    return Entry(place, voice, side_id(side), ballot, None if isinstance(reason, Wrong) else reason)
