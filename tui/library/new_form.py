"""The lines of the screen of a new session: its file, the picker or what was read, its fields, and what the keys do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from sessions.errors import QuarterdeckError
from tui.host.actions import bindings
from tui.library.before import Before
from tui.library.patience import Patience
from tui.library.reading import BROWSING, CHOOSING, HINTS, LABELS, READY, key_line
from tui.text import safe
from tui.widgets.file_picker import FilePicker, PathSuggester
from tui.widgets.inputs import LineInput


class NewForm(Screen[None]):
    """The file and, once it is `_ready`, the fields below it."""

    PLACES: ClassVar[tuple[str, ...]] = ("new",)
    CSS_PATH = "new_session.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*PLACES),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pagedown", "scroll_read(1)", show=False),
        Binding("pageup", "scroll_read(-1)", show=False),
    ]

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._paths = tuple(paths)
        self._folder = Path.cwd()
        self._ready = False

    def compose(self) -> ComposeResult:
        """Lay out the file, below it the picker or what was read, and the line that says what the keys do."""
        complete = PathSuggester(self._folder)
        yield Static("New session", id="new-heading")
        with Horizontal(classes="new-field"):
            yield Label("Portfolio file", classes="new-label")
            yield LineInput(
                "; ".join(map(str, self._paths)),
                placeholder="portfolio.csv, or several: sales.csv; it.xlsx",
                suggester=complete,
                max_length=4096,
                id="new-file",
                select_on_focus=False,
            )
        yield Static("", id="new-error")
        yield Patience()
        yield FilePicker(self._folder, id="new-picker")
        with Vertical(id="new-preview"):
            for name, label in LABELS.items():
                with Horizontal(classes="new-field"):
                    yield Label(safe(label), classes="new-label")
                    suggester = complete if name == "people" else None
                    yield LineInput(placeholder=HINTS[name], suggester=suggester, max_length=1000, id=f"new-{name}", select_on_focus=False)
            yield Before()
            with VerticalScroll(id="new-read", can_focus=False):
                yield Static("", id="new-sentences")
        yield Static("", id="new-keys")

    @property
    def _patience(self) -> Patience:
        return self.query_one(Patience)

    @property
    def _file(self) -> Input:
        return self._field("file")

    def _field(self, name: str) -> Input:
        return self.query_one(f"#new-{name}", Input)

    def action_scroll_read(self, by: int) -> None:
        """Scroll the report by a page, from any field."""
        read = self.query_one("#new-read")
        read.scroll_relative(y=by * max(1, read.size.height - 1), animate=False)

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

    def _draw_keys(self) -> None:
        picker = self.query_one(FilePicker)
        keys = READY if self._ready else BROWSING if picker.has_focus else CHOOSING if picker.display else ()
        self.query_one("#new-keys", Static).update(key_line(keys))

    def _complain(self, text: str) -> None:
        error = self.query_one("#new-error", Static)
        error.update(safe(text))
        error.display = bool(text)

    def _attempt(self, action: Callable[[], object]) -> bool:
        """Run an action, and return whether it succeeded; show why not."""
        try:
            action()
        except QuarterdeckError as error:
            self._complain(str(error))
            return False
        return True
