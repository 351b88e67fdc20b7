"""The picture of a phase in the middle of the session screen."""

from __future__ import annotations

from collections.abc import Callable

from sessions.guide.aloud import to_read
from sessions.live.ports import ReadableSession
from sessions.record.events import Phase
from sessions.state.session import Session
from tui.host.host import host
from tui.stages.card import card_picture
from tui.stages.closing import closing_picture
from tui.stages.inviting import inviting
from tui.stages.opening import opening_picture
from tui.stages.picture import Block, line
from tui.stages.vote import before_the_vote, vote_picture
from tui.widgets.board.cut_line import Rule
from tui.widgets.lines import Lines

Picture = Callable[[ReadableSession, str, int, int], Block]


def _open(live: ReadableSession, _selected: str, width: int, height: int) -> Block:
    return opening_picture(live.session, live.elapsed, width, height)


def _cards(live: ReadableSession, selected: str, width: int, height: int) -> Block:
    session = live.session
    if selected not in session.cards:
        return [line("No cards on the board", "bold", width)]
    return card_picture(session, session.cards[selected], None, live.elapsed, width, height)  # it is read before the vote


def _vote(live: ReadableSession, _selected: str, width: int, height: int) -> Block:
    session = live.session
    if session.open_round:
        return vote_picture(session, session.open_round, live.elapsed, width, height)
    return before_the_vote(session, live.elapsed, width, height)


def _close(live: ReadableSession, _selected: str, width: int, height: int) -> Block:
    return closing_picture(live.session, live.elapsed, width, height)


PICTURES: dict[Phase, Picture] = {"open": _open, "cards": _cards, "vote": _vote, "close": _close}
"""The phases that show a picture instead of the board."""
_JOINED: frozenset[Phase] = frozenset({"open", "vote"})
"""The phases in which people join."""


def has_picture(session: Session, phase: Phase) -> bool:
    """Return whether a phase of a session shows a picture now: the vote has none after the reveal, Cards none without a card to read aloud."""
    match phase:
        case "vote":
            return session.round is None or session.open_round is not None
        case "cards":
            return bool(to_read(session))
        case _:
            return phase in PICTURES


class StageView(Lines):
    """Shows the picture of a phase, and draws it again after a change."""

    DEFAULT_CSS = """
    StageView { width: 1fr; height: 1fr; margin: 0 2; }
    """

    def __init__(self, phase: Phase) -> None:
        super().__init__()
        self._phase = phase
        self._picture = PICTURES[phase]
        self._live: ReadableSession | None = None
        self._selected = ""

    def follow(self, live: ReadableSession, selected: str, _rule: Rule | None, _cards: tuple[str, ...]) -> None:
        """Draw the picture of a session as it is now."""
        self._live, self._selected = live, selected
        self._draw()

    def on_resize(self) -> None:
        """Draw what fits the new size."""
        self._draw()

    def _draw(self) -> None:
        width, height = self.content_size
        live = self._live
        if live is None or not width or not height:
            return

        def draw(wide: int, high: int) -> Block:
            return self._picture(live, self._selected, wide, high)

        self.show_lines(inviting(host(self.app).shared, draw, width, height) if self._phase in _JOINED else draw(width, height))
