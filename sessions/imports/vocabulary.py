"""The words that people use for the few values that a card knows, and how a table's cell becomes one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from sessions.portfolio.models import Kind, ProjectState, Seat, Side
from sessions.wording import slug

KINDS: dict[str, Kind] = {
    "grow": "grow", "growth": "grow", "run": "run", "comply": "comply", "compliance": "comply", "direction": "direction",
}  # fmt: skip
STATES: dict[str, ProjectState] = {
    "new": "new", "proposed": "new", "proposal": "new", "planned": "new", "idea": "new", "backlog": "new", "to do": "new",
    "not started": "new",
    "in_flight": "in_flight", "in flight": "in_flight", "in progress": "in_flight", "active": "in_flight", "ongoing": "in_flight",
    "started": "in_flight", "running": "in_flight", "execution": "in_flight",
    "adopt": "adopt", "adopting": "adopt", "delivered": "adopt",
    "done": "done", "complete": "done", "completed": "done", "closed": "done", "finished": "done",
}  # fmt: skip
"""Delivered is not done: a delivered project is adopted first (METHOD 1, claim 16)."""
SIDES: dict[str, Side] = {
    "business": "business", "biz": "business", "bus": "business", "b": "business",
    "it": "it", "i.t.": "it", "ict": "it", "tech": "it", "technology": "it", "i": "it",
}  # fmt: skip
"""The two sides that every room has. A room may have more of them, such as a board: see `read_side`."""
SIDE_LIMIT = 20
"""The longest side, in characters."""
SEATS: dict[str, Seat] = {
    "facilitator": "facilitator", "decider": "decider", "decision maker": "decider", "voter": "voter", "voice": "voter", "member": "voter",
    "observer": "observer", "guest": "observer",
}  # fmt: skip

NOTHING = frozenset({"", "(none)", "none", "null", "n/a", "na", "-", "–", "—", "tbd", "tbc", "unknown", "(blank)", "(empty)", "?"})
"""What people write into a cell to say that there is nothing yet."""

_T = TypeVar("_T")
_YES = frozenset({"1", "1.0", "yes", "y", "true", "t", "x", "✓", "on"})
_NO = frozenset({"", "0", "0.0", "no", "n", "false", "f", "-", "off"})
_WHOLE = re.compile(r"([+-]?[0-9]{1,12})(?:[.,]0+)?")


def read_flag(text: str) -> bool | None:
    """Read yes or no; None if the text is neither."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def parse_integer(text: str) -> int | None:
    """Read a whole number, as a spreadsheet may write it (`3`, `3.0`); None if the text is none."""
    match = _WHOLE.fullmatch(text.strip())
    return int(match[1]) if match else None


def read_side(text: str) -> Side | None:
    """Read a side: business or IT in any of their words, or another one, as a slug. None if the text is empty or misspells a side."""
    known = read_word(text, SIDES)
    if known:
        return known
    side = slug(text, SIDE_LIMIT)
    # A misspelt "busines" must not become a third side with as many votes as the other two.
    return side if side and not get_close_matches(side, ("business", "technology", "it"), cutoff=0.7) else None


def read_word(text: str, words: Mapping[str, _T]) -> _T | None:
    """Read one of the words, in any case, with spaces or underscores; None if it is not among them."""
    word = " ".join(text.casefold().replace("_", " ").split())
    return words.get(word, words.get(word.replace(" ", "_")))
