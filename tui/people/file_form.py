"""Add the people of a file: which file, and what it will do to those who are here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DirectoryTree, Input, Static

from sessions.commands.people import MergePeople
from sessions.errors import QuarterdeckError
from sessions.handling.dispatch import preview
from sessions.imports.people import load_people
from sessions.portfolio.models import Participant
from sessions.record.events import Event, PeopleTakenIn
from sessions.state.session import Session
from sessions.wording import plural, shortened, side_name
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.paths import is_folder, path_meant
from tui.widgets.file_picker import FilePicker, PathSuggester
from tui.widgets.inputs import LineInput

_SEATS = {"facilitator": "facilitates", "observer": "observes", "decider": "decides", "voter": ""}


class PeopleFile(Dialog[MergePeople]):
    """Asks for a file of people; its answer is a command that the session will take."""

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "people_forms.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "app.focus_next", show=False)]

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__("People from a file", hint="→ completes the path · enter reads the file · ↓ browse · esc cancel")
        self._session, self._folder = session, folder

    def body(self) -> ComposeResult:
        """Lay out the line for the path, and the folders."""
        yield Static("CSV, Excel or JSON: a role and a side for each. Roles already here are not added again.", id="dialog-about")
        suggester = PathSuggester(self._folder)
        yield LineInput(placeholder="people.csv", suggester=suggester, max_length=4096, id="people-file", select_on_focus=False)
        yield FilePicker(self._folder, id="people-picker")

    def on_mount(self) -> None:
        """Begin with the path."""
        picker = self.query_one(FilePicker)
        picker.show_guides, picker.guide_depth = False, 2
        self.query_one("#people-file", Input).focus()

    @on(Input.Submitted, "#people-file")
    def read_typed(self, event: Input.Submitted) -> None:
        """Read the file that was typed, or browse the folder that was typed."""
        path = path_meant(event.value, self._folder)
        if not event.value.strip() or is_folder(path):
            if event.value.strip():
                self.query_one(FilePicker).browse(path)
            self.query_one(FilePicker).focus()
        else:
            self._read(path)

    @on(DirectoryTree.FileSelected)
    def read_chosen(self, event: DirectoryTree.FileSelected) -> None:
        """Read the file that was chosen."""
        event.stop()
        self._read(event.path)

    def _read(self, path: Path) -> None:
        try:
            command = MergePeople(people=load_people(path).people)
            preview(self._session, command)
        except QuarterdeckError as error:
            self.complain(str(error))
        else:
            self.dismiss(command)


def merge_lines(session: Session, command: MergePeople, events: Iterable[Event]) -> list[str]:
    """Return what adding people will do: who joins, who changes and how, how many are already here."""
    taken = [event for event in events if isinstance(event, PeopleTakenIn)]
    joining, changing = [each for event in taken for each in event.joined], [each for event in taken for each in event.new]
    lines = [f"{plural(len(joining), 'person joins', 'people join')}: {shortened(list(map(_named, joining)))}."] if joining else []
    lines += [f"{plural(len(changing), 'person changes', 'people change')}: {shortened(list(map(_named, changing)))}."] if changing else []
    same = len(command.people) - len(joining) - len(changing)
    lines += [f"{plural(same, 'person is', 'people are')} already here."] if same else []
    others = len(session.people) - same - len(changing)
    return [*lines, f"{plural(others, 'other stays', 'others stay')} as they are."] if others else lines


def _named(person: Participant) -> str:
    about = [each for each in (side_name(person.side), _SEATS[person.seat]) if each]
    return f"{person.role} ({', '.join(about)})" if about else person.role
