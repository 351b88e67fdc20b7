"""The chain of blockers: what a card waits for, what that waits for, down to what starts now (METHOD 5.3)."""

from __future__ import annotations

from typing import NamedTuple

from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import also_short, sentence


class BlockerLink(NamedTuple):
    """One card of the chain: its placement, its sentence, and the other teams that are short for it."""

    placed: Placement
    sentence: str
    also: str


def blocker_chain(plan: Plan, card: str) -> tuple[BlockerLink, ...]:
    """Return a card and, one below the other, what it waits for: always the first blocker, or the first dependency."""
    links: list[BlockerLink] = []
    following: str | None = card
    # Every blocker and every dependency was placed before, and one that cannot be placed depends on another, so the chain ends.
    while following is not None and following in plan.placements:
        placed = plan.at(following)
        links.append(BlockerLink(placed, sentence(plan, following), also_short(plan, following)))
        waits_for_card = placed.why.kind in ("team", "needs", "needs-unplaced")
        following = placed.why.cards[0] if waits_for_card and placed.why.cards else None
    return tuple(links)
