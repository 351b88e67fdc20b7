"""Views over the board: find a card, keep a search as a filter, group, sort. None of it moves a card."""

from __future__ import annotations

from textual import work

from sessions.library.library import OpenSession
from sessions.state.moved_cards import MovedCards
from tui.board.moves import Moving
from tui.board.plan_follower import PlanFollower
from tui.board.view import BOARD, View, currencies_sorted
from tui.cards.earlier import EarlierMarks
from tui.cards.face import MoveMarks, card_face
from tui.cards.filled import FilledCache
from tui.cards.plan_words import cut_line
from tui.widgets.board.cut_line import Heading, Rule
from tui.widgets.board.face import CardFace
from tui.widgets.lines import Part


class Viewing(Moving):
    """The part of the session screen that draws the board, and shows other views of it."""

    follower: PlanFollower

    def __init__(self, opened: OpenSession, *, tip: str = "") -> None:
        super().__init__(opened, tip=tip)
        self.filled = FilledCache()
        self._moved = MovedCards()
        self._earlier = EarlierMarks()

    @work
    async def action_find(self) -> None:
        """Find a card and select it, or keep what was typed as a filter."""
        from tui.board.find import FindCard

        dialog = FindCard(self.session, self.texts)
        card = await self.app.push_screen_wait(dialog)
        if card:
            self.select(card)
        elif dialog.kept:
            self.show_view(self.view._replace(text=dialog.kept))

    @work
    async def action_view(self) -> None:
        """Choose what is shown: a filter, groups, another order."""
        from tui.board.view_choices import changed_view, view_choices
        from tui.dialogs.choose import Choose

        choices = view_choices(self.session, self.view, self.voices, self.marked)
        if not self.board.display:  # a list of the stage has the board's order
            choices = [each for each in choices if not each.value.startswith(("group:", "sort:"))]
        answer = await self.app.push_screen_wait(Choose("Show the board otherwise", choices, placeholder="a sponsor, budget, open …"))
        if answer:
            self.show_view(changed_view(self.view, answer))

    def show_view(self, view: View) -> None:
        """Show the board in another view, the same card selected if it is shown."""
        if self.carry:
            self.put_back()
        before, card = self.view, self.selected_id
        self.view = view
        if not self.shown.order and self.session.order:
            self.view = before
            self.quarterdeck.toast("No card matches.", warning=True)
            return
        self.show_board()
        self.keep_selected(card)
        self.show_status()
        self.show_the_rest_soon()

    def view_parts(self) -> list[Part]:
        """Return what the view leaves out, for the line above the keys."""
        if self.view == BOARD:
            return []
        count, everything = len(self.shown.order), len(self.session.order)
        number = f"{count} of {everything} shown" if self.view.filters else f"all {everything} shown"
        several = ", within each currency" if len(currencies_sorted(self.session, self.view.sort)) > 1 else ""
        return [(f"{number} · esc all  ", "bold $accent"), (f"{self.view.words}{several}  ", "$text-muted")]

    def show_the_rest_soon(self) -> None:
        """Show what can wait while keys are pressed; the screen overrides this."""

    # --- drawing what is shown

    def show_board(self) -> None:
        """Draw all that is shown: everything, if a change has left nothing for the view."""
        if not self.shown.order:
            self.view = BOARD
        self._arrange()
        self.board.show(len(self.shown.order), self._face)
        progress = self.quarterdeck.progress(self.live)
        progress.marked, progress.shown = self.marked, self.shown.order if self.view.filters else ()

    def _face(self, position: int) -> CardFace:
        plan, stale = self.follower.plan, self.follower.stale
        marks = MoveMarks(self._moved.of(self.session), self.rule.position + 1 if self.rule else None, self._earlier.of(self.session))
        card = self.card_at(position)
        face = card_face(self.session, card, self.rank_at(position), self.voices, plan, stale=stale, marks=marks)
        return face._replace(marked=True) if card in self.marked else face

    def _arrange(self) -> None:
        """Draw the board with the rows that its cards fill, its headings, and the line at the end of the quarter."""
        plan, board = self.follower.plan, self.board
        board.filled = self.filled.filled(self.session, self.voices, plan)
        self.rule = cut_line(self.session, plan, faint=self.follower.stale) if plan else None
        board.headings = tuple(Heading(group.first, group.name, group.totals) for group in self.shown.groups)
        board.rule = self._rule_shown()

    def _rule_shown(self) -> Rule | None:
        """Return the line that ends the quarter at its place among what is shown, if that is in the board's order."""
        rule = self.rule
        if rule is None or self.view == BOARD:
            return rule
        if self.view.sort or self.view.group:
            return None
        place = next((place for place, card in enumerate(self.shown.order) if self.session.rank(card) > rule.position), None)
        return None if place is None else rule._replace(position=place)
