"""The base class of every event, and what events of all kinds share."""

from typing import ClassVar, Literal

from sessions.portfolio.models import Value

SCHEMA = 2
"""The version of the event classes, recorded in `session_opened`: 1 in release 0.1, 2 in the next one. See `events` for when it rises."""

Weighting = Literal["sides", "person"]
"""How votes are counted (METHOD 3.1): every side weighs the same, or every voter."""


class Event(Value):
    """Something that happened. `undoable` events change only the board, and `undone` reverts them."""

    kind: ClassVar[str] = ""
    undoable: ClassVar[bool] = False
