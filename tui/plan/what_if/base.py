"""What the parts of the what-if screen share: the session, the tries so far, the card that they are about."""

from __future__ import annotations

from textual.screen import Screen

from sessions.live.session import LiveSession
from sessions.sequencing.what_if import Effect
from sessions.state.session import Session
from tui.host.host import Host, host
from tui.plan.what_if.stack import Tries


class TryingBase(Screen[None]):
    """A what-if on a screen. Parts of it are mixed in over this class."""

    live: LiveSession
    tries: Tries
    card: str
    searching = False
    """Whether a cheaper order is being looked for; set to False, the search ends with the best so far."""
    best_effect: Effect | None = None
    """What the best order so far does, while one is looked for."""

    @property
    def session(self) -> Session:
        """Return the session as it is now."""
        return self.live.session

    @property
    def quarterdeck(self) -> Host:
        """Return the app, as screens know it."""
        return host(self.app)

    def draw(self) -> None:
        """Show what was tried and what it does; the screen overrides this."""
