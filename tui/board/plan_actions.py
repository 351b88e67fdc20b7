"""What the board asks the plan: why the selected card waits, the plan itself, what-ifs, and the work of the selected card."""

from __future__ import annotations

from textual import work

from sessions.deciding.line import drawn_words, line_rank
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import WHAT_TO_ADD
from tui.board.base import SessionBase
from tui.board.plan_follower import IN_THE_FRAME

_LEVERS_FIRST = 500
"""Cards up to which the levers are worked out before the dialog opens."""


class PlanActions(SessionBase):
    """The part of the session screen that asks the plan."""

    @work
    async def action_why(self) -> None:
        """Show why the selected card waits, and pull the lever that is chosen."""
        card, plan = self.selected, self._plan()
        if card is None or plan is None:
            return
        if plan.empty:
            self.quarterdeck.toast(WHAT_TO_ADD)
            return
        quick = len(plan.order) <= _LEVERS_FIRST
        answer = await self.quarterdeck.go.reasons(self.session, plan, card.id, writable=self.writable, quick=quick)
        if answer is None:
            return
        command, words = answer
        if self.do(command):
            self.select(card.id)
            self.show_status(f"{words} · u undoes it")

    @work
    async def action_draw_line(self) -> None:
        """Ask how many can start, and draw the line there; if there is a plan, it draws the line."""
        command = await self.quarterdeck.go.line(self.session)
        if command is not None and self.do(command):
            self._show_line()
            self.show_status(f"{drawn_words(self.session)} · u undoes it")

    def _show_line(self) -> None:
        """Bring the room's line into view: select the card below it, then the one above."""
        rank, order = line_rank(self.session), self.session.order
        for place in (rank, rank - 1) if rank is not None else ():
            if 0 <= place < len(order):
                self.select(order[place])

    @work
    async def action_plan(self) -> None:
        """Show the plan, and select on the board the card that was selected there."""
        if self._plan():
            card = await self.quarterdeck.go.plan(self.live, self.selected_id, writable=self.writable)
            self.select(card or "")

    def action_what_if(self) -> None:
        """Try something on the plan, beginning with the selected card."""
        if self._plan() and (card := self.selected_id):
            self.quarterdeck.go.what_if(self.live, card, writable=self.writable)

    @work
    async def action_work(self) -> None:
        """Change the selected card's work, needs and weeks."""
        if card := self.selected_id:
            await self.quarterdeck.go.work(self.live, card)

    @work
    async def action_adoption(self) -> None:
        """Record that the selected card was delivered; of a delivered one, how far people use it."""
        if card := self.selected_id:
            await self.quarterdeck.go.adoption(self.live, card)
            self.select(card)

    def _plan(self) -> Plan | None:
        """Return the plan of the board as it is now, or notify why there is none yet."""
        if self.carry:
            self.quarterdeck.toast("Put the card down first: space drops it, esc puts it back.")
            return None
        if len(self.session.order) > IN_THE_FRAME and self.live.plans.known(self.session) is None:
            self.quarterdeck.toast("The plan is being made: try again in a moment.")
            return None
        return self.live.plans.plan(self.session)
