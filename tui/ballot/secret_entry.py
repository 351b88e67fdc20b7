"""Enter a voter's ballot on a shared screen.

The screen shows nothing of the choice: the cards are in the order of the board when the ballot opened, neither the entry nor its length is
shown, and a refusal names only the kind of mistake. With the screen turned, ctrl+t shows a voter their own entry. After the choice one line of
reason may follow; also after an abstention, whose reason is dropped, so that both look alike. What was typed is forgotten when the dialog
closes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from sessions.commands.rounds import SealBallot
from sessions.record.events import RoundOpened
from sessions.rounds.methods.choice import Choice
from tui.ballot.private_view import PrivateView, own_lines
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.text import hint_lines, plain, safe, wrap
from tui.voting.ballot_cards import FEW, BallotCards
from tui.voting.entry_parser import read_entry, read_reason, refusal
from tui.voting.methods.entry import EntryRefusedError
from tui.voting.methods.registry import view_of
from tui.voting.questions import asks, asks_reason

DOTS = "• " * 12
"""What the secret line shows, always: it does not grow with what is typed."""
LONGEST = 8000
"""The most characters of an entry: enough for the points of 500 cards."""
_WIDEST = 112
_AROUND = 8
"""Lines that the dialog needs besides the list and the texts: title, secret line, one line of what is wrong, and the space between."""
_INSIDE = 5
"""Columns of the dialog's edge and padding."""
_MOST_ABOUT = 9
_LEAST_LINES = 2
_ROOMY = 24
"""A screen with fewer lines has no empty ones between the parts."""
_HINT = "enter {enter} · ctrl+u start over · ctrl+t show me · {list}ctrl+l curtain · esc cancel"


class SecretLine(Widget, can_focus=True, inherit_bindings=False):
    """A line that takes keys and pasted text, and always looks the same."""

    DEFAULT_CSS = """
    SecretLine { width: 1fr; height: 1; background: $surface; color: $accent; padding: 0 1; }
    """

    @dataclass
    class Submitted(Message):
        """The line was finished with enter."""

    @dataclass
    class StartedOver(Message):
        """The line was emptied with ctrl+u."""

    _typed = ""

    def render(self) -> Content:
        """Draw the dots."""
        return Content(DOTS)

    @property
    def typed(self) -> str:
        """Return what was typed."""
        return self._typed

    @property
    def blank(self) -> bool:
        """Return whether nothing was typed."""
        return not self._typed

    def forget(self) -> None:
        """Forget what was typed."""
        self._typed = ""

    def on_key(self, event: events.Key) -> None:
        """Take printable keys; pass every other key on to the dialog."""
        if event.key == "enter":
            self.post_message(self.Submitted())
        elif event.key in ("backspace", "ctrl+h"):
            self._typed = self._typed[:-1]
        elif event.key == "ctrl+u":
            self.post_message(self.StartedOver())
        elif event.is_printable and event.character:
            self._typed = (self._typed + event.character)[:LONGEST]
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text."""
        self._typed = (self._typed + event.text)[:LONGEST]
        event.stop()


class SecretBallot(Dialog[SealBallot]):
    """The secret ballot of one voter. `titles` names the cards of the ballot by id.

    `entered_by` is the role of the voter's proxy, or empty; `voted` says that a ballot of the voter is in, which this one replaces.
    """

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "secret_entry.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,ctrl+d", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("down,ctrl+down", "line(1)", show=False),
        Binding("up,ctrl+up", "line(-1)", show=False),
        Binding("ctrl+t", "show_own", show=False, priority=True),
        # The letter that draws the curtain elsewhere is typed here: keys typed blind must do nothing else.
        Binding("ctrl+l,f9", "app.curtain", show=False),
    ]

    def __init__(self, opened: RoundOpened, voice: str, role: str, titles: Mapping[str, str], *, entered_by: str = "", voted: bool = False) -> None:
        self._alone = next(iter(titles.values()), "") if len(opened.items) == 1 else ""
        reason = view_of(opened.method).takes_reason
        hint = _HINT.format(enter="go on" if reason else "hand in", list="↑↓ page · " if len(titles) > FEW else "")
        super().__init__(f"The ballot of {role}" + (f", entered by {entered_by}" if entered_by else ""), hint=hint)
        self._opened, self._voice, self._takes_reason = opened, voice, reason
        self._titles = titles
        self._first_news = f"{role} has voted: this ballot replaces it." if voted else ""
        self._warned = False
        self._choice: Choice | None = None
        self._how_to: Content = asks(opened)
        self._had_palette = True

    def body(self) -> ComposeResult:
        """Lay out what to type, the cards, and the line that never shows what is typed."""
        card = Static(safe(self._alone), id="ballot-alone")
        card.display = bool(self._alone)
        yield card
        yield Static(self._how_to, id="dialog-about")
        yield BallotCards(self._opened.numbered, self._titles, id="ballot-cards")
        with Horizontal(id="ballot-line"):
            yield Static("hidden", id="ballot-label")
            yield SecretLine(id="ballot-secret")

    def on_mount(self) -> None:
        """List the cards, and send the keys to the secret line."""
        self.query_one(BallotCards).display = not self._alone
        self._list()
        # What is typed into the palette would be seen.
        self._had_palette, self.app.use_command_palette = self.app.use_command_palette, False
        self.query_one(SecretLine).focus()
        self.complain(self._first_news)

    def on_resize(self, event: events.Resize) -> None:
        """List the cards again if the size changed; the secret line is always in view."""
        self.set_class(event.size.height < _ROOMY, "-short")
        self._list()

    def _list(self) -> None:
        inside = max(1, min(_WIDEST, self.app.size.width * 96 // 100) - _INSIDE)
        self.query_one(BallotCards).list_in(inside, max(_LEAST_LINES, self._room(inside)))

    def _room(self, inside: int) -> int:
        """Return the lines that are left for the list."""
        texts = sum(len(wrap(text, inside, _MOST_ABOUT)) for text in (self._title, self._how_to.plain))
        return self.app.size.height - _AROUND - texts - len(hint_lines(self.keys.hint, inside))

    @on(SecretLine.Submitted)
    def go_on(self) -> None:
        """Take the choice, then the line of reason, and answer with the ballot; or say what kind of mistake there is."""
        self._warned = False
        try:
            choice = self._read()
        except EntryRefusedError as error:
            self._refuse(str(error))
            return
        if wrong := refusal(self._opened, choice):
            self._refuse(wrong)
            return
        line = self.query_one(SecretLine)
        line.forget()
        if self._takes_reason and self._choice is None:
            self._choice = choice
            self._ask_reason()
            return
        self.dismiss(SealBallot(round=self._opened.round, voice=self._voice, **dict(choice)))

    def _refuse(self, why: str) -> None:
        """Show the kind of mistake, and how to empty the line, since the text stays."""
        self.complain(f"{why} ctrl+u starts over." if self.query_one(SecretLine).typed else why)

    @on(SecretLine.StartedOver)
    def start_over(self) -> None:
        """Forget the line, and say so, because it always looks the same."""
        self._warned = False
        self.query_one(SecretLine).forget()
        self.complain("The line is empty: type again.")

    def _read(self) -> Choice:
        typed = self.query_one(SecretLine).typed
        if self._choice is None:
            return read_entry(typed, self._opened, self._titles)
        return read_reason(typed, self._choice, self._opened, self._titles)

    def _ask_reason(self) -> None:
        self._how_to = asks_reason(self._opened)
        self.keys.hint = self.keys.hint.replace("enter go on", "enter hand in")
        self.query_one("#dialog-about", Static).update(self._how_to)
        self.complain("")
        self._list()

    def action_show_own(self) -> None:
        """Show the voter what was typed so far, until a key is pressed."""
        line = self.query_one(SecretLine)
        try:
            own = own_lines(self._opened, self._read(), self._titles, self.app.size.width)
        except EntryRefusedError as error:
            own = [Content.styled(plain(error.detail), "bold $error")]
        lines = [Content.assemble(("You typed: ", "$text-muted"), plain(line.typed) or "nothing yet"), Content(""), *own]
        self.app.push_screen(PrivateView(f"{self._title}: for your eyes only", lines), self._hidden)

    def _hidden(self, over: bool | None) -> None:
        if over:
            self.start_over()

    def on_unmount(self) -> None:
        """Forget what was typed, however the dialog was left."""
        self.app.use_command_palette = self._had_palette
        for line in self.query(SecretLine):
            line.forget()

    def action_leave(self) -> None:
        """Leave without a ballot; if something was typed, first say once that it will be dropped."""
        if not self._warned and (self.query_one(SecretLine).typed or self._choice is not None):
            self._warned = True
            self.complain("Not handed in yet: esc again drops it.")
        else:
            self.leave()

    def leave(self) -> None:
        """Leave without a ballot, and forget it."""
        self.query_one(SecretLine).forget()
        super().leave()

    def action_page(self, by: int) -> None:
        """Look at more cards."""
        self.query_one(BallotCards).scroll_page(by)

    def action_line(self, by: int) -> None:
        """Look at the next card, or the one before."""
        self.query_one(BallotCards).scroll_line(by)
