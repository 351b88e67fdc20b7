"""Who is in the room, in plain words: each side and how many of it are enough, and who decides."""

from __future__ import annotations

from sessions.portfolio.models import Side
from sessions.state.session import Session
from sessions.wording import side_name


def side_words(session: Session, side: Side) -> str:
    """Return how many voters of a side are here, and how many are enough: Business: 3 of 3 here (2 are enough)."""
    quorum, name = session.quorum()[side], side_name(side)
    name = f"{name[:1].upper()}{name[1:]}"
    if not quorum.counted:
        return f"{name}: nobody here yet"
    enough = "1 is enough" if quorum.needed == 1 else f"{quorum.needed} are enough"
    return f"{name}: {quorum.counted} of {quorum.voices} here ({enough})"


def decider_words(session: Session) -> str:
    """Return who decides."""
    return f"{session.role(session.decider)} decides" if session.decider else "No decider yet"
