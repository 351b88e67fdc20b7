"""What Home does with a session besides opening it: rename, follow, archive, reopen, delete."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList

from sessions.commands.base import Command
from sessions.commands.housekeeping import ArchiveSession, RenameSession, ReopenSession
from sessions.library.library import Entry, SessionRef
from sessions.portfolio.models import TITLE_LIMIT
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.host.host import host


class SessionList(OptionList, inherit_bindings=False):
    """The sessions, one of which is chosen. Keys that act on it belong to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", show=False),
        Binding("k,up", "cursor_up", show=False),
        Binding("g,home", "first", show=False),
        Binding("G,end", "last", show=False),
        Binding("pagedown,ctrl+d", "page_down", show=False),
        Binding("pageup,ctrl+u", "page_up", show=False),
    ]


class Keeping(Screen[None]):
    """The part of the library's screen that keeps it in order."""

    show_all = False
    """Whether archived sessions are listed too."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}

    @property
    def sessions(self) -> SessionList:
        """Return the list."""
        return self.query_one(SessionList)

    @property
    def chosen(self) -> Entry | None:
        """Return the session that is selected."""
        option = self.sessions.highlighted_option
        return self._entries.get(option.id or "") if option else None

    def ref(self) -> SessionRef | None:
        """Return the reference of the selected session."""
        entry = self.chosen
        return host(self.app).library.ref(entry) if entry else None

    def look_again(self) -> None:
        """List the sessions as they are now."""
        raise NotImplementedError

    def perform(self, command: Command) -> bool:
        """Run a command on the selected session, list it again, and return whether that succeeded."""
        ref, app = self.ref(), host(self.app)
        done = ref is not None and app.attempt(lambda: app.library.perform(ref, command))
        self.look_again()
        return done

    @work(exclusive=True)
    async def action_rename_session(self) -> None:
        """Ask for another title."""
        if (entry := self.chosen) is None:
            return
        title = await self.app.push_screen_wait(Ask("Rename the session", value=entry.title, limit=TITLE_LIMIT))
        if title:
            self.perform(RenameSession(title=title))

    def action_archive_session(self) -> None:
        """Archive the session; bring it back if it is archived."""
        if (entry := self.chosen) is None:
            return
        title = entry.title or entry.id
        if self.perform(ArchiveSession(archived=not entry.archived)):
            host(self.app).toast(f"{title} is back." if entry.archived else f"{title} is archived. A shows it, a brings it back.")

    def action_show_archived(self) -> None:
        """List archived sessions too, or hide them."""
        self.show_all = not self.show_all
        self.look_again()

    @work(exclusive=True)
    async def action_reopen_session(self) -> None:
        """Reopen a closed session, and show it."""
        if (entry := self.chosen) is None:
            return
        lines = [entry.title or entry.id, "", "It continues from its last event. The record shows that it was closed and reopened."]
        if await self.app.push_screen_wait(Confirm("Reopen the session?", lines, yes="reopens it")) and self.perform(ReopenSession()):
            await self.run_action("open_session")

    @work(exclusive=True)
    async def action_delete_session(self) -> None:
        """Move the session to the trash, after asking."""
        entry, ref, app = self.chosen, self.ref(), host(self.app)
        if entry is None or ref is None:
            return
        lines = [entry.title or entry.id, "", "It is moved to the trash: from there it can only be brought back by hand."]
        if await self.app.push_screen_wait(Confirm("Delete the session?", lines, yes="deletes it", key="X")):
            where = list[str]()
            if app.attempt(lambda: where.append(app.library.delete(ref))):
                app.toast(f"Deleted: moved to {where[0]}.")
            self.look_again()

    def action_follow_session(self) -> None:
        """Begin the session after the chosen one."""
        if (ref := self.ref()) is not None:
            host(self.app).attempt(lambda: host(self.app).go.new_session(ref))
