"""What every app of ours has in common: its themes, keys that wait for each other, an orderly end, and a crash that is one sentence."""

from __future__ import annotations

from rich.console import RenderableType
from textual import events
from textual.app import App, ScreenError
from textual.css.query import QueryError
from textual.widget import MountError
from textual.worker import WorkerFailed

from tui.host.typing_ahead import TypingAhead
from tui.terminal.crash_report import sentence, write_crash
from tui.terminal.ownership import driver_class
from tui.terminal.signals import end_on_failed_callbacks, end_on_signals
from tui.terminal.stray_output import print_to_stderr
from tui.themes import DARK, LIGHT, put_on, variable_defaults


class TerminalApp(App[None]):
    """An app in a terminal. `problem` is what to print when it has ended by a crash."""

    TITLE = "Quarterdeck"

    def __init__(self, *, theme: str = "") -> None:
        super().__init__(driver_class=driver_class())
        self.problem = ""
        self.is_ending = False
        self._typing_ahead = TypingAhead(self, super().on_event)
        put_on(self, theme)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme; none of Textual's own theme, which it asks for before ours are registered."""
        return super().get_css_variables() if DARK in self.available_themes else {}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the card colours for themes that have none of their own."""
        return variable_defaults(dark=self.current_theme.dark)

    def on_load(self) -> None:
        """Handle signals and failed callbacks, before the driver takes the terminal."""
        if not self.is_headless:
            end_on_signals(self)
        end_on_failed_callbacks(self._handle_exception)

    def on_mount(self) -> None:
        """Print to stderr, which goes to a file while the screen is shown."""
        if not self.is_headless:
            print_to_stderr()

    def on_resize(self) -> None:
        """Draw everything again: after a stop the driver sends the size again, and a shell may have written over the screen."""
        self.refresh()

    async def on_event(self, event: events.Event) -> None:
        """Take an event; a key or a paste waits until the one before it has been handled."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self._typing_ahead.take(event)
        else:
            if isinstance(event, events.MouseDown):
                self._typing_ahead.catch_up()
            await super().on_event(event)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the app; keys that still wait are dropped."""
        self.is_ending = True
        self._typing_ahead.drop()
        super().exit(result, return_code, message)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self.is_headless:
            super()._handle_exception(error)
        elif not (self.is_ending and isinstance(cause, (QueryError, ScreenError, MountError))):  # unfinished work finds its screen gone
            # Textual would print a traceback with local variables, which may be votes. What fails after the first error is most likely its echo.
            self.problem = self.problem or sentence(error, write_crash(error), self.command_again())
            self.exit(return_code=1)

    def command_again(self) -> str:
        """Return the command that opens the same again after a crash, or nothing."""
        return ""

    def action_theme(self) -> None:
        """Switch between dark and light."""
        self.theme = LIGHT if self.theme == DARK else DARK
