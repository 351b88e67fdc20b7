"""Read raised hands as the facilitator types them by side: `b 4 4 3 5 2 / i 3 3 2` (METHOD 2.8 c).

A side is named by its id, its name, or a beginning that no other side has. Within a side the order reveals no hand: what
comes out is sorted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sessions.errors import PortfolioError
from sessions.sanitize import quoted
from sessions.state.session import Session
from sessions.wording import plural, side_name

_LONGEST = 2_000


class SideSize(NamedTuple):
    """A side of the room by its id, and how many voters it has."""

    side: str
    voices: int


def typed_by_side(text: str, seats: Sequence[SideSize]) -> list[tuple[SideSize, str]]:
    """Return the sides that are typed, and what is typed for each. Raises PortfolioError, one sentence."""
    if len(text) > _LONGEST:
        raise PortfolioError(f"That is more than any room's hands: type at most {_LONGEST:,} characters.")
    found: dict[str, tuple[SideSize, str]] = {}
    for part in filter(None, map(str.strip, text.split("/"))):
        seat, typed = _side_of(part, seats)
        if not typed.strip(" ,"):
            raise PortfolioError(f"{side_heading(seat)}: no hands are typed after it; leave the side out if no one raised one.")
        if seat.side in found:
            raise PortfolioError(f"{side_heading(seat)} appears twice; type all its hands in one place.")
        found[seat.side] = (seat, typed)
    if not found:
        raise PortfolioError(f"No hands are typed; type them by side: {' / '.join(f'{seat.side} …' for seat in seats)}.")
    return list(found.values())


def _side_of(part: str, seats: Sequence[SideSize]) -> tuple[SideSize, str]:
    """Part a side's name from its hands: the longest beginning that names a side. A room of one side needs no name."""
    words = re.sub(r"(?<=[^\W\d]):", " ", part).split()
    for count in range(len(words), 0, -1):
        found = _named(" ".join(words[:count]), seats)
        if len(found) == 1:
            return found[0], " ".join(words[count:])
        if found:
            could = " or ".join(side_name(seat.side) for seat in found)
            raise PortfolioError(f"{quoted(words[0])} could be {could}: type one letter more.")
    if len(seats) == 1 and words[0][0] in "0123456789-":
        return seats[0], " ".join(words)
    known = ", ".join(side_name(seat.side) for seat in seats)
    raise PortfolioError(f"{quoted(words[0])} is not a side of this room; begin with one of {known}.")


def _named(name: str, seats: Sequence[SideSize]) -> list[SideSize]:
    """Return the sides that a name could mean: the one with just this id or name, else all that begin with it."""
    folded = name.casefold()
    exact = [seat for seat in seats if folded in (seat.side.casefold(), side_name(seat.side).casefold())]
    return exact or [seat for seat in seats if seat.side.casefold().startswith(folded) or side_name(seat.side).casefold().startswith(folded)]


def shortest_name(seat: SideSize, seats: Sequence[SideSize]) -> str:
    """Return the shortest beginning of a side's id that means no other side."""
    beginnings = (seat.side[:letters] for letters in range(1, len(seat.side)))
    return next((each for each in beginnings if _named(each, seats) == [seat]), seat.side)


def check_count(hands: int, seat: SideSize) -> None:
    """Refuse more hands than a side has voters. Raises PortfolioError, one sentence."""
    if hands > seat.voices:
        raise PortfolioError(f"{side_heading(seat)}: {plural(hands, 'hand')} for {plural(seat.voices, 'voter')}; count again.")


def side_heading(seat: SideSize) -> str:
    """Return a side at the beginning of a line: Business, IT."""
    name = side_name(seat.side)
    return name[:1].upper() + name[1:]


def side_sizes(session: Session) -> list[SideSize]:
    """Return the sides with their voters, as hands are typed."""
    return [SideSize(side, len(session.voters(side))) for side in session.sides]
