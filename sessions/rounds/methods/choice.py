"""A ballot as a voter gives it, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sessions.errors import SessionError
from sessions.portfolio.models import Value

SealedForm = dict[str, Any]
"""A ballot as plain JSON: what its seal is computed over."""

FaultKind = Literal["other_method", "unknown_card", "card_twice", "figure", "over_cap", "over_budget", "too_many", "no_vote", "hands", "reason"]
"""What kind of rule a ballot breaks. It names no card and no figure, so it may be shown to the whole room."""


class Choice(Value):
    """What a voter says in a round: the one field that its method uses; none of them is an abstention."""

    points: dict[str, int] | None = None
    ranking: tuple[tuple[str, ...], ...] | None = None
    scores: dict[str, int] | None = None
    prefers: str | None = None
    words: str = ""
    """In a consent round: the sentence that a hand of 0, 1 or 2 owes."""
    reason: str = ""
    reason_card: str = ""
    """One line of reason, and the card of the round that it is about."""

    @property
    def abstains(self) -> bool:
        """Return whether nothing was chosen."""
        return all(getattr(self, field) is None for field in FIELDS)


FIELDS = ("points", "ranking", "scores", "prefers")
"""The fields of a choice of which every method uses one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a ballot cannot be cast. `public` is one sentence for a shared screen; `detail` repeats cards and figures, for the voter only."""

    kind: FaultKind
    public: str
    detail: str


class BallotRefusedError(SessionError):
    """A ballot was not accepted. Its text is safe on a shared screen; `detail` may repeat what was typed, and is for the voter only."""

    def __init__(self, kind: FaultKind, public: str, detail: str = "") -> None:
        super().__init__(public)
        self.kind = kind
        self.detail = detail or public


def unknown_card(detail: str) -> Fault:
    """Return the fault of a ballot that names a card outside the round."""
    return Fault("unknown_card", "A number that is not on the list.", detail)


def card_twice(detail: str) -> Fault:
    """Return the fault of a ballot that names a card twice."""
    return Fault("card_twice", "One card is named twice.", detail)
