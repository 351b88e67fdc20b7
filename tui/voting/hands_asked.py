"""Raised hands in two steps, for every screen on which a round is open: they are typed, and shown as they were understood before they count."""

from __future__ import annotations

from textual.app import App

from sessions.rounds.methods.hands import side_sizes
from sessions.rounds.words import provisional, titles_of
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.dialogs.confirm import Confirm
from tui.voting.hands import HandsDialog, read_hands, understood
from tui.voting.methods.registry import view_of
from tui.voting.methods.view import Raised


async def ask_hands(app: App[None], session: Session, round_: Round) -> Raised | None:
    """Ask for the hands of a round, until what was understood is what was meant; None if it was left."""
    opened, typed = round_.opened, ""
    titles, seats = titles_of(session, round_), side_sizes(session)
    asked = "\n".join(filter(None, view_of(opened.method).hands_asked(session, opened)))
    while True:
        answer = await app.push_screen_wait(HandsDialog(opened, asked, titles, seats, typed))
        if answer is None:
            return None
        typed = answer
        raised = read_hands(opened, seats, titles, typed)
        after = "They are counted and shown immediately. This cannot be undone."
        lines = [*understood(opened, seats, titles, raised), *provisional(session), "", after]
        if await app.push_screen_wait(Confirm("Count these hands?", lines, yes="counts them")):
            return raised
