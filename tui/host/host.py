"""What a screen may ask of the app that shows it. Screens do not import the app, which is above them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from textual.app import App

from sessions.library.library import Library, OpenSession
from sessions.live.ports import ReadableSession
from tui.host.navigation import Navigation
from tui.host.progress import Progress
from tui.host.shared import RoomOptions, SharedRoom


class Host(Protocol):
    """The app, as screens know it."""

    library: Library
    go: Navigation
    shared: SharedRoom | None
    """The room that devices join, once it is open."""
    room_options: RoomOptions
    """What the command line says about it."""
    open_sessions: list[OpenSession]

    @property
    def count(self) -> int:
        """Return how often the key of the current action was pressed: more than once only for actions in the screen's TAKES_COUNT."""

    def progress(self, live: ReadableSession) -> Progress:
        """Return what was done in a meeting without being recorded."""

    def toast(self, text: str, *, warning: bool = False) -> None:
        """Show a short message over the screen."""

    def attempt(self, action: Callable[[], object]) -> bool:
        """Run an action; if it breaks a rule, show the rule's sentence."""

    def keep_open(self, opened: OpenSession) -> None:
        """Remember a session that must be closed at the end."""

    def let_go(self, opened: OpenSession) -> None:
        """Close a session's file, so that another window can open it."""


def host(app: App[object]) -> Host:
    """Return the app as screens know it."""
    return cast("Host", app)
