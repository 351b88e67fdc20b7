"""What every part of the talk screen stands on: the live session, the card, and the one way to change something."""

from __future__ import annotations

from textual.screen import Screen

from sessions.commands import CloseTalk, Command
from sessions.live import LiveSession
from sessions.record.events import TalkOutcome
from sessions.state import Session
from tui.screens.host import Host, host
from tui.screens.talk_view import TalkView, duelled
from tui.screens.talk_words import duel_note


class TalkBase(Screen[None]):
    """A talk about a card of a live session. Parts of the screen are mixed in over this class."""

    def __init__(self, live: LiveSession, card: str, *, read_only: bool = False) -> None:
        super().__init__()
        self.live = live
        self.card = card
        self._read_only = read_only

    @property
    def session(self) -> Session:
        """Give the session as it is now."""
        return self.live.session

    @property
    def quarterdeck(self) -> Host:
        """Give the app, as screens know it."""
        return host(self.app)

    @property
    def writable(self) -> bool:
        """Say whether commands are taken."""
        return not self._read_only and not self.session.closed

    @property
    def seen(self) -> TalkView:
        """Give what there is to see of the card now; the screen overrides this."""
        return TalkView(self.session, self.card, None)

    def do(self, command: Command) -> bool:
        """Carry a command out; show the sentence of the rule it breaks, if it does."""
        return self.quarterdeck.attempt(lambda: self.live.perform(command))

    def end(self, outcome: TalkOutcome, note: str = "") -> None:
        """End the talk."""
        self.do(CloseTalk(outcome=outcome, note=note))

    def settle_duel(self) -> None:
        """End the talk where a duel has decided, however its ballots came in and whenever the app was opened since."""
        if not self.writable or not self.seen.goes_on or self.session.open_round:
            return
        round_ = duelled(self.session, self.live.recordeds)
        if round_:
            self.end("duel", duel_note(round_))
