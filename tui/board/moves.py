"""Selecting and moving cards: arrows, carry, digits, proposals, the mouse. Every move becomes one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work

from sessions.deciding.must import must_facts
from tui.board.base import Carry, SessionBase
from tui.board.view import BOARD
from tui.widgets.board.board import Board

if TYPE_CHECKING:
    from sessions.state.proposed_moves import ProposedMove


class Moving(SessionBase):
    """The part of the session screen that moves cards."""

    TAKES_COUNT: ClassVar[frozenset[str]] = frozenset(("select_down", "select_up", "move_down", "move_up"))
    """Actions whose key may be held: presses that arrive while the screen is busy become one step of that many places."""

    # --- selecting

    def _select_index(self, position: int) -> None:
        if self.carry:
            self._carry_to(max(0, min(position, self.board.count - 1)))
        else:
            self.board.cursor = position

    def action_select_down(self) -> None:
        """Select the next card, or carry the card there."""
        self._select_index(self.board.cursor + self.quarterdeck.count)

    def action_select_up(self) -> None:
        """Select the previous card, or carry the card there."""
        self._select_index(self.board.cursor - self.quarterdeck.count)

    def action_select_first(self) -> None:
        """Select the first card."""
        self._select_index(0)

    def action_select_last(self) -> None:
        """Select the last card."""
        self._select_index(self.board.count - 1)

    def action_page_down(self) -> None:
        """Select a card one view further down."""
        self._select_index(self.board.cursor + self.board.page_size)

    def action_page_up(self) -> None:
        """Select a card one view further up."""
        self._select_index(self.board.cursor - self.board.page_size)

    def action_denser(self) -> None:
        """Show more cards with fewer rows each."""
        self.board.density -= 2

    def action_roomier(self) -> None:
        """Show fewer cards with more rows each."""
        self.board.density += 2

    # --- moving

    def may_move(self) -> bool:
        """Return whether cards can be moved in this view; if not, say why."""
        if self.view.sort:
            self.quarterdeck.toast(f"Sorted by {self.view.sort}, so nothing moves here: esc shows the board's order.", warning=True)
        return not self.view.sort

    def move(self, card: str, rank: int) -> None:
        """Move a card to a rank."""
        if self.may_move():
            self.move_card(card, max(1, min(rank, len(self.session.order))))

    def move_card(self, card: str, rank: int) -> None:
        """Record a move; a must that would go below the line is asked about first."""
        from sessions.commands.cards import MoveCard

        if must := self._falling(card, rank):
            self._ask_about_must(card, rank, must)
        else:
            self.do(MoveCard(card=card, to=rank))

    def _falling(self, card: str, rank: int) -> str:
        """Return the must that a move brings below the line: the card itself, or the last one above the line, which it pushes."""
        session, line = self.session, self.rule.position if self.rule else 0
        if not line:
            return ""
        old = session.rank(card)
        falls = card if old <= line < rank else session.order[line - 1] if rank <= line < old else ""
        return falls if falls and session.cards[falls].must else ""

    @work
    async def _ask_about_must(self, card: str, rank: int, must: str) -> None:
        """Make a move that brings a must below the line if the room says so."""
        from sessions.commands.cards import MoveCard
        from tui.dialogs.confirm import Confirm

        project = self.session.cards[must]
        lines = [f"{name}: {text}" for name, text in must_facts(self.session, project)]
        title = f"{project.title} is a must: {'move' if must == card else 'push'} it below the line?"
        if await self.app.push_screen_wait(Confirm(title, lines, yes="move it" if must == card else "moves the other card")):
            self.do(MoveCard(card=card, to=rank))
            self.select(card)

    def move_to_index(self, card: str, index: int) -> None:
        """Move a card next to the card that is shown at an index: to that card's rank, which pushes that card and those in between along."""
        order = self.shown.order
        if self.view == BOARD:
            self.move(card, index + 1)
            return
        if card not in order or not self.may_move():
            return
        first, last = self.shown.reach(order.index(card))
        beside = order[max(first, min(index, last))]
        if beside != card:
            self.move_card(card, self.session.rank(beside))
        elif self.shown.groups:
            self.quarterdeck.toast("The card stays in its group here: digits move it on the whole board.")

    def _move_by(self, by: int) -> None:
        if self.carry:
            self._select_index(self.board.cursor + by)
        elif card := self.selected:
            self.move_to_index(card.id, self.board.cursor + by)

    def action_move_down(self) -> None:
        """Move the selected card one place down."""
        self._move_by(self.quarterdeck.count)

    def action_move_up(self) -> None:
        """Move the selected card one place up."""
        self._move_by(-self.quarterdeck.count)

    def action_to_top(self) -> None:
        """Move the selected card to the top."""
        self._move_to(0)

    def action_to_bottom(self) -> None:
        """Move the selected card to the bottom."""
        self._move_to(self.board.count - 1)

    def _move_to(self, index: int) -> None:
        if self.carry:
            self._select_index(index)
        elif card := self.selected:
            self.move_to_index(card.id, index)

    # --- carrying

    def action_carry(self) -> None:
        """Pick up the selected card, or drop the carried one."""
        if self.carry:
            self.drop()
        elif (card := self.selected) and self.may_move():
            self.carry = self._carry(card.id, self.board.cursor)
            self.board.carrying = True
            self.show_status()

    def _carry(self, card: str, target: int) -> Carry:
        """Return a card as carried to an index."""
        order = self.shown.order
        source = order.index(card)
        after = target + (target >= source)
        return Carry(card, order[after] if after < len(order) else "")

    def _carry_to(self, target: int) -> None:
        if self.carry is None:
            return
        source, before = self.carried(self.carry)
        first, last = self.shown.reach(source)
        target = max(first, min(target, last))
        if target == before:
            return
        self.carry = self._carry(self.carry.card, target)
        self.repaint(min(before, target), max(before, target))
        self.board.cursor = target
        self.show_status()

    def drop(self) -> None:
        """Put the carried card down: one move in the record."""
        if self.carry:
            card, (source, target) = self.carry.card, self.carried(self.carry)
            self._put_down(source, target)
            if source != target:
                self.move_to_index(card, target)
            self.keep_selected(card)

    def put_back(self) -> None:
        """Return the carried card to its old place."""
        if self.carry:
            card = self.carry.card
            self._put_down(*self.carried(self.carry))
            self.select(card)

    def _put_down(self, source: int, target: int) -> None:
        self.carry = None
        self.board.carrying = False
        self.repaint(min(source, target), max(source, target))
        self.show_status()

    def keep_carry(self) -> None:
        """Keep what is carried after a change from elsewhere, as far as its cards are still shown."""
        carry, order = self.carry, self.shown.order
        if carry and carry.card not in order:
            self.carry = None
            self.board.carrying = False
        elif carry and carry.before and carry.before not in order:
            self.carry = self._carry(carry.card, min(self.board.cursor, len(order) - 1))

    def repaint(self, first: int, last: int) -> None:
        """Redraw some places; the screen overrides this."""

    # --- keys: digits are collected, everything else is an action of the registry

    def only_bindings_take(self, key: events.Key) -> bool:
        """Return whether only a binding can take a key: no digits typed, no card held by the mouse."""
        digit = bool(key.character and key.character.isdecimal())
        taken = digit or self.digits or self.board.dragging or key.key == "escape" or self.read_only
        return self.focused is self.board and not taken

    def on_key(self, event: events.Key) -> None:
        """Collect digits."""
        if self._collect(event):
            event.stop()
            event.prevent_default()

    def _collect(self, event: events.Key) -> bool:
        """Collect digits: with enter they move the selected card to that rank. Return whether the key belonged to a number."""
        if event.character and event.character.isdecimal() and event.character.isascii() and not self.carry and self.writable and self.board.display:
            self.digits = (self.digits + event.character)[-5:]
        elif self.digits and event.key in ("backspace", "escape"):
            self.digits = self.digits[:-1] if event.key == "backspace" else ""
        else:
            if self.digits and event.key != "enter":
                # Any other key drops the number: what it was meant for is no longer certain.
                self.digits = ""
                self.show_status()
            return False
        self.show_status()
        return True

    def take_digits(self) -> bool:
        """Move the selected card to the typed rank; return whether there was one."""
        digits, self.digits = self.digits, ""
        if not digits:
            return False
        self.show_status()
        card = self.selected
        if card:
            rank = int(digits)
            if 1 <= rank <= len(self.session.order):
                self.move(card.id, rank)
            else:
                self.quarterdeck.toast(f"There is no rank {rank}: the board has ranks 1 to {len(self.session.order)}.", warning=True)
        return True

    # --- moves that people propose from their devices

    @property
    def proposed(self) -> ProposedMove | None:
        """Return the proposed move that is shown; None while there is none to answer."""
        return next(iter(self.session.open_proposals), None) if self.writable else None

    def action_accept_move(self) -> None:
        """Accept the proposed move, which moves the card."""
        self._answer(accept=True)

    def action_decline_move(self) -> None:
        """Decline the proposed move; the board stays."""
        self._answer(accept=False)

    def _answer(self, *, accept: bool) -> None:
        from sessions.commands.proposed_moves import AnswerProposal

        proposal = self.proposed
        if proposal and self.do(AnswerProposal(proposal=proposal.proposed.proposal, accept=accept)):
            self.select(proposal.proposed.card)

    def is_hidden(self, action: str) -> bool:
        """Return whether an action has nothing to work on now."""
        return action in ("accept_move", "decline_move") and self.proposed is None

    # --- the mouse

    @on(Board.Dropped)
    def take_dropped(self, message: Board.Dropped) -> None:
        """Move the card that the mouse dragged."""
        if self.carry is None and self.writable:
            self.move_to_index(self.selected_id, message.target)
