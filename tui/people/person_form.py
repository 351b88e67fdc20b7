"""Correct a person: the role, and side and seat as words side by side."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from sessions.commands.people import ROLE_LIMIT, ChangeParticipant
from sessions.handling.dispatch import refusal
from sessions.imports.vocabulary import SIDE_LIMIT, read_side
from sessions.portfolio.models import Participant, Seat
from sessions.state.session import SIDES, Session
from sessions.wording import side_name
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.dialogs.form import FORM_KEYS, field_row
from tui.text import plain
from tui.widgets.inputs import LineInput
from tui.widgets.one_of import OneOf

_SEATS: tuple[tuple[Seat, str], ...] = (("voter", "votes"), ("observer", "observes"), ("facilitator", "facilitates"))
_OTHER = "other"


class PersonForm(Dialog[ChangeParticipant]):
    """Asks for role, side and seat of a person; its answer is a command that the session will take."""

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "people_forms.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = FORM_KEYS

    def __init__(self, session: Session, person: Participant) -> None:
        super().__init__(f"Change {person.role}", hint="↑↓ move · ←→ change · enter accept · esc cancel")
        self._session, self._person = session, person

    def body(self) -> ComposeResult:
        """Lay out the role, the sides, the name of another side, and the seats."""
        person = self._person
        # The decider is named by a key of its own, and keeps the seat.
        seat = "voter" if person.seat == "decider" else person.seat
        sides = tuple(dict.fromkeys((*SIDES, *self._session.sides, *([person.side] if person.side else []))))
        with VerticalScroll(can_focus=False, id="fields"):
            yield field_row("Role", LineInput(value=plain(person.role), max_length=ROLE_LIMIT, id="field-role", select_on_focus=False))
            options = [*((side, side_name(side)) for side in sides), (_OTHER, "another")]
            yield field_row("Side", OneOf(options, value=person.side, id="person-side"))
            yield field_row("Another side", LineInput(placeholder="its name, such as board", max_length=SIDE_LIMIT, id="field-other"))
            yield field_row("Seat", OneOf(_SEATS, value=seat, id="person-seat"))

    def on_mount(self) -> None:
        """Begin with the role."""
        self.query_one("#field-role", Input).focus()
        self._follow()

    @on(OneOf.Changed)
    def _follow(self) -> None:
        """Ask for a side only if there is one, and for its name only if it is another one."""
        sided = self.query_one("#person-seat", OneOf).value != "facilitator"
        self.query_one("#row-person-side").display = sided
        self.query_one("#row-field-other").display = sided and self.query_one("#person-side", OneOf).value == _OTHER
        self.complain("")

    @on(Input.Submitted)
    @on(OneOf.Accepted)
    def action_accept(self) -> None:
        """Take the form, or say why not."""
        person = self._person
        chosen, seat = self.query_one("#person-side", OneOf).value, cast("Seat", self.query_one("#person-seat", OneOf).value)
        side = read_side(self.query_one("#field-other", Input).value) if chosen == _OTHER else chosen
        if seat == "facilitator":
            side = ""
        elif not side:
            self.complain("Type the name of the other side, or choose business or IT.")
            return
        kept = person.seat == "decider" and person.id == self._session.decider and seat == "voter"
        role = self.query_one("#field-role", Input).value
        command = ChangeParticipant(person=person.id, role=role, side=side or "", seat="decider" if kept else seat)
        if error := refusal(self._session, command):
            self.complain(str(error))
        else:
            self.dismiss(command)
