"""Small rooms with a round of any method open, for the tests of the ballot screen. Imported as `ballot_rooms`, as `support` is."""

from __future__ import annotations

from typing import Any

from support import Room, bare, person

from sessions.commands.base import Command
from sessions.commands.decisions import Decide
from sessions.commands.rounds import OpenRound
from sessions.portfolio.models import Participant
from sessions.record.events import Anonymity, Method

PEOPLE = (
    person("COO", "business", "decider"),
    person("CFO", "business"),
    person("CIO", "it"),
    person("Architect", "it"),
    person("PMO Lead", "it", "facilitator"),
)


CHOICES: dict[Method, tuple[dict[str, Any], dict[str, Any]]] = {
    "points": ({"points": {"P01": 9}}, {"points": {"P02": 25}}),
    "ranking": ({"ranking": (("P01",),)}, {"ranking": (("P02",), ("P01",))}),
    "approval": ({"points": {"P01": 1}}, {"points": {"P02": 1, "P03": 1}}),
    "score": ({"scores": {"P02": 5}}, {"scores": {"P02": 0}}),
    "duel": ({"prefers": "P02"}, {"prefers": "P03"}),
    "consent": ({"scores": {"P02": 5}}, {"scores": {"P02": 0}, "words": "it breaks the branches"}),
    "pulse": ({"scores": {"value": 5, "focus": 1}}, {"scores": {"value": 2}}),
    "partnership": ({"scores": {"direction": 4, "seat": 1}}, {"scores": {"order": 2}}),
}
"""Two choices of each method that differ, in a round as `opening` opens it."""
CARDS: dict[Method, tuple[str, ...]] = {"score": ("P02",), "duel": ("P03", "P02"), "consent": ("P02",)}


def opening(method: Method, anonymity: Anonymity = "side", **more: Any) -> list[Command]:
    """Return what opens a round of this method on the cards P01 to P04, or on those that it takes."""
    before = [Decide(card="P02", word="not_now", override="to ask about it")] if method == "consent" else []
    return [*before, OpenRound(method=method, anonymity=anonymity, **{"cards": CARDS.get(method, ()), **more})]


def room_for(method: Method, anonymity: Anonymity = "side", people: tuple[Participant, ...] = PEOPLE) -> Room:
    """Return a room of two voters per side, with a round of this method open on the cards P01 to P04, or on those that it takes."""
    room = Room(bare("P01 P02 P03 P04", people=people)).everybody()
    room.do(*opening(method, anonymity))
    return room
