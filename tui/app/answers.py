"""The screens and dialogs that return an answer, which a worker awaits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from sessions.commands.base import Command
from sessions.live.ports import ReadableSession
from sessions.sequencing.plan import Plan
from sessions.state.session import Session
from tui.host.host import host
from tui.host.navigation import Spot


class Answers:
    """The awaited half of `host.navigation.Navigation`, on an app."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    async def spotlight(self, live: ReadableSession, spot: Spot, *, read_only: bool = False) -> str | None:
        """Fill the screen with one thing, for the projector. Its answer is the card that was shown last."""
        from tui.spotlight.screen import SpotlightScreen

        return await self._app.push_screen_wait(SpotlightScreen(live, spot, read_only=read_only))

    async def plan(self, live: ReadableSession, card: str, *, writable: bool = True) -> str | None:
        """Show the plan. Its answer is the card to select on the board, if any."""
        from tui.plan.screen import PlanScreen

        return await self._app.push_screen_wait(PlanScreen(live, card, writable=writable))

    async def reasons(self, session: Session, plan: Plan, card: str, *, writable: bool, quick: bool) -> tuple[Command, str] | None:
        """Show why a card waits. The answer is the command of the selected remedy and its effect in words; `quick` plans need no waiting."""
        from tui.plan.remedies import command_to_pull, pulled_words
        from tui.plan.why import WhyDialog

        lever = await self._app.push_screen_wait(WhyDialog(plan, card, writable=writable, at_once=quick))
        return (command_to_pull(session, lever), pulled_words(lever)) if lever else None

    async def work(self, live: ReadableSession, card: str) -> None:
        """Edit the work of a card."""
        from tui.plan.work_form import edit_work

        await edit_work(self._app, live, card)

    async def adoption(self, live: ReadableSession, card: str) -> None:
        """Ask when a card was delivered; for a delivered one, how far people use it."""
        from tui.look_back.reading import ask_for_reading

        await ask_for_reading(self._app, live, card)

    async def line(self, session: Session) -> Command | None:
        """Ask how many projects can start. The answer is the command that draws the line."""
        from tui.decide.line_dialog import LineDialog, no_line

        if reason := no_line(session):
            host(self._app).toast(reason)
            return None
        return await self._app.push_screen_wait(LineDialog(session))

    async def decision(self, live: ReadableSession, card: str) -> Command | None:
        """Ask for the decision on a card."""
        from sessions.rounds.undiscussed import undiscussed
        from tui.decide.dialog import DecideDialog

        session, reading = live.session, live.results.latest(live.session)
        differs = reading is not None and reading.ready and card in undiscussed(session, reading)
        return await self._app.push_screen_wait(DecideDialog(session, card, differs=differs))

    async def acceptance(self, live: ReadableSession, cards: Sequence[str] = ()) -> Command | None:
        """Show what accepting the proposals of these open cards, or of all, would do. The answer is the command for those that are accepted."""
        from tui.decide.accept import AcceptDialog

        session = live.session
        if all(card in session.decisions for card in cards or session.order):
            host(self._app).toast("Every card that is shown has its decision: esc shows all." if cards else "Every card has its decision.")
            return None
        return await self._app.push_screen_wait(AcceptDialog(session, cards, live.results.latest(session)))
