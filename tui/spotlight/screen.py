"""The spotlight: one thing large on the whole screen, for the room. It shows nothing that the screen below it hides."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from sessions.commands.phases import AddTime
from sessions.live.ports import ReadableSession
from sessions.portfolio.models import Project
from sessions.rounds.consent import consent_of
from sessions.rounds.reveal import RevealResult
from sessions.rounds.scores import Scores
from tui.host.actions import bindings, writing_at
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.host.top_bar import last_minute, seconds_left
from tui.spotlight.hands import consent_picture, talk_picture
from tui.stages.card import card_picture
from tui.stages.closing import closing_picture
from tui.stages.inviting import inviting
from tui.stages.opening import opening_picture
from tui.stages.picture import Block, line
from tui.stages.vote import before_the_vote, vote_picture
from tui.widgets.lines import Lines

_WRITES = writing_at("spotlight")
_MARGIN = 3
_OF_THE_ROOM = frozenset({"room", "end"})
"""Views that are not about a card."""


class SpotlightScreen(LiveScreen[str]):
    """One card, the vote count, the hands on a card, or the room. Its answer is the card that was shown last."""

    PLACES: ClassVar[tuple[str, ...]] = ("spotlight",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS = """
    SpotlightScreen { background: $background; }
    #spotlight { height: 1fr; margin: 1 3 0 3; }
    """

    def __init__(self, live: ReadableSession, spot: Spot, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self._view = spot.view
        self._card = spot.card
        self._place = live.session.rank(spot.card) - 1 if spot.card in live.session.cards else 0

    def compose(self) -> ComposeResult:
        """Lay out the picture and the keys."""
        yield Lines(id="spotlight")
        yield KeyBar()

    def tick(self) -> None:
        """Draw the clock."""
        self._draw()

    def show_top(self) -> None:
        """Leave out the lines at the top: the whole screen belongs to the picture. Pages show the card."""
        self.lead_pages()

    @property
    def following(self) -> tuple[str, str] | None:
        """Return the card that pages show with the projector, while cards are read or decided on."""
        kind = {"cards": "card", "decide": "decide"}.get(self.session.phase, "")
        return (kind, self._card) if kind and self._view == "card" else None

    @property
    def card(self) -> Project | None:
        """Return the card that is shown: when it leaves the board, the one that takes its place; None on an empty board."""
        session = self.session
        if self._card not in session.cards:
            if not session.order:
                return None
            self._card = session.order[min(self._place, len(session.order) - 1)]
        self._place = session.rank(self._card) - 1
        return session.cards[self._card]

    # --- drawing

    def _draw(self) -> None:
        width, height = self.size.width - 2 * _MARGIN, self.size.height - 2
        if width > 0 and height > 0:
            left = seconds_left(self.session, self.live.elapsed)
            bar = last_minute(left, width) if left else []
            picture = self._picture(width, height - bool(bar))
            self.query_one(Lines).show_lines([bar, *picture] if bar else picture)
            self.query_one(KeyBar).follow()

    def _picture(self, width: int, height: int) -> Block:
        session, elapsed = self.session, self.live.elapsed
        if self._view == "vote" and (round_ := session.open_round):
            return self._inviting(lambda wide, high: vote_picture(session, round_, elapsed, wide, high), width, height)
        if self._view == "vote" and session.round is None:
            return self._inviting(lambda wide, high: before_the_vote(session, elapsed, wide, high), width, height)
        if self._view == "room":
            return self._inviting(lambda wide, high: opening_picture(session, elapsed, wide, high), width, height)
        if self._view == "end":
            return closing_picture(session, elapsed, width, height)
        card = self.card
        if card is None:
            return [line("No cards on the board", "bold", width)]
        if self._view == "scores" and (scores := Scores(session, card.id)).rounds:
            talk = next((each for each in reversed(session.talks) if each.card == card.id), None)
            return talk_picture(session, card, scores, talk, elapsed, width, height)
        if self._view == "hands" and (consent := consent_of(session, card.id)):
            return consent_picture(session, card, consent, elapsed, width, height)
        return card_picture(session, card, self._reading(), elapsed, width, height)

    def _inviting(self, draw: Callable[[int, int], Block], width: int, height: int) -> Block:
        """Draw a picture, with the square beside it: people still join."""
        return inviting(self.quarterdeck.shared, draw, width, height, key="")

    def _reading(self) -> RevealResult | None:
        """Return the latest order, unless voting on the next one has begun."""
        round_ = self.session.round
        return self.live.results.result(self.session, round_) if round_ and round_.revealed else None

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer cards while one is shown, and what writes if the session can be changed."""
        if action in _WRITES and not self.writable:
            return False
        counts = self._view == "vote" and self.session.open_round is not None
        return not ((counts or self._view in _OF_THE_ROOM) and action in ("next_card", "previous_card", "decide"))

    def _go(self, by: int) -> None:
        order = self.session.order
        if self.card is not None and 0 <= self._place + by < len(order):
            self._place += by
            self._card = order[self._place]
            self._draw()
            self.show_top()

    def action_next_card(self) -> None:
        """Show the next card."""
        self._go(1)

    def action_previous_card(self) -> None:
        """Show the card before."""
        self._go(-1)

    def action_more_time(self) -> None:
        """Add two minutes to the phase."""
        self.do(AddTime(seconds=120))

    @work
    async def action_decide(self) -> None:
        """Decide on the card."""
        if card := self.card:
            command = await self.quarterdeck.go.decision(self.live, card.id)
            if command is not None:
                self.do(command)

    def show_spotlight(self) -> None:
        """Go back: the key that opens it also closes it."""
        self.leave()

    def leave(self) -> None:
        """Go back to the screen below."""
        self.dismiss(self._card)
