"""The name that someone asks to be seated under: clean, short, and not to be mistaken for anyone else's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sessions.room.refused import RoomError
from sessions.sanitize import REPLACEMENT, clean

NAME_LIMIT = 40
_LOOK_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁԛԝɡαεικνορτυχωßøđłı0135|!$@",
    "abekmhopctyxijsdqwgaeikvoptuxwbodli" + "oiesiisa",
)  # fmt: skip
"""Letters of other alphabets, and signs, that look like a Latin letter."""
_RESERVED = ("facilitator", "host", "moderator", "quarterdeck")


def checked_name(typed: str, taken: Iterable[str]) -> str:
    """Return a role as the room may show it. Raises RoomError for one that is empty, too long, or looks like one that is taken."""
    name = clean(typed, 4 * NAME_LIMIT).strip()
    if not name or REPLACEMENT in name or not any(map(str.isalnum, name)):
        raise RoomError("name", "Type your role in letters, such as VP Sales.")
    if len(name) > NAME_LIMIT:
        raise RoomError("name", f"A role has at most {NAME_LIMIT} characters: shorten it.")
    look = _look(name)
    if look in map(_look, _RESERVED):
        raise RoomError("name", f"{name} is reserved for the host: type your own role.")
    for other in taken:
        if look == _look(other):
            raise RoomError("name", f"{other} is in this session already: choose it from the list, or type another role.")
    return name


def _look(name: str) -> str:
    """Return what a name looks like: without case, accents and spaces, in Latin letters."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalnum() or char in "|!$@")
    return bare.translate(_LOOK_ALIKE)
