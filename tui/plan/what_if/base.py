"""What the parts of the what-if screen share: the session, the tries so far, the card that they are about."""

from __future__ import annotations

from sessions.live.ports import ReadableSession
from sessions.sequencing.what_if import Effect
from tui.host.live_screen import LiveScreen
from tui.plan.what_if.stack import Tries


class TryingBase(LiveScreen[None]):
    """A what-if on a screen. Parts of it are mixed in over this class."""

    def __init__(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self.tries = Tries(live.plans.plan(live.session))
        self.card = card or next(iter(live.session.order), "")
        self.searching = False
        """Whether a search for a cheaper order runs; set to False, it ends with the best so far."""
        self.best_effect: Effect | None = None
        """What the best order so far does, during a search."""
