"""What every event class stands on: the base class, and the few words that events of all kinds share."""

from typing import ClassVar, Literal

from sessions.portfolio.models import Value

Weighting = Literal["sides", "person"]
"""How voices are counted (METHOD 3.1): every side weighs the same, or every voice."""


class Event(Value):
    """Something that happened. `undoable` events change only the board, and can be taken back by `undone`."""

    kind: str
    undoable: ClassVar[bool] = False
