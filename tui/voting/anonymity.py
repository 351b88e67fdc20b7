"""Choose what a round's reveal will show of whose a ballot is, and read out what is announced (METHOD 2.6)."""

from __future__ import annotations

from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from sessions.record.events import ANONYMITIES, Anonymity
from sessions.rounds.words import ANNOUNCED, ANONYMITY_NAMES
from sessions.state.session import Session
from tui.dialogs.base import Dialog
from tui.text import safe
from tui.widgets.one_of import OneOf


def anonymity_for(session: Session) -> Anonymity:
    """Return what a round about a card shows of whose a score is: the same as the latest order round, so that no one is surprised (METHOD 2.6)."""
    return session.round.opened.anonymity if session.round else "side"


def anonymity_choice(id: str) -> OneOf:  # noqa: A002 - as Textual calls it
    """Return what a reveal can show of whose a ballot is, as words to choose from, the usual first."""
    return OneOf([(each, ANONYMITY_NAMES[each]) for each in sorted(ANONYMITIES, key=lambda each: each != "side")], id=id)


class AskAnonymity(Dialog[Anonymity]):
    """Asks what the reveal will tell."""

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__(title, hint="←→ change · enter start voting · esc cancel")
        self._about = about

    def body(self) -> ComposeResult:
        """Lay out what is asked, the ways, and what is announced."""
        if self._about:
            yield Static(safe(self._about), id="dialog-about")
        yield anonymity_choice("anonymity")
        yield Static("", id="announced")

    def on_mount(self) -> None:
        """Begin with the usual way."""
        self._show()
        self.query_one(OneOf).focus()

    @property
    def chosen(self) -> Anonymity:
        """Return the way that is chosen."""
        return cast("Anonymity", self.query_one(OneOf).value)

    @on(OneOf.Changed)
    def _show(self) -> None:
        announced = Content.assemble(("\nAnnounced: ", "$text-muted"), ANNOUNCED[self.chosen])
        self.query_one("#announced", Static).update(announced)

    @on(OneOf.Accepted)
    def accept(self) -> None:
        """Answer with the way that is chosen."""
        self.dismiss(self.chosen)
