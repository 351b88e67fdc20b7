"""The base of the live screens that are one list with lines above it."""

from __future__ import annotations

from typing import ClassVar

from tui.host.actions import actions_at
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.widgets.listing import Listing


class ListedScreen(LiveScreen[None]):
    """A screen on a session with one list, which has the focus. Subclasses yield `keys()` last."""

    PLACES: ClassVar[tuple[str, ...]]
    SPOT: ClassVar[Spot] = Spot()
    """What the projector shows from here."""

    def keys(self) -> KeyBar:
        """Return the line of keys: those of the screen that can be pressed now."""
        return KeyBar(lambda: [each for each in actions_at(*self.PLACES, "everywhere") if self.check_action(each.name, ())])

    def on_mount(self) -> None:
        """Draw, and draw again whenever something happens."""
        self.listen()
        self._draw()
        self.listing.focus()

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here."""
        return self.SPOT

    @property
    def listing(self) -> Listing:
        """Return the list."""
        return self.query_one(Listing)
