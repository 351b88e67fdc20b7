"""Raised hands in two steps, for every screen on which a round is open: they are typed, and shown as they were understood before they count."""

from __future__ import annotations

from textual.app import App

from sessions.state.session import Round, Session
from tui.dialogs.confirm import Confirm
from tui.voting import ballot_words as texts
from tui.voting.hands import HandsDialog, Raised, read_hands, understood
from tui.voting.questions import DUEL, HANDS, QUESTION, SCALE


async def ask_hands(app: App[None], session: Session, round_: Round) -> Raised | None:
    """Ask for the hands of a round, until what was understood is what was meant; None where it was left."""
    opened, typed = round_.opened, ""
    titles, seats = texts.titles_of(session, round_), texts.seats(session)
    while True:
        answer = await app.push_screen_wait(HandsDialog(opened, _asked(session, round_), titles, seats, typed))
        if answer is None:
            return None
        typed = answer
        raised = read_hands(opened, seats, titles, typed)
        lines = texts.hands_lines(session, understood(opened, seats, titles, raised))
        if await app.push_screen_wait(Confirm("Count these hands?", lines, yes="counts them")):
            return raised


def _asked(session: Session, round_: Round) -> str:
    """Return what the hands answer."""
    match round_.opened.method:
        case "duel":
            titles = texts.titles_of(session, round_).values()
            lines = [DUEL, *(f"{number} {title}" for number, title in enumerate(titles, 1))]
        case "consent":
            lines = [texts.heading(session, round_), round_.opened.about, HANDS]
        case _:
            lines = [texts.heading(session, round_), QUESTION, SCALE]
    return "\n".join(line for line in lines if line)
