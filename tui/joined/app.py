"""The app of a participant's terminal."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from tui.dialogs.help import Help
from tui.host.actions import bindings_of
from tui.host.typing_ahead import TypingAhead
from tui.terminal.crash_report import sentence, write_crash
from tui.terminal.ownership import driver_class
from tui.terminal.signals import end_on_signals
from tui.themes import DARK, LIGHT, put_on, variable_defaults


class JoinedApp(App[None]):
    """A seat in a room, or the audience's window with `watch`."""

    TITLE = "Quarterdeck"
    CSS_PATH: ClassVar[str | PurePath] = Path(__file__).parent.parent / "app" / "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("everywhere.back", "everywhere.help", "everywhere.theme", "everywhere.quit")

    def __init__(self, screen: Screen[None], again: str, *, theme: str = "") -> None:
        """`again` is the command that opens it anew."""
        super().__init__(driver_class=driver_class())
        self._first, self._again = screen, again
        self.problem = ""
        self._typing_ahead = TypingAhead(self, super().on_event)
        put_on(self, theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the card colours to themes that have none of their own."""
        return variable_defaults(dark=self.current_theme.dark)

    def on_load(self) -> None:
        """Handle signals before the driver takes the terminal."""
        if not self.is_headless:
            end_on_signals(self)

    async def on_event(self, event: events.Event) -> None:
        """Take an event; a key or a paste waits until the one before it has been handled."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self._typing_ahead.take(event)
        else:
            await super().on_event(event)

    def on_mount(self) -> None:
        """Open the one screen."""
        self.push_screen(self._first)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self.is_headless:
            super()._handle_exception(error)
            return
        # Textual would print a traceback with local variables, which may be a vote.
        self.problem = self.problem or sentence(cause, write_crash(cause), self._again)
        self.exit(return_code=1)

    def action_help(self) -> None:
        """Show what the keys do."""
        if not isinstance(self.screen, Help):
            self.push_screen(Help(getattr(self.screen, "PLACES", ())))

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT if self.theme == DARK else DARK

    async def action_back(self) -> None:
        """Leave the room; the seat stays."""
        self.exit()
