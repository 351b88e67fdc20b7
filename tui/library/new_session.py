"""A new session: choose a portfolio file or an earlier session, see what was read, say what it is called, begin. Nothing is created before."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DirectoryTree, Input, Label, Static

from sessions.errors import QuarterdeckError
from sessions.imports.columns import NOTHING_CHOSEN, Chosen
from sessions.imports.formats.report import PeopleReport
from sessions.imports.people import load_people
from sessions.imports.portfolio import LoadReport, load_portfolio
from sessions.library.following import Followed, begin, doubts, find_offer, next_quarter
from tui.environment import SystemClock, folder_of
from tui.host.host import host
from tui.library.before import Before
from tui.library.reading import BROWSING, CHOOSING, READY, first_titles, key_line, report_lines
from tui.library.unclear import ask_unclear
from tui.paths import is_folder, named
from tui.text import plain, safe
from tui.widgets.file_picker import FilePicker, PathSuggester
from tui.widgets.inputs import LineInput
from tui.widgets.one_of import OneOf

_LABELS = {"title": "Title", "quarter": "Quarter", "people": "People file"}
_HINTS = {
    "title": "what the session is called",
    "quarter": "2026-Q4",
    "people": "optional: who is in the room, as CSV, Excel or JSON",
}


class NewSessionScreen(Screen[None]):
    """Begin a session; with `path` the file is read immediately. `today` decides which quarter is proposed.

    `title`, `quarter` and `people` fill their fields; `minutes` is the length of the session, 0 if the portfolio says. `after` is the session that
    it is to follow; without it, one that has cards of the file is offered. `columns` were chosen for the file.
    """

    PLACES: ClassVar[tuple[str, ...]] = ()
    CSS_PATH = "new_session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pagedown", "scroll_read(1)", show=False),
        Binding("pageup", "scroll_read(-1)", show=False),
    ]

    def __init__(
        self,
        path: Path | None,
        *,
        columns: Chosen = NOTHING_CHOSEN,
        title: str = "",
        quarter: str = "",
        people: Path | None = None,
        minutes: int = 0,
        today: date | None = None,
        after: Followed | None = None,
    ) -> None:
        super().__init__()
        self._path = path
        self._given = {"title": title, "quarter": quarter, "people": str(people or "")}
        self._minutes = minutes
        self._today = today or date.fromisoformat(SystemClock().now()[:10])
        self._folder = Path.cwd()
        self._columns = {self._folder / (path or ""): columns}
        self.report: LoadReport | None = None
        self._people: PeopleReport | None = None
        self._after, self._ready = after, False

    def compose(self) -> ComposeResult:
        """Lay out the file, below it the picker or what was read, and the line that says what the keys do."""
        complete = PathSuggester(self._folder)
        yield Static("New session", id="new-heading")
        with Horizontal(classes="new-field"):
            yield Label("Portfolio file", classes="new-label")
            yield LineInput(
                str(self._path or ""), placeholder="portfolio.csv", suggester=complete, max_length=4096, id="new-file", select_on_focus=False
            )
        yield Static("", id="new-error")
        yield FilePicker(self._folder, id="new-picker")
        with Vertical(id="new-preview"):
            for name, label in _LABELS.items():
                with Horizontal(classes="new-field"):
                    yield Label(safe(label), classes="new-label")
                    suggester = complete if name == "people" else None
                    yield LineInput(placeholder=_HINTS[name], suggester=suggester, max_length=1000, id=f"new-{name}", select_on_focus=False)
            yield Before()
            with VerticalScroll(id="new-read", can_focus=False):
                yield Static("", id="new-sentences")
        yield Static("", id="new-keys")

    def on_mount(self) -> None:
        """Begin with the file."""
        self.query_one(FilePicker).show_guides = False
        self.query_one(FilePicker).guide_depth = 2
        self._complain("")
        self._draw()
        self.query_one("#new-file", Input).focus()
        if self._path is not None or self._after is not None:
            self.read(self._path)

    @on(Input.Submitted, "#new-file")
    def read_typed(self, event: Input.Submitted) -> None:
        """Read the file that was typed, or browse the folder that was typed."""
        if not event.value.strip():
            self.read(None) if self._after else self.query_one(FilePicker).focus()
            return
        path = named(event.value, self._folder)
        if is_folder(path):
            self.query_one(FilePicker).browse(path)
            self.query_one(FilePicker).focus()
            return
        self.read(path)

    @on(Input.Changed, "#new-file")
    def choose_again(self) -> None:
        """Forget what was read: another path is being typed."""
        if self._ready and not self._is_read():
            self.report, self._ready = None, False
        self._complain("")
        self._draw()

    @on(DirectoryTree.FileSelected)
    def read_picked(self, event: DirectoryTree.FileSelected) -> None:
        """Read the file that was picked."""
        with self.prevent(Input.Changed):
            self._file.value = str(event.path)
        self._file.cursor_position = len(self._file.value)
        self.read(event.path)

    @work(exclusive=True)
    async def read(self, path: Path | None) -> None:
        """Read a file, and the session before it, and show what was found. A large one does not hold the screen up."""
        self._complain("")
        library = host(self.app).library
        try:
            report = await asyncio.to_thread(load_portfolio, path, self._columns.get(self._folder / path, NOTHING_CHOSEN)) if path else None
            brought, earlier = report.portfolio if report else None, self._after.session if self._after else None
            quarter = next_quarter(earlier, self._given["quarter"], brought, self._today)
            offered = self._after or (await asyncio.to_thread(find_offer, library, brought, quarter) if brought else None)
        except QuarterdeckError as error:
            self._complain(str(error))
            return
        self._path, self.report, self._ready = path, report, True
        doubted = not self._after and offered is not None and bool(doubts(offered, quarter))
        await self._before.offer(offered, shown=report is not None, chosen=not doubted)
        self._field("quarter").value = quarter
        self._field("people").value = self._given["people"]
        self._carry()
        self._field("title").value = self._given["title"] or self._before.title(library, report, quarter)
        self._draw_read()
        self._draw()
        self._field("title").focus()

    @on(OneOf.Changed)
    def choose_before(self) -> None:
        """Show what comes from the earlier session, or that nothing does."""
        self._complain("")
        self._carry()
        self._draw_read()

    def _carry(self, answers: Mapping[str, str] | None = None) -> bool:
        """Carry the chosen session over, and return whether that can be; if not, say why."""
        quarter, people = plain(self._field("quarter").value), self._people.people if self._people else ()
        return self._attempt(lambda: self._before.carry(self.report, quarter, people, self._today, answers))

    def _attempt(self, action: Callable[[], object]) -> bool:
        """Run an action, and return whether it succeeded; show why not."""
        try:
            action()
        except QuarterdeckError as error:
            self._complain(str(error))
            return False
        return True

    @on(Input.Changed, "#new-people")
    def look_at_people(self) -> None:
        """Read the participants as soon as their field names a file, so that its report is visible before the session begins."""
        self._read_people(self._field("people").value.strip())

    @work(exclusive=True, group="people")
    async def _read_people(self, typed: str) -> None:
        path = named(typed, self._folder)
        self._people = None
        if typed and os.path.isfile(path):  # noqa: PTH113 - False for any name
            with contextlib.suppress(QuarterdeckError):  # said when the session is to begin
                self._people = await asyncio.to_thread(load_people, path)
        self._draw_read()

    @property
    def _file(self) -> Input:
        return self._field("file")

    @property
    def _before(self) -> Before:
        return self.query_one(Before)

    def _field(self, name: str) -> Input:
        return self.query_one(f"#new-{name}", Input)

    def _is_read(self) -> bool:
        typed = self._file.value
        return named(typed, self._folder) == self._folder / self._path if self._path else not typed.strip()

    @on(Input.Submitted, "#new-title, #new-quarter, #new-people")
    @on(OneOf.Accepted)
    def begin(self) -> None:
        """Create the session and show it; ask first what cannot be known."""
        self._complain("")
        if self._ready and self._attempt(self._take_people) and self._carry():
            self._ask_and_begin() if self._before.asks else self._attempt(self._create)

    def _take_people(self) -> None:
        typed = self._field("people").value.strip()
        self._people = load_people(named(typed, self._folder)) if typed else None

    @work(exclusive=True, group="begin")
    async def _ask_and_begin(self) -> None:
        answers = await ask_unclear(self.app, *self._before.after, self._before.doubts) if self._before.after else None
        if answers is not None and self._carry(answers):
            self._attempt(self._create)

    def _create(self) -> None:
        report, people = self.report, self._people
        opened = begin(
            host(self.app).library,
            report.portfolio if report else None,
            self._before.after,
            title=plain(self._field("title").value),
            quarter=plain(self._field("quarter").value),
            source=report.source if report else "",
            folder=folder_of(self._path) if self._path else "",
            read=[line for each in self._reports() for line in each.sentences()],
            people=people.people if people else (),
            minutes=self._minutes,
        )
        host(self.app).go.board(opened, replace=True)

    def action_scroll_read(self, by: int) -> None:
        """Scroll the report by a page, from any field."""
        read = self.query_one("#new-read")
        read.scroll_relative(y=by * max(1, read.size.height - 1), animate=False)

    def leave(self) -> None:
        """Go back: from what was read to the file, from the file to where this screen was opened from."""
        if not self._ready:
            # Without a screen below, going back means leaving.
            if len(self.app.screen_stack) > 1:
                self.dismiss()
            else:
                self.app.exit()
            return
        self.report, self._ready = None, False
        self._draw()
        self._file.focus()

    @on(Input.Blurred)
    def show_keys(self) -> None:
        """Show the keys for the new focus."""
        self.call_after_refresh(self._draw_keys)

    def on_descendant_focus(self) -> None:
        """Show the keys for the current focus."""
        self._draw_keys()

    def _draw(self) -> None:
        self.query_one(FilePicker).display = not self._ready
        self.query_one("#new-preview").display = self._ready
        self._draw_keys()

    def _reports(self) -> list[LoadReport | PeopleReport]:
        return [each for each in (self.report, self._people) if each]

    def _draw_read(self) -> None:
        lines = [*map(report_lines, self._reports()), *self._before.lines()]
        self.query_one("#new-sentences", Static).update(Content("\n").join([*lines, first_titles(self.report, self._before.carried)]))

    def _draw_keys(self) -> None:
        keys = READY if self._ready else BROWSING if self.query_one(FilePicker).has_focus else CHOOSING
        self.query_one("#new-keys", Static).update(key_line(keys))

    def _complain(self, text: str) -> None:
        error = self.query_one("#new-error", Static)
        error.update(safe(text))
        error.display = bool(text)
