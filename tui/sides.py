"""The look of each side of the room: one shape and one colour everywhere, always beside the side's name, so that neither has to be learned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sessions.portfolio.models import Participant, Side
from sessions.state.session import SIDES
from sessions.wording import side_name
from tui.text import plain
from tui.themes import Ink


class SideLook(NamedTuple):
    """How a side is drawn: its shape, and the colour of the shape."""

    shape: str
    ink: Ink

    @property
    def style(self) -> str:
        """Return the colour as a style of Textual."""
        return f"$card-{self.ink}"


ALL = SideLook("●", "focus")
"""All voters together, while the sides stay hidden."""
_LOOKS = {"business": SideLook("●", "business"), "it": SideLook("◆", "it")}
_FURTHER = "■▲★▼"


def looks(sides: Iterable[str]) -> dict[str, SideLook]:
    """Return the look of each side; business and IT have theirs in every room, further sides take theirs in this order."""
    further = [side for side in dict.fromkeys(sides) if side and side not in _LOOKS]
    shapes = {side: SideLook(_FURTHER[place % len(_FURTHER)], "text") for place, side in enumerate(further)}
    return {"": ALL, **_LOOKS, **shapes}


def sides_of(people: Iterable[Participant]) -> tuple[str, ...]:
    """Return the sides of people: business and IT first, then other sides that vote, then the rest."""
    everybody = sorted(people, key=lambda person: not person.votes)
    present = {person.side for person in everybody}
    return tuple(side for side in dict.fromkeys((*SIDES, *(person.side for person in everybody))) if side in present)


def shaped_name(side: str, look: SideLook) -> str:
    """Return a side's shape and name as one text: ● business."""
    return f"{look.shape} {plain(side_name(side)) or 'all voters'}"


def side_of(person: Participant) -> Side:
    """Return the side to which a person belongs: the facilitator who does not vote belongs to none, even if a file says so."""
    return "" if person.seat == "facilitator" and not person.votes else person.side
