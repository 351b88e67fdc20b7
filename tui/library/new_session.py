"""A new session: choose a portfolio file, see what was read of it, say what the session is called, and begin. Nothing is created before."""

from __future__ import annotations

import asyncio
import contextlib
import os
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
from sessions.imports.formats.report import PeopleReport
from sessions.imports.people import load_people
from sessions.imports.portfolio import LoadReport, load_portfolio
from sessions.library.library import OpenSession
from sessions.portfolio.models import coming_quarter
from tui.environment import SystemClock, folder_of
from tui.host.host import host
from tui.paths import is_folder, named
from tui.text import plain, safe
from tui.widgets.file_picker import FilePicker, PathSuggester
from tui.widgets.inputs import LineInput

Keys = tuple[tuple[str, str], ...]

_CHOOSING: Keys = (("→", "completes the path"), ("enter", "reads the file"), ("↓", "browse"), ("esc", "back"))
_BROWSING: Keys = (("↑ ↓", "choose"), ("enter", "opens"), ("←", "the folder above"), ("esc", "back"))
_READY: Keys = (("enter", "begins the session"), ("↓", "next field"), ("esc", "back to the file"))
_LABELS = {"title": "Title", "quarter": "Quarter", "people": "People file"}
_HINTS = {
    "title": "what the session is called",
    "quarter": "2026-Q4",
    "people": "optional: who is in the room, as CSV, Excel or JSON",
}


_SHOWN = 12
"""Cards that are named before the session begins."""


class NewSessionScreen(Screen[None]):
    """Begin a session; with `path` the file is read immediately. `today` decides which quarter is proposed.

    `title`, `quarter` and `people` fill their fields; `minutes` is the length of the session, 0 if the portfolio says.
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
        title: str = "",
        quarter: str = "",
        people: Path | None = None,
        minutes: int = 0,
        today: date | None = None,
    ) -> None:
        super().__init__()
        self._path = path
        self._given = {"title": title, "quarter": quarter, "people": str(people or "")}
        self._minutes = minutes
        self._today = today or date.fromisoformat(SystemClock().now()[:10])
        self._folder = Path.cwd()
        self.report: LoadReport | None = None
        self._people: PeopleReport | None = None

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
        if self._path is not None:
            self.read(self._path)

    # --- choosing the file

    @on(Input.Submitted, "#new-file")
    def read_typed(self, event: Input.Submitted) -> None:
        """Read the file that was typed, or browse the folder that was typed."""
        if not event.value.strip():
            self.query_one(FilePicker).focus()
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
        if self.report is not None and not self._is_read():
            self.report = None
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
    async def read(self, path: Path) -> None:
        """Read a file and show what was found in it. A large one does not hold the screen up."""
        self._complain("")
        try:
            report = await asyncio.to_thread(load_portfolio, path)
        except QuarterdeckError as error:
            self._complain(str(error))
            return
        self._path, self.report = path, report
        portfolio = report.portfolio
        quarter = self._field("quarter").value = self._given["quarter"] or portfolio.quarter or coming_quarter(self._today)
        self._field("title").value = self._given["title"] or plain(host(self.app).library.free_title(portfolio, report.source, quarter))
        self._field("people").value = self._given["people"]
        self._draw_read()
        self._draw()
        self._field("title").focus()

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
        return self.query_one("#new-file", Input)

    def _field(self, name: str) -> Input:
        return self.query_one(f"#new-{name}", Input)

    def _is_read(self) -> bool:
        return self._path is not None and named(self._file.value, self._folder) == self._folder / self._path

    # --- beginning the session

    @on(Input.Submitted, "#new-title, #new-quarter, #new-people")
    async def begin(self) -> None:
        """Create the session and show it."""
        if self.report is None or self._path is None:
            return
        try:
            opened = self._create(self.report, self._path)
        except QuarterdeckError as error:
            self._complain(str(error))
            return
        host(self.app).go.board(opened, replace=True)

    def _create(self, report: LoadReport, path: Path) -> OpenSession:
        """Create the session. Raises QuarterdeckError if the people cannot be read, or the library not written."""
        typed = self._field("people").value.strip()
        people = load_people(named(typed, self._folder)) if typed else None
        return host(self.app).library.create(
            report.portfolio,
            title=plain(self._field("title").value),
            quarter=plain(self._field("quarter").value),
            source=report.source,
            folder=folder_of(path),
            read=[*report.sentences(), *(people.sentences() if people else ())],
            people=people.people if people else (),
            minutes=self._minutes,
        )

    def action_scroll_read(self, by: int) -> None:
        """Scroll the report by a page, from any field."""
        read = self.query_one("#new-read")
        read.scroll_relative(y=by * max(1, read.size.height - 1), animate=False)

    # --- what is drawn

    def leave(self) -> None:
        """Go back: from what was read to the file, from the file to where this screen was opened from."""
        if self.report is None:
            # Without a screen below, going back means leaving.
            if len(self.app.screen_stack) > 1:
                self.dismiss()
            else:
                self.app.exit()
            return
        self.report = None
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
        self.query_one(FilePicker).display = self.report is None
        self.query_one("#new-preview").display = self.report is not None
        self._draw_keys()

    def _draw_read(self) -> None:
        if self.report is not None:
            lines = [_report_lines(each) for each in (self.report, self._people) if each]
            self.query_one("#new-sentences", Static).update(Content("\n").join([*lines, _first_titles(self.report)]))

    def _draw_keys(self) -> None:
        keys = _READY if self.report else _BROWSING if self.query_one(FilePicker).has_focus else _CHOOSING
        parts = [part for key, word in keys for part in ((key, "bold $accent"), (f" {word}  ", ""))]
        self.query_one("#new-keys", Static).update(Content.assemble(*parts))

    def _complain(self, text: str) -> None:
        error = self.query_one("#new-error", Static)
        error.update(safe(text))
        error.display = bool(text)


def _report_lines(report: LoadReport | PeopleReport) -> Content:
    """Return the report: the first line, highlighted, says how much was read; what was skipped or guessed follows."""
    first, *others = report.lines()
    lines = [safe(first.text).stylize("bold $foreground")]
    lines += [safe(line.text).stylize("$warning" if line.kind == "skipped" else "") for line in others]
    return Content("\n").join(lines)


def _first_titles(report: LoadReport) -> Content:
    """Return the first cards as the board will number them, so that a wrong column is noticed before the session begins."""
    cards = report.portfolio.projects
    lines = [("", ""), *((f"{rank:>3}  {plain(card.title)}", "$foreground") for rank, card in enumerate(cards[:_SHOWN], 1))]
    more = len(cards) - _SHOWN
    return Content("\n").join(Content.styled(text, style) for text, style in [*lines, *([(f"     and {more:,} more", "")] if more > 0 else [])])
