"""Reads ballots from JSON: an object with a ballot for each voice, a list of ballots, or the ballot of one voice alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sessions.imports.ballots.names import VOTER, Cards, Voices, side_id
from sessions.imports.ballots.parse import EXPECTED, HAND, ballot_of
from sessions.imports.ballots.values import ABSTAIN, AnyBallot, Entry, Method, Wrong
from sessions.imports.consistency import ID_LIMIT
from sessions.imports.formats.json_tree import Node
from sessions.imports.formats.report import Place
from sessions.sanitize import clean

CONTENT: Mapping[Method, tuple[str, ...]] = {
    "points": ("points",),
    "ranking": ("ranking", "order"),
    "score": ("scores",),
    "duel": ("prefers", "choice"),
    "consent": HAND,
}
"""Names under which an object holds the ballot itself, by method."""
_ABSTAINS = ("abstain", "abstains", "abstained")
_ANY_CONTENT = frozenset(name for names in CONTENT.values() for name in names) | frozenset(_ABSTAINS)


def entries_of_tree(root: Node, method: Method, voices: Voices, cards: Cards) -> Iterator[Entry[AnyBallot]]:
    """Read the ballots of a JSON file. Raises PortfolioError where it is no file of ballots."""
    value = root.value
    if isinstance(value, dict) and "ballots" in value and voices.find("ballots") != "ballots":
        root = Node(value["ballots"], root.findings, ("ballots",))
        value = root.value
    if isinstance(value, dict):
        if any(isinstance(value.get(name), str) for name in VOTER):
            return iter([_own(value, method, voices, cards)])
        if voices.alone and (_ANY_CONTENT & value.keys() or any(name in cards for name in value)):
            return iter([_entry(voices.alone, value, method, voices, cards)])
        return (_entry(name, content, method, voices, cards) for name, content in value.items())
    if isinstance(value, list) and method == "ranking" and voices.alone and not any(isinstance(entry, dict) for entry in value):
        return iter([_entry(voices.alone, value, method, voices, cards)])
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        root.fail(f"an object was expected, with a ballot for every voice: {EXPECTED[method]}")
    return (_own(entry, method, voices, cards) for entry in value)


def _own(value: Mapping[str, object], method: Method, voices: Voices, cards: Cards) -> Entry[AnyBallot]:
    """Read an object that says itself whose ballot it is."""
    name = next((given for key in VOTER if isinstance(given := value.get(key), str)), voices.alone)
    return _entry(name, value, method, voices, cards)


def _entry(name: str, value: object, method: Method, voices: Voices, cards: Cards) -> Entry[AnyBallot]:
    """Read what stands for a voice."""
    voice = voices.find(name)
    if voice is None:
        return Entry(Place(None, ""), "", "", voices.missing(name))
    place = Place(None, clean(name, ID_LIMIT))
    if not isinstance(value, dict) or not ((_ANY_CONTENT | {*VOTER, "side"}) & value.keys() - {*cards.named(value)}):
        return Entry(place, voice, "", ballot_of(value, method, cards))
    side = side_id(value["side"]) if isinstance(value.get("side"), str) else ""
    if any(value.get(key) in (True, 1) for key in _ABSTAINS):
        return Entry(place, voice, side, ABSTAIN)
    if method == "consent":
        return Entry(place, voice, side, ballot_of(value, method, cards))
    key = next((key for key in CONTENT[method] if key in value), None)
    return Entry(place, voice, side, ballot_of(value[key], method, cards) if key is not None else Wrong(EXPECTED[method]))
