"""What the plan answers on the board: why the chosen card waits, and what would let it start sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from sessions.deciding.session_plan import kept_plan, plan_of
from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import WHAT_TO_ADD, named_card
from tui.board.base import SessionBase
from tui.plan.follower import IN_ONE_GO
from tui.plan.why import WhyDialog

if TYPE_CHECKING:
    from sessions.sequencing.levers import Lever


class PlanActions(SessionBase):
    """The part of the session screen that asks the plan."""

    def show_status(self, message: str = "") -> None:
        """Show the line above the keys; the screen overrides this."""

    @work
    async def action_why(self) -> None:
        """Show why the chosen card waits, and pull the lever that is chosen."""
        card, plan = self.chosen, self._plan_to_ask()
        if card is None or plan is None:
            return
        at_once = len(plan.order) <= IN_ONE_GO
        lever = await self.app.push_screen_wait(WhyDialog(plan, card.id, writable=self.writable, at_once=at_once))
        if lever is not None:
            self._pull(lever)

    def _plan_to_ask(self) -> Plan | None:
        """Return the plan of the board as it is now, or say why there is none."""
        if self.carry:
            self.quarterdeck.say("Put the card down first: space drops it, esc puts it back.")
            return None
        if len(self.session.ranking) > IN_ONE_GO and kept_plan(self.session) is None:
            self.quarterdeck.say("The plan is being made: try again in a moment.")
            return None
        plan = plan_of(self.session)
        if plan.empty:
            self.quarterdeck.say(WHAT_TO_ADD)
            return None
        return plan

    def _pull(self, lever: Lever) -> None:
        """Do what a lever says, as one event that one key takes back."""
        # Nothing of it is needed before somebody asks why.
        from sessions.sequencing.changes import Move  # noqa: PLC0415
        from tui.plan.what_if.words import change_words, keeping  # noqa: PLC0415
        from tui.plan.why_words import gain_words  # noqa: PLC0415

        plan = lever.effect.before
        words = change_words(plan, lever.change)
        whose = "" if isinstance(lever.change, Move) else f"for {named_card(plan, lever.card)}: "
        if self.do(keeping(self.session, [lever.change], [whose + words], lever.effect)):
            self.board.cursor = self.session.rank(lever.card) - 1
            self.show_status(f"{words}: {gain_words(lever)} · u takes it back")
