"""Counting raised hands, for every screen on which a round is open or about to open: one dialog, one enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sessions.commands.rounds import CountHands, OpenRound
from sessions.handling.dispatch import preview
from sessions.record.events import RoundOpened
from sessions.rounds.methods.hands import side_sizes
from sessions.rounds.methods.questions import QuestionSpec
from sessions.rounds.words import provisional, titles_of
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.host.live_screen import LiveScreen
from tui.voting.hand_counts import CardHands
from tui.voting.hands import SECRET, FigureHands, HandsDialog
from tui.voting.methods.registry import view_of
from tui.voting.question_hands import QuestionHands


def hands_dialog(session: Session, opened: RoundOpened) -> HandsDialog:
    """Return the dialog that takes the hands of a round."""
    view, seats = view_of(opened.method), side_sizes(session)
    asked = "\n".join(filter(None, [*view.hands_asked(session, opened), *provisional(session)]))
    if isinstance(view.spec, QuestionSpec):
        return QuestionHands(asked, seats, view.spec.asked_in(opened), view.spec.highest)
    if view.hands_scale:
        return FigureHands(asked, seats, view.hands_scale)
    return CardHands(asked, seats, opened, titles_of(session, Round(opened)), one_each=view.one_hand)


def would_open(screen: LiveScreen[Any], command: OpenRound) -> RoundOpened | None:
    """Return the round that a command would open; show the reason if it cannot be opened."""
    found: list[object] = []
    screen.quarterdeck.attempt(lambda: found.extend(preview(screen.session, command)))
    return next((event for event in found if isinstance(event, RoundOpened)), None)


async def count_hands(screen: LiveScreen[Any], opening: OpenRound | None, secretly: Callable[[], object]) -> bool:
    """Ask for raised hands, count them, and return whether that was done; `secretly` is done if the room prefers a secret vote.

    A round that is not open is opened by `opening` together with its hands: leaving the dialog leaves no round behind.
    """
    open_ = screen.session.open_round
    opened = open_.opened if open_ else would_open(screen, opening) if opening else None
    if opened is None:
        return False
    answer = await screen.app.push_screen_wait(hands_dialog(screen.session, opened))
    if answer == SECRET:
        secretly()
    if answer is None or answer == SECRET:
        return False
    if opening and screen.session.open_round is None and not screen.do(opening):
        return False
    return screen.do(CountHands(round=opened.round, hands=dict(answer)))
