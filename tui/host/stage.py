"""What a phase shows in the middle of the session screen instead of the board."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from sessions.live.ports import ReadableSession
from sessions.record.choices import Phase
from tui.widgets.board.cut_line import Rule

STAGED: frozenset[Phase] = frozenset({"open", "cards", "vote", "decide", "close"})
"""The phases with a stage of their own; the others show the board."""
CARD_STAGES: frozenset[Phase] = frozenset({"cards", "decide"})
"""The stages that show the selected card."""


@runtime_checkable
class Stage(Protocol):
    """A widget that shows a phase."""

    def follow(self, live: ReadableSession, selected: str, rule: Rule | None, cards: tuple[str, ...]) -> None:
        """Show a session as it is now: the selected card, the line across the board, and the cards that its view shows, by rank."""
