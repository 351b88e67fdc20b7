"""Home: the library, its sessions by quarter or by series. From here a session is begun, opened, replayed, or read as its summary."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sessions.errors import QuarterdeckError
from sessions.library.library import Entry, HeldError, ReadSession, SessionRef
from sessions.library.series import CLOSED
from sessions.wording import plural
from tui.dialogs.confirm import Confirm
from tui.host.actions import bindings
from tui.host.host import host
from tui.host.key_bar import KeyBar, offered
from tui.library.keeping import Keeping, SessionList
from tui.library.rows import grouped, heading, now_line, session_row
from tui.paths import short_place
from tui.text import plain, safe

_NEEDS_A_SESSION = {"open_session", "replay_session", "read_summary", "rename_session", "follow_session", "archive_session", "trend"}
_NARROW = 60
_MARGINS = 3
"""Cells beside a row: its padding in the stylesheet, and the scrollbar."""
_WELCOME = (
    ("Nothing here yet.\n\n", "bold"),
    "A session begins with a portfolio: a CSV, Excel or JSON file, or what Jira and other tools export.\n",
    "A column of titles is enough; every further column unlocks something.\n\n",
    ("n", "bold $accent"),
    "   choose a file and begin\n",
    ("d", "bold $accent"),
    "   look around in the demo first: 24 projects\n\n",
    ("On the command line it is  quarterdeck new portfolio.csv", "$text-muted"),
)


class HomeScreen(Keeping):
    """The library."""

    PLACES: ClassVar[tuple[str, ...]] = ("home",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "home.tcss"

    _known: frozenset[str] = frozenset()
    _archived = 0
    _drawn_at = 0

    def compose(self) -> ComposeResult:
        """Lay out the header, the list or the welcome, and the keys."""
        with Horizontal(id="home-top"):
            yield Static("Quarterdeck", id="home-name")
            yield Static("", id="home-folder")
            yield Static("", id="home-count")
        yield Static("", id="home-now")
        yield SessionList(id="home-sessions")
        with VerticalScroll(id="home-welcome", can_focus=False):
            yield Static(Content.assemble(*_WELCOME))
        yield KeyBar(lambda: [each for each in offered(self) if each.name != "back"])

    def on_screen_resume(self) -> None:
        """Look into the folder again: another screen or another window may have changed it."""
        self.look_again()

    def look_again(self) -> None:
        """List the sessions as they are now."""
        entries: list[Entry] = []
        try:
            entries = host(self.app).library.entries()
        except QuarterdeckError as error:
            host(self.app).toast(str(error), warning=True)
        self._known = frozenset(entry.session for entry in entries)
        self._archived = sum(entry.archived for entry in entries)
        self._entries = {entry.file: entry for entry in entries if self.show_all or not entry.archived}
        self._draw()

    def on_resize(self) -> None:
        """Lay the columns out again when the width has changed."""
        self.set_class(self.size.width < _NARROW, "-narrow")
        if self._drawn_at != self.size.width:
            self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the selected session, and with this library."""
        entry = self.chosen
        match action:
            case "reopen_session":
                return entry is not None and entry.state == CLOSED
            case "delete_session":
                return entry is not None and host(self.app).library.can_delete
            case "show_archived":
                return self._archived > 0
        return action not in _NEEDS_A_SESSION or entry is not None

    def _draw(self) -> None:
        """Draw header and list, keeping the session selected."""
        if not self.is_mounted:
            return
        self._drawn_at = width = self.size.width
        self._draw_header(width)
        sessions, chosen = self.sessions, self.chosen
        sessions.display = bool(self._entries)
        self.query_one("#home-welcome").display = not self._entries
        room = max(1, width - _MARGINS)
        options: list[Option] = []
        for group in grouped(self._entries.values()):
            options.append(Option(heading(group), disabled=True))
            options += [Option(session_row(entry, room, quarter=group.series), id=entry.file) for entry in group.entries]
        sessions.set_options(options)
        kept = chosen.file if chosen and chosen.file in self._entries else self._to_resume()
        sessions.highlighted = sessions.get_option_index(kept) if kept else None
        if self._entries:
            sessions.focus()
        self._follow()

    def _to_resume(self) -> str:
        """Return the latest session that is still open, else the first one; nothing if there is none."""
        groups = grouped(self._entries.values())
        still_open = (entry.file for entry in self._entries.values() if entry.state != CLOSED and not entry.problem and not entry.archived)
        return next(still_open, groups[0].entries[0].file if groups else "")

    @on(OptionList.OptionHighlighted, "#home-sessions")
    def follow(self) -> None:
        """Show what enter does with the session that is selected now."""
        self._follow()

    def _follow(self) -> None:
        entry = self.chosen
        lost = entry is not None and bool(entry.after) and entry.after not in self._known
        self.query_one("#home-now", Static).update(now_line(entry, self.size.width - _MARGINS, lost=lost) if entry else "")
        self.query_one(KeyBar).refresh()
        self.refresh_bindings()

    def _draw_header(self, width: int) -> None:
        count = plural(len(self._entries), "session") if self._entries else ""
        if self._archived:
            count += f"{' · ' if count else ''}{self._archived} archived{'' if self.show_all else ' (A shows)'}"
        self.query_one("#home-count", Static).update(safe(count))
        room = width - len("Quarterdeck") - len(count) - 6
        self.query_one("#home-folder", Static).update(safe(short_place(host(self.app).library.location, max(1, room))))

    @on(OptionList.OptionSelected, "#home-sessions")
    def open_clicked(self) -> None:
        """Open a session that was clicked."""
        self.action_open_session()

    @work(exclusive=True)
    async def action_open_session(self) -> None:
        """Open the session, or resume it; where another window has it, offer to read it."""
        ref = self.ref()
        if ref is None:
            return
        try:
            self._show_session(ref)
        except HeldError as error:
            if error.can_be_taken:
                await self._read_or_take_over(ref, error.holder)
                return
            lines = [str(error), "Meanwhile you can read it here; nothing that you do will be recorded."]
            if await self.app.push_screen_wait(Confirm("The session is open in another window", lines, yes="opens it for reading")):
                host(self.app).attempt(lambda: self._show_session(ref, read_only=True))
        except QuarterdeckError as error:
            host(self.app).toast(str(error), warning=True)

    async def _read_or_take_over(self, ref: SessionRef, holder: str) -> None:
        """Ask what to do with a session that another window leads on a server."""
        from tui.dialogs.choose import Choice, Choose  # noqa: PLC0415 - only where others can be there

        choices = [Choice("read", "Read it here", "it follows what happens"), Choice("lead", "Take it over", "the other window can then only read")]
        answer = await self.app.push_screen_wait(Choose(f"It is led from {plain(holder)}", choices, digits="12"))
        if answer == "read":
            host(self.app).attempt(lambda: self._show_session(ref, read_only=True))
        elif answer == "lead":
            from sessions.library.taking_over import take_over  # noqa: PLC0415 - as above

            host(self.app).attempt(lambda: host(self.app).go.board(take_over(host(self.app).library, ref)))

    def _show_session(self, ref: SessionRef, *, read_only: bool = False) -> None:
        """Open a session's file and show the session. Raises RecordError."""
        host(self.app).go.board(host(self.app).library.open(ref, read_only=read_only))

    def action_new_session(self) -> None:
        """Begin a session from a file."""
        host(self.app).go.new_session()

    def action_replay_session(self) -> None:
        """Replay the session as far as it can be read."""
        self._read(lambda found: host(self.app).go.replay(found.recordeds))

    def action_read_summary(self) -> None:
        """Show the session's summary as far as it can be read."""
        self._read(lambda found: host(self.app).go.summary(found.session))

    def action_trend(self) -> None:
        """Show the trend of the session's series."""
        entry = self.chosen
        if entry is not None:
            host(self.app).attempt(lambda: host(self.app).go.trend(entry))

    def show_summary(self) -> None:
        """Show the summary of the selected session."""
        self.action_read_summary()

    def _read(self, go: Callable[[ReadSession], None]) -> None:
        """Read the selected session without opening it, and show a screen of what is whole of it."""
        ref, app = self.ref(), host(self.app)
        if ref is None:
            return

        def show() -> None:
            found = app.library.read(ref)
            go(found)
            if found.problem:
                app.toast(found.problem, warning=True)

        app.attempt(show)

    def action_demo(self) -> None:
        """Open the demo, in a library of its own."""
        host(self.app).attempt(host(self.app).go.demo)
