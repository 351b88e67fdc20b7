"""The app of a participant's terminal."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from tui.dialogs.help import Help
from tui.host.actions import bindings_of
from tui.host.terminal_app import TerminalApp


class JoinedApp(TerminalApp):
    """A seat in a room, or the audience's window with `watch`."""

    CSS_PATH: ClassVar[str | PurePath] = Path(__file__).parent.parent / "app" / "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("everywhere.back", "everywhere.help", "everywhere.theme", "everywhere.quit")

    def __init__(self, screen: Screen[None], again: str, *, theme: str = "") -> None:
        """`again` is the command that reopens it."""
        super().__init__(theme=theme)
        self._first, self._again = screen, again

    def command_again(self) -> str:
        """Return the command that reopens it."""
        return self._again

    def on_mount(self) -> None:
        """Open the one screen."""
        self.push_screen(self._first)

    def action_help(self) -> None:
        """Show what the keys do."""
        if not isinstance(self.screen, Help):
            self.push_screen(Help(getattr(self.screen, "PLACES", ())))

    async def action_back(self) -> None:
        """Leave the room; the seat stays."""
        self.exit()
