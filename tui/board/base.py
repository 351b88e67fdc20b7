"""The base of the session screen's parts: the live session, the selected card, and the one way to change something."""

from __future__ import annotations

from typing import NamedTuple

from sessions.commands.base import Command
from sessions.errors import QuarterdeckError
from sessions.library.library import OpenSession
from sessions.portfolio.models import Project
from sessions.portfolio.order import order_after_move
from sessions.wording import sentence
from tui.cards.face import VoteSummary, vote_summary
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.widgets.board.board import Board


class Carry(NamedTuple):
    """A card that is picked up, and the card before which it would be put; an empty text is the end of the board."""

    card: str
    before: str


class SessionBase(LiveScreen[None]):
    """The live session on a screen. Parts of the screen are mixed in over this class."""

    def __init__(self, opened: OpenSession, *, tip: str = "") -> None:
        super().__init__(opened.live)
        self.board = Board(empty="No cards on the board: + adds one")
        self.opened = opened
        self.tip = tip
        self.selected_id = ""
        self.carry: Carry | None = None
        self.copied = 0
        self.digits = ""
        self.voices: VoteSummary = vote_summary(opened.live.session, opened.live.results)

    @property
    def read_only(self) -> bool:
        """Return whether the session can only be read here: a full disk may make it so at any time."""
        return self.opened.read_only

    def is_lost(self) -> bool:
        """Look whether what was recorded is gone from its place and not in a copy either, and return that."""
        return self.opened.handle.is_lost() and self.copied != self.session.seq

    @property
    def selected(self) -> Project | None:
        """Return the selected card, or None on an empty board."""
        return self.session.cards.get(self.selected_id)

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: during a ballot how many are in, else the selected card."""
        return Spot("vote" if self.session.open_round else "card", self.selected_id)

    def select(self, card: str) -> None:
        """Select a card, if it is on the board."""
        if card in self.session.cards:
            self.board.cursor = self.session.rank(card) - 1

    def remember_selected(self, index: int) -> None:
        """Remember which card is selected: places change with every move, a card stays the same."""
        self.selected_id = self.card_at(index) if index < len(self.session.order) else ""

    def keep_selected(self, card: str) -> None:
        """Move the cursor to where a card is now; if it has left the board, select the card that is there instead."""
        if self.carry:
            self.board.go_with(self.carried(self.carry)[1])
        elif card in self.session.cards:
            self.board.go_with(self.session.rank(card) - 1)
        self.remember_selected(self.board.cursor)

    def carried(self, carry: Carry) -> tuple[int, int]:
        """Return the index at which a carried card is, and the one at which it would be put."""
        source = self.session.rank(carry.card) - 1
        if not carry.before:
            return source, len(self.session.order) - 1
        before = self.session.rank(carry.before) - 1
        return source, before - (before > source)

    def card_at(self, index: int) -> str:
        """Return the card shown at an index: a carried card is shown where it would be put."""
        order = self.session.order
        if self.carry is None:
            return order[index]
        source, target = self.carried(self.carry)
        if index == target:
            return self.carry.card
        if source <= index < target:
            return order[index + 1]
        if target < index <= source:
            return order[index - 1]
        return order[index]

    def shown_order(self) -> tuple[str, ...]:
        """Return the cards as they are shown: a carried card is shown where it would be put."""
        if self.carry is None:
            return self.session.order
        source, target = self.carried(self.carry)
        return self.session.order if source == target else order_after_move(self.session.order, self.carry.card, target + 1)

    def do(self, command: Command) -> bool:
        """Carry a command out and return whether that worked; show the reason why not."""
        if self.read_only:
            self.quarterdeck.toast("This session is open read-only here: nothing can be changed. Y saves a copy elsewhere.", warning=True)
            return False
        try:
            self.live.perform(command)
        except QuarterdeckError as error:
            told = f"{sentence(str(error))} Y saves a copy elsewhere." if self.read_only else str(error)
            self.quarterdeck.toast(told, warning=True)
            self.show_saved()
            self.show_status()
            return False
        return True

    def show_saved(self) -> None:
        """Show what is saved; the screen overrides this."""

    def show_status(self, message: str = "") -> None:
        """Show the line above the keys; the screen overrides this."""
