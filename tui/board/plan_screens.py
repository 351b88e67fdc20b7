"""The ways from the board into the plan: the plan itself, what if, and the work of the selected card."""

from __future__ import annotations

from textual import work

from tui.board.base import SessionBase
from tui.board.plan_follower import IN_THE_FRAME


class PlanScreens(SessionBase):
    """The part of the session screen that leads to the plan."""

    @work
    async def action_plan(self) -> None:
        """Show the plan, and select on the board the card that was selected there."""
        if not self._planned():
            return
        card = await self.quarterdeck.go.plan(self.live, self.selected_id, writable=self.writable)
        self.select(card or "")

    def action_what_if(self) -> None:
        """Try something on the plan, beginning with the selected card."""
        if self._planned() and (card := self.selected_id):
            self.quarterdeck.go.what_if(self.live, card, writable=self.writable)

    @work
    async def action_work(self) -> None:
        """Change the selected card's work, needs and weeks."""
        if card := self.selected_id:
            await self.quarterdeck.go.work(self.live, card)

    def _planned(self) -> bool:
        """Return whether there is a plan to show, and tell why where there is none."""
        if self.carry:
            self.quarterdeck.say("Put the card down first: space drops it, esc puts it back.")
            return False
        if len(self.session.order) > IN_THE_FRAME and self.live.plans.known(self.session) is None:
            self.quarterdeck.say("The plan is being made: try again in a moment.")
            return False
        return True
