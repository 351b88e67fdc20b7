"""A move that a person proposed from their own device, and what became of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sessions.record.events import MoveProposed

ProposalStatus = Literal["open", "accepted", "declined", "withdrawn"]


class ProposedMove(NamedTuple):
    """A proposed move and its status; `proposed.proposal` counts from 1."""

    proposed: MoveProposed
    status: ProposalStatus = "open"
