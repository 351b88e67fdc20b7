"""Add people, one or many: a line for each, typed or pasted. What the lines mean is shown while they are typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Label, Static, TextArea

from sessions.commands.people import AddParticipant, AddPeople
from sessions.handling.dispatch import refusal
from sessions.imports.people_lines import TypedPerson, read_people_lines
from sessions.state.session import SIDES, Session
from sessions.wording import plural, side_name
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.text import plain, safe
from tui.widgets.one_of import OneOf
from tui.widgets.text_input import LinesInput

_LIMIT = 20_000
_ERRORS = 3
_ROOMY = 30
_SEATS = {"facilitator": "facilitates", "observer": "observes", "decider": "decides"}


class PeopleLines(LinesInput):
    """The lines; enter on an empty one says that there are no more."""

    @dataclass
    class Done(Message):
        """No more lines follow."""

    def on_key(self, event: events.Key) -> None:
        """Take enter on an empty line."""
        if event.key == "enter" and not self.document.get_line(self.cursor_location[0]).strip():
            event.stop()
            event.prevent_default()
            self.post_message(self.Done())


class AddPeopleForm(Dialog[AddPeople]):
    """Asks for people; its answer is a command that the session will take."""

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "people_forms.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "accept", show=False, priority=True)]

    def __init__(self, session: Session) -> None:
        super().__init__("Add people", hint="enter next line · enter twice adds them · tab side · esc cancel")
        self._session = session
        self._warned = False

    def body(self) -> ComposeResult:
        """Lay out the lines, the side of those that name none, and what they mean."""
        yield Static("One per line: CFO business · CIO IT · PMO Lead facilitator", id="dialog-about")
        yield PeopleLines("", limit=_LIMIT, id="people-lines")
        with Horizontal(classes="field"):
            yield Label("Side, if a line names none", classes="people-label")
            yield OneOf([("", "none"), *((side, side_name(side)) for side in _sides(self._session))], id="people-side")
        yield Static("", id="people-read")

    def on_mount(self) -> None:
        """Begin in the lines."""
        self.query_one(PeopleLines).focus()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for what is wrong and for the keys: the lines scroll, these never do."""
        self.set_class(event.size.height < _ROOMY, "-short")

    def _read(self) -> tuple[list[TypedPerson], list[str]]:
        """Return the people of the lines, and what is wrong with a line: also that the session would refuse it."""
        people, wrong = read_people_lines(self.query_one(PeopleLines).text, self.query_one(OneOf).value)
        for each in people:
            if error := refusal(self._session, _command(each)):
                wrong.append(f"Line {each.line}: {error}")
        return people, wrong

    @on(TextArea.Changed)
    @on(OneOf.Changed)
    def _show(self) -> None:
        self._warned = False
        people, wrong = self._read()
        self.query_one("#people-read", Static).update(_understood(people, len(wrong)))
        self.complain("")

    def leave(self) -> None:
        """Leave without an answer. If lines are typed, first say so once."""
        if self.query_one(PeopleLines).text.strip() and not self._warned:
            self._warned = True
            self.complain("What is typed would be lost · esc again leaves")
        else:
            super().leave()

    @on(PeopleLines.Done)
    @on(OneOf.Accepted)
    def action_accept(self) -> None:
        """Take the lines, or say what is wrong with which."""
        people, wrong = self._read()
        if not people and not wrong:
            self.complain("Type a role and its side, such as CFO business.")
        elif wrong:
            more = f"\nand {len(wrong) - _ERRORS} more" if len(wrong) > _ERRORS else ""
            self.complain("\n".join(wrong[:_ERRORS]) + more)
        else:
            command = AddPeople(people=tuple(map(_command, people)))
            if error := refusal(self._session, command):
                self.complain(str(error))
            else:
                self.dismiss(command)


def _command(person: TypedPerson) -> AddParticipant:
    return AddParticipant(role=person.role, side=person.side, seat=person.seat)


def _sides(session: Session) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*SIDES, *session.sides)))


def _understood(people: Iterable[TypedPerson], wrong: int) -> Content:
    """Return what the lines mean: 3 people: CFO (business), CIO (IT), PMO Lead (facilitates)."""
    told = [f"{person.role} ({', '.join(each for each in (side_name(person.side), _SEATS.get(person.seat, '')) if each)})" for person in people]
    parts = [f"{plural(len(told), 'person', 'people')}: {', '.join(told)}"] if told else []
    parts += [f"{plural(wrong, 'line')} not understood yet"] if wrong else []
    return safe(plain(" · ".join(parts)))
