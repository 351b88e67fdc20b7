"""Marks: several cards are marked, and then moved, decided or merged together. Marks are not recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work

from sessions.deciding.must import below_the_line
from sessions.handling.dispatch import refusal
from sessions.wording import plural
from tui.board.view import BOARD
from tui.board.viewing import Viewing
from tui.widgets.lines import Part

if TYPE_CHECKING:
    from tui.dialogs.choose import Choice

_LISTED = 12
"""The most cards that a question lists by title."""


class Marking(Viewing):
    """The part of the session screen that marks cards, and does something with all that are marked."""

    @property
    def marks(self) -> tuple[str, ...]:
        """Return the marked cards that are still on the board, by rank."""
        return tuple(card for card in self.session.order if card in self.marked) if self.marked else ()

    def action_mark(self) -> None:
        """Mark the selected card, or unmark it."""
        if self.selected:
            self._mark(self.marked ^ {self.selected_id})

    def _mark(self, marked: frozenset[str]) -> None:
        card = self.selected_id
        self.marked = marked
        if self.view.state == "marked" and not self.shown.order:
            self.view = BOARD
        self.show_board()
        self.keep_selected(card)
        self.show_status()

    def clear_marks(self) -> bool:
        """Remove all marks; return whether there were any."""
        if not self.marks:
            return False
        self._mark(frozenset())
        return True

    def mark_parts(self) -> list[Part]:
        """Return how many cards are marked, and what can be done with them, for the line above the keys."""
        return [(f"{len(self.marks)} marked · & together  ", "bold")] if self.marks else []

    @work
    async def action_together(self) -> None:
        """Choose what to do with the marked cards together."""
        from tui.dialogs.choose import Choose

        choices = self._choices()
        if not choices:
            self.quarterdeck.toast("No card is marked: M marks the selected card.")
            return
        title = f"{plural(len(self.marks), 'marked card')}" if self.marks else "Mark cards"
        match await self.app.push_screen_wait(Choose(title, choices, placeholder="move, decide, merge …")):
            case "move":
                await self._move()
            case "decide":
                await self._decide()
            case "merge":
                await self._merge()
            case "only":
                self.show_view(self.view._replace(state="marked"))
            case "all":
                self._mark(self.marked | set(self.shown.order))
            case "clear":
                self.clear_marks()

    def _choices(self) -> list[Choice]:
        """Return what can be done now."""
        from tui.dialogs.choose import Choice

        choices: list[Choice] = []
        if self.marks and self.writable:
            choices += [Choice("move", "Move them to a rank", "one below the other"), Choice("decide", "Decide on them", "shows what it would do")]
        if len(self.marks) > 1 and self.writable:
            choices.append(Choice("merge", "Merge them into one card", "u restores its parts"))
        if self.marks:
            choices += [Choice("only", "Show only them", "esc shows all"), Choice("clear", "Take the marks away")]
        if self.view.filters and not set(self.shown.order) <= self.marked:
            choices.append(Choice("all", f"Mark all {len(self.shown.order)} that are shown"))
        return choices

    def _titles(self) -> str:
        """Return the marked cards with their ranks, as many as a question has room for."""
        marks = self.marks
        lines = [f"#{self.session.rank(card)} {self.session.cards[card].title}" for card in marks[:_LISTED]]
        return "\n".join([*lines, *([f"and {len(marks) - _LISTED} more"] if len(marks) > _LISTED else [])])

    async def _move(self) -> None:
        """Ask for the rank, show who moves, and move the cards in one step."""
        from tui.dialogs.confirm import Confirm
        from tui.dialogs.form import Field, Form

        if not self.may_move():
            return
        from sessions.commands.several_cards import MoveCards

        marks, last = self.marks, len(self.session.order) - len(self.marks) + 1

        def command(answer: Mapping[str, str]) -> MoveCards | None:
            typed = answer["rank"].strip()
            return MoveCards(cards=marks, to=int(typed)) if typed.isdecimal() and len(typed) < 6 else None

        def wrong(answer: Mapping[str, str]) -> str:
            move = command(answer)
            return "" if move and 1 <= move.to <= last else f"The first of them can have rank 1 to {last}."

        form = Form(f"Move {plural(len(marks), 'card')}", [Field("rank", "The first to rank", "", "5")], about=self._titles(), check=wrong)
        answer = await self.app.push_screen_wait(form)
        move = command(answer) if answer else None
        if move is None:
            return
        old = [self.session.rank(card) for card in marks]
        titles = [self.session.cards[card].title for card in marks]
        lines = [f"#{before} → #{new}  {title}" for new, (before, title) in enumerate(zip(old, titles, strict=True), move.to)]
        crossing, musts = self._crossing(marks, move.to)
        title = f"{plural(len(marks), 'card')} to ranks {move.to} to {move.to + len(marks) - 1}?{crossing}"
        if await self.app.push_screen_wait(Confirm(title, [*musts, *lines], yes="moves them")) and self.do(move):
            self.show_status(f"{plural(len(marks), 'card')} moved together · n says why · u undoes it")

    def _crossing(self, marks: tuple[str, ...], to: int) -> tuple[str, list[str]]:
        """Return how many cards would cross the line, and a line for each must that would be below it."""
        if self.rule is None:
            return "", []

        rest = [card for card in self.session.order if card not in marks]
        new, line = [*rest[: to - 1], *marks, *rest[to - 1 :]], self.rule.position
        crossing = set(self.session.order[:line]) ^ set(new[:line])
        musts, lines = below_the_line(self.session, crossing - set(new[:line]))
        return (f" {len(crossing)} cross the line." if crossing else "") + musts, lines

    async def _decide(self) -> None:
        """Show what the proposals for the marked cards would do, and accept those that the room takes."""
        still_open = tuple(card for card in self.marks if card not in self.session.decisions)
        if not still_open:
            self.quarterdeck.toast("All marked cards are decided: d changes a decision.")
            return
        command = await self.quarterdeck.go.acceptance(self.live, still_open)
        if command is not None and self.do(command):
            self.show_status("The marked cards are decided · u undoes it")

    async def _merge(self) -> None:
        """Ask for the title of the merged card, and merge."""
        from sessions.commands.several_cards import MergeCards
        from tui.dialogs.form import Field, Form

        marks = self.marks

        def wrong(answer: Mapping[str, str]) -> str:
            return str(refusal(self.session, MergeCards(cards=marks, title=answer["title"])) or "")

        fields = [Field("title", "Title", self.session.cards[marks[0]].title, "what the cards become")]
        about = f"{self._titles()}\nbecome one card at #{self.session.rank(marks[0])}: worth, budget and work are added up."
        answer = await self.app.push_screen_wait(Form(f"Merge {plural(len(marks), 'card')}", fields, about=about, check=wrong))
        if answer and self.do(MergeCards(cards=marks, title=answer["title"])):
            self._mark(frozenset())
            self.select(marks[0])
            self.show_status(f"{plural(len(marks), 'card')} became one · u restores them")
