"""Editing what the plan needs to know of a card, from the board and from the plan."""

from __future__ import annotations

from textual.app import App

from sessions.commands.cards import EditCard
from sessions.live.session import LiveSession
from sessions.portfolio.models import Project
from tui.plan.work_form import WorkForm


async def edit_work(app: App[object], live: LiveSession, card: str) -> None:
    """Show the form for a card's work; what is accepted there is one event. Call it from a worker."""

    def accept(new: Project) -> None:
        live.perform(EditCard(card=new))

    await app.push_screen_wait(WorkForm(live.session, live.session.cards[card], accept))
