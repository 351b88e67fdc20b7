"""What a seat sees: the small state that every answer brings. Nothing in it depends on a choice before the reveal."""

from __future__ import annotations

from sessions import __version__
from sessions.room.reception import Reception
from sessions.room.seats import Seat


def state_of(room: Reception, seat: Seat) -> dict[str, object]:
    """Return the state of a seat, as plain JSON. Who is not let in sees only where they ask."""
    session = room.live.session
    you = {"state": seat.state, "seat": seat.id, "person": seat.person, "role": seat.role, "side": seat.side, "facilitator": seat.facilitator}
    return {
        "v": room.version,
        "app": __version__,
        "title": session.title,
        "quarter": session.quarter,
        "you": you | {"watch": seat.watch},
        "now": {"kind": "waiting", "sentence": ""},
        "locked": room.locked,
    }


def cards_of(_room: Reception) -> list[dict[str, object]]:
    """Return the cards that a page needs, once for each version of the list."""
    return []
