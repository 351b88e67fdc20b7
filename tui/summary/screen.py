"""The summary: the page as it will be saved, and the key that saves it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Markdown, Static

from sessions.errors import QuarterdeckError
from sessions.sanitize import clean
from sessions.state.session import Session
from sessions.summary.markdown import summary
from sessions.summary.writing import WouldOverwriteError, default_name, write_pages
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm
from tui.host.actions import bindings
from tui.host.host import host
from tui.host.key_bar import KeyBar
from tui.paths import path_meant, short_path


class Page(VerticalScroll):
    """The page, read by scrolling."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("space,ctrl+d", "page_down", show=False),
        Binding("ctrl+u", "page_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
    ]


class SummaryScreen(Screen[None]):
    """The summary of a session, about to be written into `folder`."""

    PLACES: ClassVar[tuple[str, ...]] = ("summary",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "summary.tcss"

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__()
        self._session = session
        self._text = summary(session)
        self._folder = folder
        self.path = folder / default_name(session)
        self._written = False

    def compose(self) -> ComposeResult:
        """Lay out the page, the line with its path, and the keys."""
        yield Static("", id="summary-now")
        with Page(id="summary-page"):
            yield Markdown(clean(self._text, len(self._text) + 1, keep_lines=True), open_links=False, id="summary-text")
        yield Static("", id="summary-path")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the path of the page."""
        self.query_one(Page).focus()
        self._draw_path()

    def on_resize(self) -> None:
        """Fit the path to the remaining width."""
        self._draw_path()

    def _draw_path(self) -> None:
        """Draw what can be done with the page, and below it its file."""
        ready = "The page is ready" if self._session.closed else "The page, as far as the session got"
        told, key, act = ("The page is written", "esc", "go back") if self._written else (ready, "enter", "write it")
        now = (("Now  ", "bold $accent"), (told, "bold"), ("  →  ", "$text-muted"), (key, "bold $accent"), f" {act}")
        self.query_one("#summary-now", Static).update(Content.assemble(*now))
        word = "✓ Written to  " if self._written else "Will be written to  "
        also = "  and .html"
        shown = short_path(self.path, max(1, self.size.width - len(word) - len(also) - 2))
        parts = ((word, "$success" if self._written else "$text-muted"), (shown, "bold"), (also, "bold"))
        self.query_one("#summary-path", Static).update(Content.assemble(*parts))

    def _write(self, *, replace: bool = False) -> None:
        """Write the page as Markdown and as HTML. Raises WouldOverwriteError or SummaryNotWrittenError."""
        from sessions.summary.html import as_html  # noqa: PLC0415 - loads a renderer that reading the page does not need

        write_pages({self.path: self._text, self.path.with_suffix(".html"): as_html(self._session, self._text)}, replace=replace)

    @work(exclusive=True)
    async def action_save(self) -> None:
        """Write the page; ask before replacing a file that is not an unedited page."""
        app = host(self.app)
        try:
            self._write()
        except WouldOverwriteError as error:
            lines = [str(error), "Replacing it cannot be undone; e names another file."]
            if not await self.app.push_screen_wait(Confirm("Replace the file?", lines, yes="replaces it", key="R")):
                return
            if not app.attempt(lambda: self._write(replace=True)):
                return
        except QuarterdeckError as error:
            app.toast(str(error), warning=True)
            return
        self._written = True
        self._draw_path()

    def action_copy(self) -> None:
        """Copy the page: a terminal that cannot is silent about it."""
        self.app.copy_to_clipboard(self._text)
        host(self.app).toast("The page is copied, as Markdown. If your terminal takes no copies, enter writes it.")

    @work(exclusive=True)
    async def action_rename(self) -> None:
        """Name another file, relative to the folder in which Quarterdeck was started."""
        answer = await self.app.push_screen_wait(
            Ask("Write the summary to", about=f"A name in {self._folder}, or a path.", value=self._shown_name(), limit=1000)
        )
        if answer:
            self.path, self._written = _as_markdown(path_meant(answer, self._folder)), False
            self._draw_path()

    def _shown_name(self) -> str:
        """Return the file as it would be typed."""
        return self.path.name if self.path.parent == self._folder else str(self.path)


def _as_markdown(path: Path) -> Path:
    """Return a path with the ending of Markdown, unless it has one of its own; the HTML page has its own beside it."""
    return path.with_suffix(".md") if path.suffix in ("", ".html", ".htm") and path.name else path
