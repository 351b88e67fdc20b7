"""The app: it wires themes, keys and the library together, and opens the first screen. What happens on a screen is the screen's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import ClassVar
from weakref import WeakKeyDictionary

from textual import events
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from sessions.errors import QuarterdeckError
from sessions.library.library import Library, OpenSession
from sessions.live.ports import ReadableSession
from tui.app.config import user_config
from tui.app.navigation import Navigator
from tui.environment import resume_command
from tui.host.actions import actions_at, bindings, keymap
from tui.host.progress import Progress
from tui.host.shared import AS_USUAL, RoomOptions, SharedRoom
from tui.host.terminal_app import TerminalApp
from tui.text import plain
from tui.themes import DARK

FirstScreen = Callable[["QuarterdeckApp"], Screen[None]]


class QuarterdeckApp(TerminalApp):
    """Quarterdeck in a terminal. `first` makes the screen to begin with; the library is where `home` looks."""

    # The board's style sheet comes with the app's: loading it later would parse all of them again.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "../board/board.tcss"]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere", prefix="app.")
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, library: Library, first: FirstScreen, *, theme: str = "", room: RoomOptions = AS_USUAL) -> None:
        super().__init__(theme=theme)
        self.library = library
        self.go = Navigator(self)
        self.shared: SharedRoom | None = None
        self.room_options = room
        self._first = first
        self._theme_wanted = theme
        self.open_sessions: list[OpenSession] = []
        self._progress: WeakKeyDictionary[ReadableSession, Progress] = WeakKeyDictionary()
        self._said = ""
        self._presses = self._said_after = 0

    def on_mount(self) -> None:
        """Remove a screen's short messages when the screen changes."""
        self.screen_change_signal.subscribe(self, self._forget_messages, immediate=True)

    def get_default_screen(self) -> Screen[None]:
        """Apply the config and make the first screen, in place of Textual's blank one, which would be laid out and drawn first."""
        config, wrong = user_config()
        theme = self._theme_wanted or str(config.get("theme", DARK))
        self.theme = theme if theme in self.available_themes else DARK
        if theme != self.theme:
            wrong = wrong or f"The config's theme {theme!r} is not known."
        keys = config.get("keys")
        if isinstance(keys, dict):
            keymap_, unknown = keymap({str(name): str(value) for name, value in keys.items()})
            self.set_keymap(keymap_)
            wrong = wrong or (f"The config binds keys to unknown actions: {', '.join(unknown)}." if unknown else "")
        if wrong:
            self.call_later(self.toast, wrong, warning=True)
        screen = self._first(self)
        for path in screen.css_path:
            if not self.stylesheet.has_source(str(path)):
                self.stylesheet.read(path)
        if self.room_options.asked:
            self.call_after_refresh(self._invite)
        return screen

    def _invite(self) -> None:
        """Show how people join the session that was opened."""
        for opened in self.open_sessions[-1:]:
            self.go.invite(opened.live, read_only=opened.read_only)

    async def on_event(self, event: events.Event) -> None:
        """Take an event, and count what the user presses."""
        self._presses += isinstance(event, (events.Key, events.MouseDown))
        await super().on_event(event)

    @property
    def count(self) -> int:
        """Return how often the key of the current action was pressed: more than once only for actions in the screen's TAKES_COUNT."""
        return self._typing_ahead.count

    def progress(self, live: ReadableSession) -> Progress:
        """Return what was done in a meeting without being recorded."""
        return self._progress.setdefault(live, Progress())

    def toast(self, text: str, *, warning: bool = False) -> None:
        """Show a short message over the screen; the same message again replaces itself."""
        if text == self._said:
            self.clear_notifications()
        self._said, self._said_after = text, self._presses
        self.notify(plain(text), severity="warning" if warning else "information", timeout=6, markup=False)

    def _forget_messages(self, _screen: Screen[object]) -> None:
        """Remove the short messages of the previous screen, but not what the same key said."""
        if self._said_after < self._presses:
            self.clear_notifications()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return every action of the screen in front for the palette."""
        places = getattr(screen, "PLACES", ())
        for action in actions_at(*places):
            if screen.check_action(action.name, ()):
                yield SystemCommand(f"{action.help}", f"{action.shown}", self._runner(screen, action.name))
        for action in actions_at("everywhere"):
            yield SystemCommand(f"{action.help}", f"{action.shown}", self._runner(self, action.name))

    def _runner(self, target: Screen[object] | QuarterdeckApp, name: str) -> Callable[[], None]:
        async def run() -> None:
            await target.run_action(name)

        def later() -> None:
            self.call_later(run)

        return later

    def keep_open(self, opened: OpenSession) -> None:
        """Remember an open session, to close it at the end."""
        self.open_sessions.append(opened)
        opened.live.report_to(self._fail_with)
        if opened.handle.shared:
            from tui.app.others import follow_others

            follow_others(self, opened, lambda: opened in self.open_sessions)

    def _fail_with(self, error: Exception) -> None:
        """End with a report of an error that a screen raised while drawing an event; the event is recorded."""

        def fail() -> None:
            raise error

        self.call_later(fail)

    def let_go(self, opened: OpenSession) -> None:
        """Close a session, so that another window can open it."""
        if self.shared and self.shared.opened is opened:
            self.shared.leave()
            self.run_worker(self.shared.stop())
            self.shared = None
        opened.close()
        self.open_sessions = [each for each in self.open_sessions if each is not opened]

    async def on_unmount(self) -> None:
        """Close the room and every session."""
        if self.shared:
            self.shared.leave()
            await self.shared.stop()
            self.shared = None
        for opened in tuple(self.open_sessions):
            self.let_go(opened)

    def attempt(self, action: Callable[[], object]) -> bool:
        """Run an action; show the sentence of a refusal. Return whether it succeeded."""
        try:
            action()
        except QuarterdeckError as error:
            self.toast(str(error), warning=True)
            return False
        return True

    def command_again(self) -> str:
        """Return the command that reopens the session; empty if its library is temporary."""
        session = self.library.argument(self.open_sessions[-1].ref) if self.open_sessions else "last"
        return resume_command(self.library.location, session)

    # --- everywhere

    def action_help(self) -> None:
        """Show what the keys do."""
        from tui.dialogs.help import Help

        if not isinstance(self.screen, Help):
            self.push_screen(Help(getattr(self.screen, "PLACES", ())))

    def action_command_palette(self) -> None:
        """Open the palette."""
        from tui.dialogs.palette import Palette

        if self.use_command_palette and not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_curtain(self) -> None:
        """Draw the curtain."""
        from tui.dialogs.curtain import Curtain

        if not isinstance(self.screen, Curtain):
            self._cover_pages(drawn=True)
            self.push_screen(Curtain(), lambda _: self._cover_pages(drawn=False))

    def _cover_pages(self, *, drawn: bool) -> None:
        if self.shared:
            self.shared.draw_curtain(drawn=drawn)

    def action_spotlight(self) -> None:
        """Fill the screen with the one thing that the room looks at, or go back from there."""
        getattr(self.screen, "show_spotlight", lambda: None)()

    async def action_back(self) -> None:
        """Go back one screen; the first screen quits."""
        leave = getattr(self.screen, "leave", None)
        if leave is not None:
            leave()
        elif len(self.screen_stack) > 1:
            self.screen.dismiss()  # with an answer, because a worker may be waiting for one
        else:
            self.exit()

    async def action_quit(self) -> None:
        """Quit; a screen with something to lose asks first."""
        from tui.dialogs.confirm import Confirm

        if isinstance(self.screen, Confirm):
            return  # it is asking already
        # A dialog has nothing to lose itself; the screen below it may.
        asks = (getattr(screen, "quit", None) for screen in reversed(self.screen_stack))
        ask = next((each for each in asks if each is not None), None)
        if ask is not None:
            ask()
        else:
            self.exit()

    def action_summary(self) -> None:
        """Show the summary of the session in front, if there is one."""
        getattr(self.screen, "show_summary", lambda: None)()
