"""Rooms that answer questions about no card, with the answers of the sample's quarter."""

from __future__ import annotations

import json

from support import FIXTURES, Room, bare, person

from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.portfolio.models import Participant, Portfolio

ANSWERS = json.loads((FIXTURES / "answers_of_a_quarter.json").read_text(encoding="utf-8"))
"""What the 6 voters of business and the 5 of IT answered in the sample's quarter, and the sides' medians in the three before."""
ROLES = ("COO", "CFO", "VP Sales", "VP Marketing", "VP Operations", "Head of Service", "CIO", "Applications", "Infrastructure", "Data", "Security")
PEOPLE = (*(person(role, "business" if place < 6 else "it") for place, role in enumerate(ROLES)), person("PMO Lead", "it", "facilitator"))
IDS = tuple(each.id for each in PEOPLE[:11])


def asked(method: str, people: tuple[Participant, ...] = PEOPLE, portfolio: Portfolio | None = None, **how: object) -> Room:
    """Open a round of questions in a room of these people."""
    room = Room((portfolio or bare()).model_copy(update={"participants": people})).everybody()
    room.do(OpenRound.model_validate({"method": method, **how}))
    return room


def answered(room: Room, answers: dict[str, list[int]]) -> Room:
    """Seal an answer of each voter, in their order, and reveal them."""
    number = room.session.rounds[-1].opened.round
    for place, voice in enumerate(each.id for each in room.session.voters()):
        scores = {item: its[place] for item, its in answers.items() if place < len(its)}
        room.do(SealBallot(round=number, voice=voice, scores=scores))
    room.do(RevealBallots(round=number))
    return room
