"""Ask how many projects can start: a number or an amount, with what it means before it is drawn."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from sessions.commands.agreements import DrawLine, line_asked
from sessions.deciding.line import currencies_of_budgets, line_words
from sessions.errors import QuarterdeckError
from sessions.handling.dispatch import refusal
from sessions.record.events import Line
from sessions.state.session import Session
from sessions.wording import plural
from tui.dialogs.base import Dialog
from tui.text import plain, safe
from tui.widgets.inputs import LineInput


def no_line(session: Session) -> str:
    """Return why the room can draw no line, or an empty text."""
    return str(refusal(session, DrawLine(projects=0 if session.line is None else None)) or "")


class LineDialog(Dialog[DrawLine]):
    """Asks for the room's line. Its answer is a command that the session will take."""

    def __init__(self, session: Session) -> None:
        super().__init__("How many can we start?", hint="enter draws the line · esc cancel")
        self._session = session
        self._by_money = len(currencies_of_budgets(session)) == 1

    def body(self) -> ComposeResult:
        """Lay out what can be typed, the line, and what it means."""
        count = plural(len(self._session.order), "project")
        about = f"A number of the {count}, from the top" if count != "1 project" else "A number of projects"
        if self._by_money:
            about += "; or an amount, which adds up their budgets in order"
        yield Static(safe(f"{about}."), id="dialog-about")
        placeholder = "for example 7, or 12M" if self._by_money else "for example 7"
        yield LineInput(value=_typed(self._session.line), placeholder=placeholder, max_length=40, id="answer")
        yield Static("", id="line-means")

    def on_mount(self) -> None:
        """Show what the present line means."""
        self._show()

    @on(Input.Changed)
    def changed(self) -> None:
        """Show what the typed text means."""
        self.complain("")
        self._show()

    def _show(self) -> None:
        text = self.query_one(Input).value.strip()
        command, _ = self._asked(text)
        if command is None:
            means = ""
        elif not text:
            means = "no line: nothing is proposed" if self._session.line else ""
        else:
            means = line_words(self._session, Line(projects=command.projects, amount=command.amount))
        self.query_one("#line-means", Static).update(Content.assemble(("→ ", "$accent"), (plain(means), "bold")) if means else Content(""))

    def _asked(self, text: str) -> tuple[DrawLine | None, str]:
        """Return the command for a text, or why there is none."""
        try:
            command = line_asked(self._session, text)
        except QuarterdeckError as error:
            return None, str(error)
        reason = refusal(self._session, command)
        return (None, str(reason)) if reason else (command, "")

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Draw the line, or say why not."""
        text = event.value.strip()
        command, wrong = self._asked(text)
        if not text and self._session.line is None:
            self.complain("Type a number, or leave with esc.")
        elif command is None:
            self.complain(wrong)
        else:
            self.dismiss(command)


def _typed(line: Line | None) -> str:
    if line is None:
        return ""
    return str(line.projects) if line.projects is not None else f"{line.amount:,}"
