"""The trend of a series, from the library and from a session: what to reach next, and how the quarters went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from sessions.live.ports import ReadableSession
from sessions.quarters.trend.looked_back import looked_back
from sessions.quarters.trend.measures import ValueFigures, measures_of, value_of
from sessions.quarters.trend.rows import Row, Stop, trend
from sessions.state.session import Session
from sessions.wording import plural
from tui.host.actions import bindings
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.text import safe
from tui.trend.view import TrendView

PLACES = ("trend",)


class Shown(Screen[None]):
    """What both screens of a trend do with its page."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to look further if the page is longer than the screen."""
        return not action.startswith("look_") or self.query_one(TrendView).max_scroll_y > 0

    def action_look_down(self) -> None:
        """Look further down."""
        self.query_one(TrendView).look(1)

    def action_look_up(self) -> None:
        """Look further up."""
        self.query_one(TrendView).look(-1)

    def action_figures(self) -> None:
        """Show all figures, or the pictures again."""
        self.query_one(TrendView).turn()


Search = Callable[[Callable[[], bool]], Sequence[Stop]]
"""Finds the missing value ratios, unless its argument says that they are no longer wanted."""


class TrendScreen(Shown):
    """The trend of a series of the library, of which `lost` sessions are missing."""

    PLACES: ClassVar[tuple[str, ...]] = PLACES
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "trend.tcss"

    def __init__(self, series: Sequence[Stop], search: Search, lost: int = 0) -> None:
        super().__init__()
        self._lost = f" · {lost} missing" if lost else ""
        self._series = series
        self._search = search

    def compose(self) -> ComposeResult:
        """Lay out the header, the page and the keys."""
        with Horizontal(id="trend-top"):
            yield Static("", id="trend-name")
            yield Static("", id="trend-count")
        yield TrendView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known, and look for the rest."""
        self._show()
        self._look()

    def _show(self) -> None:
        rows = trend(self._series)
        self.query_one("#trend-name", Static).update(safe(self._series[-1].title if self._series else ""))
        self.query_one("#trend-count", Static).update(safe(f"{plural(len(rows), 'quarter')}{self._lost}"))
        self.query_one(TrendView).show(rows)

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        worker = get_current_worker()
        found = self._search(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, found)

    def _found(self, series: Sequence[Stop]) -> None:
        self._series = series
        if self.is_mounted:
            self._show()


class SessionTrendScreen(Shown, LiveScreen[None]):
    """The trend up to a session, with the session itself as far as it is."""

    PLACES: ClassVar[tuple[str, ...]] = PLACES
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "trend.tcss"

    def __init__(self, live: ReadableSession, earlier: Sequence[Stop], search: Search, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self._earlier = earlier
        self._search = search
        self._value: ValueFigures | None = None
        self._asked: tuple[object, ...] = ()
        """What the value ratio that was last looked for depends on."""

    def compose(self) -> ComposeResult:
        """Lay out the header, the page and the keys."""
        yield self.top_bar
        yield TrendView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look for the value ratios of the earlier quarters."""
        if any(stop.measures and not stop.value for stop in self._earlier):
            self._look_before()

    def _draw(self) -> None:
        self._show()
        session = self.session
        asked = session.order, session.cards, session.teams, session.decisions
        if not self._asked or any(one is not other for one, other in zip(asked, self._asked, strict=True)):
            self._asked = asked
            self._look(session)

    def _show(self) -> None:
        self.query_one(TrendView).show(self._rows())

    def _rows(self) -> list[Row]:
        session = self.session
        here = Stop(session.id, session.title, session.quarter, True, session.next_session, measures_of(session), self._value, looked_back(session))
        return trend([*self._earlier, here])

    @work(thread=True, group="before")
    def _look_before(self) -> None:
        worker = get_current_worker()
        found = self._search(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found_before, found)

    def _found_before(self, earlier: Sequence[Stop]) -> None:
        self._earlier = earlier
        if self.is_mounted:
            self._show()

    @work(thread=True, exclusive=True)
    def _look(self, session: Session) -> None:
        value, worker = value_of(session), get_current_worker()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, session, value)

    def _found(self, session: Session, value: ValueFigures | None) -> None:
        if self.is_mounted and session.decisions is self.session.decisions and session.order is self.session.order:
            self._value = value
            self._show()
