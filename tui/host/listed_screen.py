"""The base of the live screens that show a list."""

from __future__ import annotations

from tui.host.live_screen import LiveScreen
from tui.widgets.listing import Listing


class ListedScreen(LiveScreen[None]):
    """A screen on a session with a list, the first of its listings."""

    @property
    def listing(self) -> Listing:
        """Return the list."""
        return self.query_one(Listing)

    def action_look_down(self) -> None:
        """Scroll down if not everything fits."""
        self.listing.scroll_page(1)

    def action_look_up(self) -> None:
        """Look further up."""
        self.listing.scroll_page(-1)
