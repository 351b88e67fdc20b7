"""The lines of people: grouped by side, a heading above each group. Shared by the screens that list voters or everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sessions.portfolio.models import Participant, Side
from sessions.state.session import Session
from sessions.wording import capital, side_name
from tui.sides import looks, side_of, sides_of
from tui.text import fit, length
from tui.widgets.listing import Draw, Line, Piece

_LONGEST_ROLE = 34
_LEAST_ROLE = 12
_INDENT = 2
_BESIDE = 41
_NO_SIDE = "no side"
"""The heading above those who belong to no side, such as the facilitator; a side has no space in it."""


def role_in(session: Session, person: Participant) -> str:
    """Return a seat's meaning for the session (METHOD 2.3)."""
    if person.id == session.decider:
        return "decides"
    if person.seat == "facilitator":
        return "facilitates, votes" if person.votes else "facilitates"
    return "votes" if person.votes else "observes"


def by_side(people: Iterable[Participant]) -> list[tuple[str, Participant | None]]:
    """Return the lines of people: (side, None) for a heading, ("", person), and ("", None) for a gap. The order within a side stays."""
    everybody = tuple(people)
    lines: list[tuple[str, Participant | None]] = []
    of = {person.id: side_of(person) for person in everybody}
    sided = sides_of(person for person in everybody if of[person.id])
    for side in (*sided, *([_NO_SIDE] if "" in of.values() else [])):
        group = [person for person in everybody if (of[person.id] or _NO_SIDE) == side]
        lines += [("", None)] if lines else []
        lines += [(side, None), *(("", person) for person in group)]
    return lines


def heading(side: Side) -> str:
    """Return a side as a heading: Business, IT, Board."""
    return capital(side_name(side))


def values(lines: Sequence[tuple[str, Participant | None]]) -> list[str]:
    """Return the value of each line for a listing: the person's id, or nothing."""
    return [person.id if person else "" for _, person in lines]


def draw_with(lines: Sequence[tuple[str, Participant | None]], columns: Callable[[Participant, int], Line], *, beside: int = _BESIDE) -> Draw:
    """Draw headings and people; `columns` returns what is right of the role, for the remaining width: `beside` if it is small."""
    longest = max((length(person.role) for _, person in lines if person), default=0)
    shown = looks(side for side, _ in lines)

    def draw(place: int, width: int) -> Line:
        side, person = lines[place]
        if side == _NO_SIDE:
            return [Piece("   "), Piece(fit(heading(side), max(0, width - 3)), "muted", bold=True)]
        if person is None:
            look = shown[side]
            return [Piece(f" {look.shape} ", look.ink), Piece(fit(heading(side), max(0, width - 3)), look.ink, bold=True)] if side else []
        role = min(longest, _LONGEST_ROLE, max(_LEAST_ROLE, width - beside - 3))
        rest = width - _INDENT - role - 3
        return [Piece(" " * _INDENT), Piece(fit(person.role, role)), Piece("   "), *columns(person, max(0, rest))]

    return draw
