"""Read people from typed or pasted lines, one for each: CFO business; CIO, IT; PMO Lead, facilitator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sessions.imports.people import NO_VOICE, PEOPLE_LIMIT, ROLE_LIMIT
from sessions.imports.vocabulary import SEATS, read_side, read_word
from sessions.portfolio.models import Seat, Side
from sessions.sanitize import clean, quoted

_LAST_WORDS: dict[str, Side] = {"business": "business", "biz": "business", "it": "it"}
"""Sides that a line may end with without a comma. Any other side needs one, or it would be a word of the role."""
_LAST_SEATS: dict[str, Seat] = {"facilitator": "facilitator", "decider": "decider", "decides": "decider", "voter": "voter", "observer": "observer"}
_GOES_ON = frozenset({"of", "for", "the", "and", "&", "in", "to"})
"""Words after which IT or business is a part of the role: Head of IT."""
_HEADER = frozenset({"role", "title", "position", "name"})


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """A person as a line names them; the side is empty for the facilitator, or for an observer without one."""

    line: int
    role: str
    side: Side
    seat: Seat


def read_people_lines(text: str, side: Side = "") -> tuple[list[TypedPerson], list[str]]:
    """Return the people of the lines, and what is wrong with lines, by number. `side` is that of lines that name none."""
    people: list[TypedPerson] = []
    wrong: list[str] = []
    roles: dict[str, int] = {}
    for number, raw in enumerate(text.split("\n"), 1):
        for part in re.split(r"\s/\s", raw):
            line = clean(part, 4 * ROLE_LIMIT)
            if not line or (number == 1 and re.split(r"[,;\t]", line)[0].strip().casefold() in _HEADER):
                continue
            person = _person(number, part, side)
            if isinstance(person, TypedPerson) and (first := roles.setdefault(person.role.casefold(), number)) != number:
                person = f"{person.role} is already in line {first}"
            if isinstance(person, str):
                wrong.append(f"Line {number}: {person}.")
            else:
                people.append(person)
    if len(people) > PEOPLE_LIMIT:
        wrong.append(f"A session takes at most {PEOPLE_LIMIT} people.")
    return people, wrong


def _person(number: int, raw: str, side: Side) -> TypedPerson | str:
    """Return the person of a line, or what is wrong with it."""
    cells = [clean(cell, 4 * ROLE_LIMIT) for cell in re.split(r"[,;\t|]", raw)]
    role, rest = cells[0], [cell for cell in cells[1:] if cell]
    if not rest:
        role, rest = _split(role)
    seats = [found for cell in rest if (found := read_word(cell, SEATS | _LAST_SEATS))]
    others = [cell for cell in rest if not read_word(cell, SEATS | _LAST_SEATS)]
    sides = [read_side(cell) for cell in others]
    if not role:
        return "the role is missing"
    if len(role) > ROLE_LIMIT:
        return f"a role of more than {ROLE_LIMIT} letters is too long"
    if None in sides:
        return f"{quoted(others[sides.index(None)])} is not a side: business, IT, or the name of another side"
    if len(sides) > 1 or len(seats) > 1:
        return f"{' and '.join(map(quoted, others if len(sides) > 1 else rest))} are more than one {'side' if len(sides) > 1 else 'seat'}"
    seat: Seat = seats[0] if seats else "voter"
    own = sides[0] if sides else "business" if seat == "decider" else "" if seat in NO_VOICE else side
    if seat == "facilitator":
        own = ""
    if not own and seat not in NO_VOICE:
        return f"{quoted(role)} needs a side: business or IT"
    if seat == "decider" and own != "business":
        return "the decider is a voter of the business side"
    return TypedPerson(number, role, own or "", seat)


def _split(line: str) -> tuple[str, list[str]]:
    """Take the side and the seat off the end of a line without commas."""
    words, found = line.split(), list[str]()
    kinds: list[dict[str, str]] = [dict(_LAST_WORDS), dict(_LAST_SEATS)]
    while len(words) > 1:
        kind = next((each for each in kinds if words[-1].casefold() in each), None)
        if kind is None or words[-2].casefold() in _GOES_ON:
            break
        kinds.remove(kind)
        found.append(words.pop())
    return " ".join(words), found
