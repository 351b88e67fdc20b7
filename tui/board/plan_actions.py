"""What the plan answers on the board: why the selected card waits, and what would let it start sooner."""

from __future__ import annotations

from textual import work

from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import WHAT_TO_ADD
from tui.board.base import SessionBase
from tui.board.plan_follower import IN_THE_FRAME

_LEVERS_FIRST = 500
"""Cards up to which the levers are worked out before the dialog opens."""


class PlanActions(SessionBase):
    """The part of the session screen that asks the plan."""

    def show_status(self, message: str = "") -> None:
        """Show the line above the keys; the screen overrides this."""

    @work
    async def action_why(self) -> None:
        """Show why the selected card waits, and pull the lever that is chosen."""
        card, plan = self.selected, self._plan_to_ask()
        if card is None or plan is None:
            return
        quick = len(plan.order) <= _LEVERS_FIRST
        answer = await self.quarterdeck.go.why(self.session, plan, card.id, writable=self.writable, quick=quick)
        if answer is None:
            return
        command, words = answer
        if self.do(command):
            self.select(card.id)
            self.show_status(f"{words} · u takes it back")

    def _plan_to_ask(self) -> Plan | None:
        """Return the plan of the board as it is now, or say why there is none."""
        if self.carry:
            self.quarterdeck.say("Put the card down first: space drops it, esc puts it back.")
            return None
        if len(self.session.order) > IN_THE_FRAME and self.live.plans.known(self.session) is None:
            self.quarterdeck.say("The plan is being made: try again in a moment.")
            return None
        plan = self.live.plans.plan(self.session)
        if plan.empty:
            self.quarterdeck.say(WHAT_TO_ADD)
            return None
        return plan
