"""The story of a card, quarter by quarter. It begins with what this session knows; the earlier ones are read beside the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from sessions.errors import RecordError
from sessions.library.earlier import earlier_sessions
from sessions.live.ports import ReadableSession
from sessions.quarters.story import Story, story_of
from sessions.state.session import Session
from tui.host.actions import bindings
from tui.host.key_bar import KeyBar
from tui.host.listed_screen import ListedScreen
from tui.host.navigation import Spot
from tui.stages.picture import LETTER, TALL, sentence
from tui.story.sheet import Sheet
from tui.text import plain, safe
from tui.widgets.listing import Listing, Piece

_MARGIN = 4
_ROOMY = 24
_AROUND = 7
"""Rows of what is above and below the quarters, without the name."""
_GONE = "It has left the board, and no session tells of it."


class StoryScreen(ListedScreen):
    """The life of a card over the quarters of its series, the first one first."""

    PLACES: ClassVar[tuple[str, ...]] = ("story",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "story.tcss"

    def __init__(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self.card = card
        self._earlier: Sequence[Session] = ()

    def compose(self) -> ComposeResult:
        """Lay out the card, its story in a sentence, the quarters, and the keys."""
        yield self.top_bar
        yield Static("", id="story-name")
        yield Static("", id="story-head")
        yield Listing(id="story-list", notes_below=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what this session knows, and read the others."""
        self._draw()
        self._choose_latest()
        if self.session.past:
            self._read()

    @work(group="story")
    async def _read(self) -> None:
        try:
            self._earlier = await asyncio.to_thread(earlier_sessions, self.quarterdeck.library, self.session)
        except RecordError as error:
            self.quarterdeck.toast(str(error), warning=True)
        if self._earlier:
            self._draw()
            self._choose_latest()

    @property
    def spot(self) -> Spot:
        """Return what the projector shows from here: the card."""
        return Spot("card", self.card if self.card in self.session.cards else "")

    @property
    def story(self) -> Story:
        """Return the story as far as it is known."""
        return story_of(self.session, self.card, self._earlier)

    def _draw(self) -> None:
        story, session = self.story, self.session
        title = plain(story.chapters[-1].card.title if story.chapters else session.title_of(self.card))
        self.query_one("#story-head", Static).update(safe(story.headline if story.chapters else _GONE))
        sheet = Sheet(story, max(20, self.room.width - _MARGIN), currency=session.portfolio.currency, now="" if session.closed else " now")
        self.listing.show(sheet.values, lambda place, _width: sheet.lines[place] or [Piece("")])
        self.set_class(self.room.height < _ROOMY, "-short")
        spare = min(2 * LETTER, self.room.height - len(sheet.values) - _AROUND)
        large = sentence(title, "", self.room.width - _MARGIN, spare) if self.size.height >= TALL else []
        name = "\n".join([*(text for row in large for text, _ in row), ""]) if large else title
        self.query_one("#story-name", Static).update(safe(name))

    def action_story(self) -> None:
        """Stay here: this is the story."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other cards if there are any."""
        return action not in ("next_card", "previous_card") or len(self.session.order) > 1

    def action_next_card(self) -> None:
        """Show the story of the next card on the board."""
        self._turn(1)

    def action_previous_card(self) -> None:
        """Show the story of the card above it."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        order = self.session.order
        at = order.index(self.card) if self.card in order else 0
        self.card = order[(at + by) % len(order)]
        self._draw()
        self._choose_latest()

    def _choose_latest(self) -> None:
        self.listing.choose(next(filter(None, reversed(self.listing.values)), ""))
