"""The base of the live screens that are one list with lines above it."""

from __future__ import annotations

from tui.host.live_screen import LiveScreen
from tui.widgets.listing import Listing


class ListedScreen(LiveScreen[None]):
    """A screen on a session with one list, which has the focus."""

    @property
    def listing(self) -> Listing:
        """Return the list."""
        return self.query_one(Listing)
