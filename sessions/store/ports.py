"""What a store promises: sessions that are listed, created, opened, read and copied, wherever they are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sessions.errors import RecordError
from sessions.record.chain import Record

Judge = Callable[[Sequence[Record]], str]
"""Looks at the proved records of a session before anything in it is changed; returns why nothing may be added, or nothing."""


class HeldError(RecordError):
    """Another window or process holds the session; it can still be opened for reading. `holder` describes who has it."""

    def __init__(self, text: str, holder: str = "") -> None:
        super().__init__(text)
        self.holder = holder


class DamagedError(RecordError):
    """What is stored is not what was written, and no record of it can be read."""


class NewerVersionError(RecordError):
    """A newer version of Quarterdeck wrote the session."""


class ConflictError(RecordError):
    """Another writer was first: the number of the record is taken. Receive what it appended, and decide again."""
