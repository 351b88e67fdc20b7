"""The places in which a key can mean something."""

from __future__ import annotations

PLACES = {
    "everywhere": "Everywhere",
    "board": "On the board: select and move",
    "card": "On the board: the card",
    "session": "The session",
    "home": "The library",
    "new": "A new session",
    "ballot": "Ballots",
    "reveal": "The reveal",
    "talk": "The discussion of a card",
    "together": "The two questions, and the partnership",
    "consent": "Consent on a decision",
    "people": "People",
    "objectives": "The objectives",
    "changed": "What changed since last quarter",
    "look_back": "Look back",
    "join": "People join",
    "spotlight": "The projector",
    "replay": "Replay",
    "history": "What was done",
    "story": "The story of a card",
    "trend": "The trend over the quarters",
    "summary": "The summary",
    "plan": "The plan",
    "what_if": "What if",
    "compare": "What-ifs side by side",
    "joined": "A seat in a room (`quarterdeck join`)",
}
"""The places, as help names them, in the order of help."""
