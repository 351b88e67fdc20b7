"""The pane beside the board, which shows a card in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from sessions.sequencing.plan import Plan
from sessions.state.session import Session
from tui.cards.face import VoteSummary
from tui.widgets.cached import CachedText

if TYPE_CHECKING:
    from tui.cards.checker import CheckerCache


class DetailPane(VerticalScroll, can_focus=False):
    """The pane beside the board."""

    BLANK = True

    DEFAULT_CSS = """
    DetailPane { width: 38; scrollbar-background: $surface; padding: 1 1 0 2; margin: 0 0 0 2; background: $surface; scrollbar-size-vertical: 1; }
    DetailPane > Static { width: 1fr; height: auto; padding: 0 1 0 0; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = CachedText("")
        self._checkers: CheckerCache | None = None

    def show(self, session: Session, card: str, voices: VoteSummary, plan: Plan | None = None) -> None:
        """Show a card's detail from the top; nothing for a card that is not on the board."""
        from tui.cards.checker import CheckerCache  # noqa: PLC0415 - the first frame of a board shows the pane still empty
        from tui.cards.detail import detail  # noqa: PLC0415

        self._checkers = self._checkers or CheckerCache()
        if not self._text.is_attached:
            self.mount(self._text)
        self._text.update(detail(session, card, voices, plan, self._checkers) if card in session.cards else "")
        self.scroll_home(animate=False)
