"""A voter's own entry, for the voter's eyes only: with the screen turned, ctrl+t shows it and any key hides it; ctrl+u also starts over."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from sessions.record.events import RoundOpened
from sessions.rounds.methods.choice import Choice
from tui.dialogs.base import STYLES
from tui.dialogs.modal import Modal
from tui.text import fit, fit_right, plain, safe
from tui.voting.entry_parser import refusal
from tui.voting.methods.registry import view_of

_AROUND = 12
"""Lines besides the entries."""
_FEWEST = 3
_WIDEST = 68


class PrivateView(Modal[bool]):
    """A voter's own entry, until a key is pressed, which does nothing else; the answer is whether it was ctrl+u, which starts over."""

    CSS_PATH = STYLES

    def __init__(self, title: str, lines: list[Content]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        """Lay out the entry, as far as there is room."""
        room = max(_FEWEST, self.app.size.height - _AROUND)
        more = len(self._lines) - room
        shown = self._lines if more <= 0 else [*self._lines[: room - 1], Content(f"and {more + 1} more")]
        with Vertical(id="dialog"):
            yield Static(safe(self._title), id="dialog-title")
            yield Static(Content("\n").join(shown))
            yield Static("any key hides this · ctrl+u starts over too", id="dialog-hint")

    def on_key(self, event: events.Key) -> None:
        """Hide, and let the key do nothing else here."""
        event.stop()
        event.prevent_default()
        self.dismiss(event.key == "ctrl+u")

    def on_click(self) -> None:
        """Hide."""
        self.dismiss()


def own_lines(opened: RoundOpened, choice: Choice, titles: Mapping[str, str], width: int) -> list[Content]:
    """Return what a readable ballot says: what is left or too much, and what each card gets."""
    view, numbers = view_of(opened.method), opened.numbered
    head = "You abstain." if choice.abstains else view.balance(opened, choice) or refusal(opened, choice)
    wrong = bool(refusal(opened, choice))
    lines = [Content.styled(plain(head), "bold $error" if wrong else "bold $success"), Content("")] if head else []
    entries = view.entries(choice)
    if not choice.abstains and not entries:
        lines.append(Content("None of these."))
    room = max(8, min(_WIDEST, width - 10) - 16)
    for card, what in entries:
        title = plain(titles.get(card, card))
        lines.append(Content.assemble((fit_right(str(numbers.get(card, "")), 4), "bold $accent"), f"  {fit(title, room)}  ", (what, "bold")))
    lines += [Content(""), Content(plain(choice.words))] if choice.words else []
    lines += [Content(""), Content(plain(f"{numbers.get(choice.reason_card, '')}: {choice.reason}"))] if choice.reason else []
    return lines
