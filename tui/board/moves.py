"""Choosing and moving cards: arrows, carry, digits, the mouse. Every move becomes one event."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on

from sessions.commands.cards import MoveCard
from tui.board.base import Carry, SessionBase
from tui.widgets.board.board import Board


class Moving(SessionBase):
    """The part of the session screen that moves cards."""

    TAKES_COUNT: ClassVar[frozenset[str]] = frozenset(("select_down", "select_up", "move_down", "move_up"))
    """Actions whose key may be held: the presses that came while the screen was busy are one step of as many places."""

    def show_status(self, message: str = "") -> None:
        """Show the line above the keys; the screen overrides this."""

    # --- choosing

    def _choose(self, position: int) -> None:
        if self.carry:
            self._carry_to(max(0, min(position, self.board.count - 1)))
        else:
            self.board.cursor = position

    def action_select_down(self) -> None:
        """Choose the next card, or carry the card there."""
        self._choose(self.board.cursor + self.quarterdeck.count)

    def action_select_up(self) -> None:
        """Choose the previous card, or carry the card there."""
        self._choose(self.board.cursor - self.quarterdeck.count)

    def action_select_first(self) -> None:
        """Choose the first card."""
        self._choose(0)

    def action_select_last(self) -> None:
        """Choose the last card."""
        self._choose(self.board.count - 1)

    def action_page_down(self) -> None:
        """Choose a card one view further down."""
        self._choose(self.board.cursor + self._page)

    def action_page_up(self) -> None:
        """Choose a card one view further up."""
        self._choose(self.board.cursor - self._page)

    @property
    def _page(self) -> int:
        return max(1, self.board.size.height // (self.board.density + (self.board.density > 1)))

    def action_denser(self) -> None:
        """Show more cards with fewer rows each."""
        self.board.density -= 2

    def action_roomier(self) -> None:
        """Show fewer cards with more rows each."""
        self.board.density += 2

    # --- moving

    def move(self, card: str, rank: int) -> None:
        """Move a card to a rank, and keep it chosen."""
        if self.do(MoveCard(card=card, to=max(1, min(rank, len(self.session.order))))):
            self.board.go_with(self.session.rank(card) - 1)

    def _move_by(self, by: int) -> None:
        if self.carry:
            self._choose(self.board.cursor + by)
        elif card := self.chosen:
            self.move(card.id, self.board.cursor + 1 + by)

    def action_move_down(self) -> None:
        """Move the chosen card one place down."""
        self._move_by(self.quarterdeck.count)

    def action_move_up(self) -> None:
        """Move the chosen card one place up."""
        self._move_by(-self.quarterdeck.count)

    def action_to_top(self) -> None:
        """Move the chosen card to the top."""
        self._move_to(1)

    def action_to_bottom(self) -> None:
        """Move the chosen card to the bottom."""
        self._move_to(len(self.session.order))

    def _move_to(self, rank: int) -> None:
        if self.carry:
            self._choose(rank - 1)
        elif card := self.chosen:
            self.move(card.id, rank)

    # --- carrying

    def action_carry(self) -> None:
        """Pick the chosen card up, or drop the one that is carried."""
        if self.carry:
            self.drop()
        elif card := self.chosen:
            place = self.board.cursor
            self.carry = Carry(card.id, place, place)
            self.board.carrying = True
            self.show_status()

    def _carry_to(self, target: int) -> None:
        carry = self.carry
        if carry is None or target == carry.target:
            return
        self.carry = Carry(carry.card, carry.source, target)
        self.repaint(min(carry.target, target), max(carry.target, target))
        self.board.cursor = target
        self.show_status()

    def drop(self) -> None:
        """Put the carried card down: one move in the record."""
        carry = self._put_down()
        if carry and carry.source != carry.target:
            self.repaint(min(carry.source, carry.target), max(carry.source, carry.target))
            self.move(carry.card, carry.target + 1)

    def put_back(self) -> None:
        """Put the carried card back to where it was."""
        carry = self._put_down()
        if carry:
            self.repaint(min(carry.source, carry.target), max(carry.source, carry.target))
            self.board.cursor = carry.source

    def _put_down(self) -> Carry | None:
        carry, self.carry = self.carry, None
        self.board.carrying = False
        self.show_status()
        return carry

    def repaint(self, first: int, last: int) -> None:
        """Have some places drawn again; the screen overrides this."""

    # --- keys: digits are collected, everything else is an action of the registry

    def on_key(self, event: events.Key) -> None:
        """Collect digits."""
        if self._collect(event):
            event.stop()
            event.prevent_default()

    def _collect(self, event: events.Key) -> bool:
        """Collect digits: with enter they move the chosen card to that rank. Says whether the key was one of a number's."""
        if event.character and event.character.isdecimal() and event.character.isascii() and not self.carry and self.writable:
            self.digits = (self.digits + event.character)[-5:]
        elif self.digits and event.key in ("backspace", "escape"):
            self.digits = self.digits[:-1] if event.key == "backspace" else ""
        else:
            if self.digits and event.key != "enter":
                # Any other key leaves the number: what was meant by it is no longer certain.
                self.digits = ""
                self.show_status()
            return False
        self.show_status()
        return True

    def take_digits(self) -> bool:
        """Move the chosen card to the rank that was typed; says whether one was."""
        digits, self.digits = self.digits, ""
        if not digits:
            return False
        self.show_status()
        card = self.chosen
        if card:
            rank = int(digits)
            if 1 <= rank <= len(self.session.order):
                self.move(card.id, rank)
            else:
                self.quarterdeck.say(f"There is no rank {rank}: the board has ranks 1 to {len(self.session.order)}.", warning=True)
        return True

    # --- the mouse

    @on(Board.Dropped)
    def take_dropped(self, message: Board.Dropped) -> None:
        """Move the card that the mouse dragged."""
        if self.carry is None and self.writable:
            self.move(self.session.order[message.source], message.target + 1)
