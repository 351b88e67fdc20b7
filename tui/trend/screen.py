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
from sessions.quarters.trend.rows import Stop, trend
from sessions.state.session import Session
from sessions.wording import plural
from tui.host.actions import bindings
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.text import safe
from tui.trend.view import TrendView


class Shown(Screen[None]):
    """What both screens of a trend do with its page. `_series` are the sessions of it, whose missing value ratios `_search` finds."""

    PLACES: ClassVar[tuple[str, ...]] = ("trend",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "trend.tcss"
    _series: Sequence[Stop]
    _search: Search

    def show_page(self) -> None:
        """Show what is known."""
        raise NotImplementedError

    @work(thread=True, group="before")
    def look_for_values(self) -> None:
        """Find the missing value ratios beside the keys."""
        worker = get_current_worker()
        found = self._search(lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found_values, found)

    def _found_values(self, series: Sequence[Stop]) -> None:
        self._series = series
        if self.is_mounted:
            self.show_page()

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
        self.show_page()
        self.look_for_values()

    def show_page(self) -> None:
        """Show what is known, and whose trend it is."""
        rows = trend(self._series)
        self.query_one("#trend-name", Static).update(safe(self._series[-1].title if self._series else ""))
        self.query_one("#trend-count", Static).update(safe(f"{plural(len(rows), 'quarter')}{self._lost}"))
        self.query_one(TrendView).show(rows)


class SessionTrendScreen(Shown, LiveScreen[None]):
    """The trend up to a session, with the session itself as far as it is."""

    def __init__(self, live: ReadableSession, earlier: Sequence[Stop], search: Search, *, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self._series = earlier
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
        if any(stop.measures and not stop.value for stop in self._series):
            self.look_for_values()

    def _draw(self) -> None:
        self.show_page()
        session = self.session
        asked = session.order, session.cards, session.teams, session.decisions
        if not self._asked or any(one is not other for one, other in zip(asked, self._asked, strict=True)):
            self._asked = asked
            self._look(session)

    def show_page(self) -> None:
        """Show what is known, with the session as far as it is."""
        session = self.session
        here = Stop(session.id, session.title, session.quarter, True, session.next_session, measures_of(session), self._value, looked_back(session))
        self.query_one(TrendView).show(trend([*self._series, here]))

    @work(thread=True, exclusive=True)
    def _look(self, session: Session) -> None:
        value, worker = value_of(session), get_current_worker()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, session, value)

    def _found(self, session: Session, value: ValueFigures | None) -> None:
        if self.is_mounted and session.decisions is self.session.decisions and session.order is self.session.order:
            self._value = value
            self.show_page()
