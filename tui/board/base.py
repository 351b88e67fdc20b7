"""The base of the session screen's parts: the live session, the selected card, and the one way to change something."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from sessions.commands.base import Command
from sessions.errors import QuarterdeckError
from sessions.library.library import OpenSession
from sessions.portfolio.models import Project
from sessions.portfolio.order import order_after_move
from sessions.wording import sentence
from tui.board.view import BOARD, CardTexts, Shown, View, shown
from tui.cards.face import VoteSummary, vote_summary
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.widgets.board.board import Board
from tui.widgets.board.cut_line import Rule


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
        self.rule: Rule | None = None
        """The line across the board of all cards."""
        self.voices: VoteSummary = vote_summary(opened.live.session, opened.live.results)
        self.view = BOARD
        self.marked: frozenset[str] = frozenset()
        self.texts = CardTexts()
        self._shown = Shown(())
        self._shown_of: tuple[object, ...] = ()

    @property
    def read_only(self) -> bool:
        """Return whether the session can only be read here: a full disk may make it so at any time."""
        return self.opened.read_only

    def is_lost(self) -> bool:
        """Return whether the record is gone from its place, without a copy elsewhere."""
        return self.opened.handle.is_lost() and self.copied != self.session.seq

    @property
    def selected(self) -> Project | None:
        """Return the selected card, or None on an empty board."""
        return self.session.cards.get(self.selected_id)

    @property
    def in_sight(self) -> Project | None:
        """Return the selected card if the screen shows it: what is agreed with no card in sight is about none."""
        return self.selected

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: during a ballot how many are in, at the beginning and the end the room, else a card."""
        if self.session.open_round:
            return Spot("vote", self.selected_id)
        return Spot("room" if self.session.phase == "open" else "end" if self.session.phase == "close" else "card", self.selected_id)

    @property
    def following(self) -> tuple[str, str]:
        """Return what pages show: the card that is read or decided on, the vote, the line, else the board."""
        kinds = {"cards": "card", "vote": "vote", "sequence": "line", "decide": "decide"}
        return kinds.get(self.session.phase, "board"), self.selected_id

    @property
    def shown(self) -> Shown:
        """Return the cards as the view shows them, without what is carried."""
        session = self.session
        made_of = (session.order, session.cards, session.decisions, self.view, self.voices, self.marked)
        if any(new is not old for new, old in zip(made_of, self._shown_of, strict=False)) or not self._shown_of:
            self._shown_of, self._shown = made_of, shown(session, self.view, self.voices, self.marked, self.texts)
        return self._shown

    def select(self, card: str) -> None:
        """Select a card if it is on the board; end a view that hides it."""
        if card in self.session.cards:
            if card not in self.shown.order:
                self.show_view(BOARD)
            self.board.cursor = self.shown.order.index(card)

    def remember_selected(self, index: int) -> None:
        """Remember which card is selected: places change with every move, a card stays the same."""
        self.selected_id = self.card_at(index) if index < len(self.shown.order) else ""

    def keep_selected(self, card: str) -> None:
        """Move the cursor to a card's current place; if it is no longer shown, select the card there instead."""
        if self.carry:
            self.board.go_with(self.carried(self.carry)[1])
        elif card in self.session.cards:
            order = self.shown.order
            with suppress(ValueError):  # the view leaves it out
                self.board.go_with(order.index(card))
        self.remember_selected(self.board.cursor)

    def carried(self, carry: Carry) -> tuple[int, int]:
        """Return the index of a carried card, and the index at which it would be put."""
        order = self.shown.order
        source = order.index(carry.card)
        if not carry.before:
            return source, len(order) - 1
        before = order.index(carry.before)
        return source, before - (before > source)

    def card_at(self, index: int) -> str:
        """Return the card shown at an index: a carried card is shown at its target."""
        order = self.shown.order
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

    def rank_at(self, index: int) -> int:
        """Return the rank of the card at an index; with all cards shown, a carried card pushes the others along."""
        return index + 1 if self.view == BOARD else self.session.rank(self.card_at(index))

    def shown_order(self) -> tuple[str, ...]:
        """Return the cards as they are shown: a carried card is shown at its target."""
        order = self.shown.order
        if self.carry is None:
            return order
        source, target = self.carried(self.carry)
        return order if source == target else order_after_move(order, self.carry.card, target + 1)

    def planned_order(self) -> tuple[str, ...]:
        """Return all cards by rank: a carried card has the rank it would get."""
        order = self.session.order
        if self.carry is None:
            return order
        source, target = self.carried(self.carry)
        return order if source == target else order_after_move(order, self.carry.card, self.session.rank(self.shown.order[target]))

    def show_view(self, view: View) -> None:
        """Show the board in another view; the screen draws it."""
        self.view = view

    def do(self, command: Command) -> bool:
        """Run a command and return whether it succeeded; if not, show why."""
        if self.read_only:
            self.say_read_only()
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

    def say_read_only(self) -> None:
        """Show that nothing can be changed here."""
        self.quarterdeck.toast("This session is open read-only here: nothing can be changed. Y saves a copy elsewhere.", warning=True)

    def show_saved(self) -> None:
        """Show what is saved; the screen overrides this."""

    def show_status(self, message: str = "") -> None:
        """Show the line above the keys; the screen overrides this."""
