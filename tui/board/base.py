"""What every part of the session screen stands on: the live session, the chosen card, and the one way to change something."""

from __future__ import annotations

from dataclasses import dataclass

from textual.screen import Screen

from sessions.commands.base import Command
from sessions.errors import QuarterdeckError
from sessions.library.library import OpenSession
from sessions.live.session import LiveSession
from sessions.portfolio.models import Project
from sessions.sequencing.changes import moved
from sessions.state.session import Session
from sessions.wording import sentence
from tui.cards.face import VoteSummary, vote_summary
from tui.host.host import Host, host
from tui.widgets.board.board import Board


@dataclass(frozen=True, slots=True)
class Carry:
    """A card that is picked up: where it came from and where it would be put, as places from 0."""

    card: str
    source: int
    target: int


class SessionBase(Screen[None]):
    """The live session on a screen. Parts of the screen are mixed in over this class."""

    def __init__(self, opened: OpenSession, *, tip: str = "") -> None:
        super().__init__()
        self.board = Board(empty="No cards on the board: + adds one")
        self.opened = opened
        self.tip = tip
        self.carry: Carry | None = None
        self.digits = ""
        self.voices: VoteSummary = vote_summary(opened.live.session)

    @property
    def quarterdeck(self) -> Host:
        """Return the app, as screens know it."""
        return host(self.app)

    @property
    def live(self) -> LiveSession:
        """Return the live session."""
        return self.opened.live

    @property
    def session(self) -> Session:
        """Return the session as it is now."""
        return self.opened.live.session

    @property
    def writable(self) -> bool:
        """Return whether commands are taken."""
        return not self.opened.read_only and not self.session.closed

    def card_at(self, position: int) -> str:
        """Return the card shown at a place: the carried card stands where it would be put."""
        order, carry = self.session.order, self.carry
        if carry is None:
            return order[position]
        if position == carry.target:
            return carry.card
        if carry.source < carry.target and carry.source <= position < carry.target:
            return order[position + 1]
        if carry.target < carry.source and carry.target < position <= carry.source:
            return order[position - 1]
        return order[position]

    def shown_order(self) -> tuple[str, ...]:
        """Return the cards as they are shown: the carried card stands where it would be put."""
        if self.carry is None or self.carry.source == self.carry.target:
            return self.session.order
        return moved(self.session.order, self.carry.card, self.carry.target + 1)

    @property
    def chosen(self) -> Project | None:
        """Return the chosen card, or None on an empty board."""
        count = len(self.session.order)
        return self.session.cards[self.card_at(min(self.board.cursor, count - 1))] if count else None

    def do(self, command: Command) -> bool:
        """Carry a command out; show the sentence of the rule it breaks, if it does. Says whether it was carried out."""
        if self.opened.read_only:
            self.quarterdeck.say("This session is open read-only here: nothing can be changed. Y saves a copy elsewhere.", warning=True)
            return False
        try:
            self.live.perform(command)
        except QuarterdeckError as error:
            told = f"{sentence(str(error))} Y saves a copy elsewhere." if self.opened.read_only else str(error)
            self.quarterdeck.say(told, warning=True)
            self.show_saved()
            return False
        return True

    def show_saved(self) -> None:
        """Show what is saved; the screen overrides this."""
