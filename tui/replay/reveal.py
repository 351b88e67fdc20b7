"""Showing a round in a replay: an order on the reveal's own screen, as it was then; a round about a card in a panel. Nothing can be changed there."""

from __future__ import annotations

from textual.app import App

from sessions.record.events import BallotsRevealed, Event, Recorded
from sessions.rounds.words import heading_revealed
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.panel import CardView
from tui.host.host import host
from tui.replay.rounds import panel
from tui.replay.snapshot import snapshot_of

_PANEL, _PANEL_EDGES = 70, 6
"""The widest line of a panel, and the cells of its edges."""


async def round_to_show(app: App[object], session: Session, event: Event) -> Round | None:
    """Return the round that this very event reveals, or one of those revealed before it: the only one, or the one that is chosen."""
    if isinstance(event, BallotsRevealed):
        return session.rounds[event.round - 1]
    revealed = [each for each in session.rounds if each.revealed]
    if len(revealed) < 2:
        return revealed[0] if revealed else None
    choices = [Choice(str(each.opened.round), heading_revealed(session, each.opened)) for each in reversed(revealed)]
    chosen = await app.push_screen_wait(Choose("What was revealed up to here", choices))
    return session.rounds[int(chosen) - 1] if chosen else None


def show_round(app: App[object], session: Session, round_: Round, past: tuple[Recorded, ...]) -> None:
    """Show a revealed round of a session as it was at that point."""
    if not round_.opened.asks_order:
        app.push_screen(CardView(panel(session, round_, max(1, min(_PANEL, app.size.width * 96 // 100 - _PANEL_EDGES)))))
        return
    host(app).go.reveal(snapshot_of(session, round_, past), read_only=True)
