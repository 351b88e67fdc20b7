"""Why the room refuses something: a kind for the page, and one sentence for the person."""

from __future__ import annotations

from sessions.commands.base import NotPermittedError
from sessions.errors import RecordError, SessionError
from sessions.rounds.methods.choice import BallotRefusedError
from sessions.wording import capital

Kind = str
"""What kind of refusal it is, for the page: such as locked, taken, full, name, waiting, stale, disk; or the kind of a ballot's fault."""
NOT_YOURS = "not_yours"
"""Someone else may do it."""


class RoomError(SessionError):
    """The room refuses something before the session is asked."""

    def __init__(self, kind: Kind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


def refusal_of(error: SessionError | RecordError) -> tuple[Kind, str]:
    """Return the kind and the sentence of a refusal, for the person who asked and for no one else."""
    match error:
        case RoomError():
            return error.kind, str(error)
        case NotPermittedError():
            return NOT_YOURS, str(error)
        case BallotRefusedError():
            return error.kind, capital(error.detail)
        case RecordError():
            sentence = str(error).rstrip(".")
            return "disk", f"Not recorded, try again: {sentence}."
    return "refused", str(error)
