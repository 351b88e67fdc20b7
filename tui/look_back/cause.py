"""Ask why a decision was missed or reversed (METHOD 1, claim 36)."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from sessions.quarters.look_back import PastDecision
from sessions.quarters.promises import CAUSE_NAMES
from sessions.record.events import Cause, Outcome
from tui.dialogs.base import Dialog
from tui.text import plain

_MEANS: dict[Cause, str] = {
    "sponsor": "no one on the business side carried it",
    "capacity": "the people were not free",
    "scope": "it became larger, or something else",
    "dependency": "it waited for another project",
    "strategy": "the direction changed",
    "benefit": "it is not worth it any more",
    "other": "something else",
}


class AskCause(Dialog[Cause]):
    """The causes, each with its digit; enter takes the one that the portfolio suggests."""

    def __init__(self, row: PastDecision, outcome: Outcome) -> None:
        self._suggested = row.outcome.cause if row.outcome.cause != "other" else None
        enter = f"enter {CAUSE_NAMES[self._suggested]} · " if self._suggested else ""
        super().__init__(f"Why was it {outcome}?", hint=f"1–{len(CAUSE_NAMES)} choose · {enter}esc cancel")
        self._row = row

    def body(self) -> ComposeResult:
        """Lay out the decision, and the causes."""
        yield Static(Content(f"{plain(self._row.title)} · {plain(self._row.happened)}"), id="dialog-about")
        parts: list[str | tuple[str, str]] = []
        for number, (cause, name) in enumerate(CAUSE_NAMES.items(), 1):
            chosen = cause == self._suggested
            parts += [("▌" if chosen else " ", "$accent"), (f"{number}  ", "bold $accent"), (f"{name:<14}", "bold" if chosen else "")]
            parts.append((f"{_MEANS[cause]}\n", "$text-muted"))
        yield Static(Content.assemble(*parts))

    def on_key(self, event: events.Key) -> None:
        """Choose a cause by its digit, or take the suggested one."""
        causes = list(CAUSE_NAMES)
        if event.character and event.character.isascii() and event.character.isdigit() and 1 <= int(event.character) <= len(causes):
            event.stop()
            self.dismiss(causes[int(event.character) - 1])
        elif event.key == "enter" and self._suggested:
            event.stop()
            self.dismiss(self._suggested)
