"""The base of the discussion screen's parts: the live session, the card, and the outcome."""

from __future__ import annotations

from sessions.commands.talks import CloseTalk
from sessions.live.ports import ReadableSession
from sessions.record.events import TalkOutcome
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.talk.view import TalkView


class TalkBase(LiveScreen[None]):
    """A discussion of a card of a live session. Parts of the screen are mixed in over this class."""

    def __init__(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self.card = card

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the card with its scores."""
        return Spot("scores", self.card)

    @property
    def view(self) -> TalkView:
        """Return what there is to see of the card now; the screen overrides this."""
        return TalkView(self.session, self.card, None)

    def end(self, outcome: TalkOutcome, note: str = "") -> None:
        """End the discussion."""
        self.do(CloseTalk(outcome=outcome, note=note))
