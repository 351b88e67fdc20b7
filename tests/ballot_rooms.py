"""Small rooms with a round of any method open, for the tests of the ballot screen. Imported as `ballot_rooms`, as `support` is."""

from __future__ import annotations

from support import Room, bare, person

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


def room_for(method: Method, anonymity: Anonymity = "side", people: tuple[Participant, ...] = PEOPLE) -> Room:
    """Return a room of two voices a side, with a round of this method open on the cards P01 to P04, or on those that it takes."""
    room = Room(bare("P01 P02 P03 P04", people=people)).everybody()
    if method == "consent":
        room.do(Decide(card="P02", word="not_now", override="to ask about it"))
    cards = {"score": ("P02",), "duel": ("P03", "P02"), "consent": ("P02",)}.get(method, ())
    room.do(OpenRound(method=method, cards=cards, anonymity=anonymity))
    return room
