"""A move that a person proposed from their own device, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from sessions.record.events import MoveProposed


ProposalStatus = Literal["open", "accepted", "declined", "withdrawn", "undone"]
"""`undone`: it was accepted, and its move was undone."""


class ProposedMove(NamedTuple):
    """A proposed move and its status; `proposed.proposal` counts from 1, `answered` is the record that answered it, right before its move."""

    proposed: MoveProposed
    status: ProposalStatus = "open"
    answered: int = 0
