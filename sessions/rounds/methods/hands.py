"""Raised hands (METHOD 2.8 c): the sides that raise them, and how many voters each has."""

from __future__ import annotations

from typing import NamedTuple

from sessions.state.session import Session
from sessions.wording import capital, side_name


class SideSize(NamedTuple):
    """A side of the room by its id, and how many voters it has."""

    side: str
    voices: int


def side_heading(seat: SideSize) -> str:
    """Return a side at the beginning of a line: Business, IT."""
    return capital(side_name(seat.side))


def side_sizes(session: Session) -> list[SideSize]:
    """Return the sides with their voters, as hands are typed."""
    return [SideSize(side, len(session.voters(side))) for side in session.sides]
