"""The base of the screens that show a session: drawn again after every change, with one way to change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.screen import Screen

from sessions.commands.base import Command
from sessions.live.ports import ReadableSession
from sessions.record.events import Recorded
from sessions.state.session import Session
from tui.host.host import Host, host

AnswerT = TypeVar("AnswerT")


class LiveScreen(Screen[AnswerT], Generic[AnswerT]):
    """A screen on a session. Subclasses override `_draw`, and call `listen` when they are mounted."""

    def __init__(self, live: ReadableSession, *, read_only: bool = False) -> None:
        super().__init__()
        self.live = live
        self._read_only = read_only
        self._stop: Callable[[], None] = lambda: None

    def listen(self) -> None:
        """Draw after every change, until the screen is gone."""
        self._stop = self.live.watch(self._happened)

    def on_unmount(self) -> None:
        """Stop listening."""
        self._stop()

    def _happened(self, _session: Session, _recorded: tuple[Recorded, ...]) -> None:
        self._draw()

    def _draw(self) -> None:
        """Show the session as it is now."""

    @property
    def session(self) -> Session:
        """Return the session as it is now."""
        return self.live.session

    @property
    def quarterdeck(self) -> Host:
        """Return the app, as screens know it."""
        return host(self.app)

    @property
    def read_only(self) -> bool:
        """Return whether the session can only be read here."""
        return self._read_only

    @property
    def writable(self) -> bool:
        """Return whether the session can be changed here now."""
        return not self.read_only and not self.session.closed

    def do(self, command: Command) -> bool:
        """Carry a command out and return whether that worked; show the sentence of the rule that it breaks."""
        return self.quarterdeck.attempt(lambda: self.live.perform(command))

    def discuss(self, card: str) -> None:
        """Open the first discussion of a card, if it is due, and show the card's discussion."""
        open_discussion(self.quarterdeck, self.live, card, read_only=self.read_only)
        self.quarterdeck.go.discussion(self.live, card, read_only=self.read_only)


def open_discussion(quarterdeck: Host, live: ReadableSession, card: str, *, read_only: bool) -> None:
    """Open the first discussion of a card, if it is due and the session can be changed."""
    from sessions.commands.talks import OpenTalk, is_due  # noqa: PLC0415 - loads every ballot type, and the board is a live screen

    if not read_only and not live.session.closed and is_due(live.session, card):
        quarterdeck.attempt(lambda: live.perform(OpenTalk(card=card)))
