"""Asking for the reason that another round needs, for every screen that opens one."""

from __future__ import annotations

from textual.app import App

from sessions.commands.base import ReasonNeededError
from sessions.commands.rounds import OpenRound
from sessions.handling.dispatch import refusal
from sessions.state.session import Session
from tui.dialogs.ask import Ask


async def with_reason(app: App[object], session: Session, opening: OpenRound, title: str, placeholder: str = "why") -> OpenRound | None:
    """Return a round to open, with a reason if it needs one; None if no one gives it. Opening it reports anything else that is wrong."""
    against = refusal(session, opening)
    if not isinstance(against, ReasonNeededError):
        return opening
    reason = await app.push_screen_wait(Ask(title, about=str(against), placeholder=placeholder))
    return opening.model_copy(update={"override": reason}) if reason else None
