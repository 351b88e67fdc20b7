"""People: who belongs to the session, who is here, who speaks for whom, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from sessions.commands.cards import Undo
from sessions.commands.people import MarkAttendance, NameDecider, OverrideQuorum
from sessions.guide.room import decider_words, side_words
from sessions.guide.step import StepKind
from sessions.handling.dispatch import preview
from sessions.portfolio.models import Participant
from sessions.record.events import PeopleTakenIn
from sessions.state.people_taken_in import why_they_stay
from sessions.state.session import Session
from sessions.wording import side_name
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.confirm import Confirm
from tui.host.actions import bindings, writing_at
from tui.host.key_bar import KeyBar
from tui.host.listed_screen import ListedScreen
from tui.host.navigation import Spot
from tui.people.file_form import PeopleFile, merge_lines
from tui.people.person_form import PersonForm
from tui.sides import looks
from tui.text import fit, plain, safe
from tui.themes import Ink
from tui.voting.drawing.people_lines import by_side, draw_with, role_in, values
from tui.widgets.listing import Line, Listing, Piece

_NEEDS_SOMEBODY = frozenset({"toggle_presence", "proxy", "name_decider", "change_person"})
_WRITES = writing_at("people")
_SEAT_CELLS = 20


class PeopleScreen(ListedScreen):
    """The people of a live session."""

    PLACES: ClassVar[tuple[str, ...]] = ("people",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    SPOT = Spot("room")
    CSS_PATH = "people.tcss"
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {
        "add_people": ("add_person", ""),
        "name_decider": ("choose_decider", ""),
        "mark_present": ("all_present", "everybody is here"),
        "override_quorum": ("override_quorum", ""),
    }

    def compose(self) -> ComposeResult:
        """Lay out the header, the quorum, the people, and the keys."""
        yield self.top_bar
        with Horizontal(id="people-top"):
            yield Static("People", id="people-name")
            yield Static("", id="people-decider")
        yield Static("", id="people-quorum")
        yield Listing(id="people-list")
        yield KeyBar()

    @property
    def chosen(self) -> Participant | None:
        """Return the person that is chosen."""
        return self.session.people.get(self.listing.chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the override only while a quorum is missing, and actions on people only if there are any."""
        if action in _WRITES and not self.writable:
            return False
        if action == "override_quorum":
            return bool(self.session.quorum_missing) and self.session.phase != "prepare"
        if action == "undo":
            return self._taken_in is not None
        return action not in _NEEDS_SOMEBODY or bool(self.session.people)

    def _draw(self) -> None:
        session = self.session
        decider = decider_words(session)
        if not session.decider and self.writable and session.voters("business"):
            decider += " · d chooses one"
        self.query_one("#people-decider", Static).update(safe(decider))
        self.query_one("#people-quorum", Static).update(quorum_line(session))
        lines = by_side(session.people.values())
        self.listing.show(values(lines), draw_with(lines, self._columns))
        self.query_one(KeyBar).refresh()

    def _columns(self, person: Participant, width: int) -> Line:
        ink, words = presence_words(self.session, person)
        seat = min(_SEAT_CELLS, max(0, width - 12))
        is_decider = person.id == self.session.decider
        new = " · new" if person.new_in_role else ""
        return [
            Piece(fit(role_in(self.session, person) + new, seat), "text" if is_decider else "muted", bold=is_decider),
            Piece(fit(words, max(0, width - seat)), ink),
        ]

    # --- what the keys do

    def action_toggle_presence(self) -> None:
        """Mark the selected person as present, or as away."""
        if person := self.chosen:
            here = self.session.presence.get(person.id) == "present"
            self.do(MarkAttendance(people=(person.id,), presence="away" if here else "present"))

    def action_all_present(self) -> None:
        """Mark everybody as present."""
        self.do(MarkAttendance(presence="present"))

    @work
    async def action_proxy(self) -> None:
        """Name a proxy for the selected person."""
        absent = self.chosen
        if absent is None:
            return
        able = [Choice(voice.id, voice.role) for voice in able_to_speak_for(self.session, absent)]
        if not able:
            side = side_name(absent.side)
            self.quarterdeck.toast(f"No one can be proxy for {absent.role}: a proxy is a present {side} voter without another proxy.", warning=True)
            return
        holder = await self.app.push_screen_wait(Choose(f"Who speaks for {absent.role}?", able))
        if holder:
            self.do(MarkAttendance(people=(absent.id,), presence="proxy", proxy=holder))

    @work
    async def action_choose_decider(self) -> None:
        """Choose the one who decides among the voters of the business."""
        able = [Choice(voice.id, voice.role) for voice in self.session.voters("business")]
        if not able:
            self.quarterdeck.toast("The decider is a voter of the business side: add one first.", warning=True)
            return
        decider = await self.app.push_screen_wait(Choose("Who decides?", able))
        if decider:
            self.do(NameDecider(person=decider))

    def action_name_decider(self) -> None:
        """Name the selected person as the one who decides; if they may not, ask who does."""
        person = self.chosen
        if person and person in self.session.voters("business"):
            self.do(NameDecider(person=person.id))
        else:
            self.action_choose_decider()

    @work
    async def action_add_person(self) -> None:
        """Add people, one or many."""
        from tui.people.add_form import AddPeopleForm  # noqa: PLC0415 - loads the field of several lines

        command = await self.app.push_screen_wait(AddPeopleForm(self.session))
        if command and self.do(command):
            self.listing.choose(tuple(self.session.people)[-1])
            await self._ask_who_decides()

    async def _ask_who_decides(self) -> None:
        """Ask who decides, as soon as someone of the business could."""
        session = self.session
        able = session.voters("business")
        if session.decider or not able:
            return
        if len(able) > 1:
            self.action_choose_decider()
            return
        lines = ["One voter of the business decides when the room does not agree."]
        if await self.app.push_screen_wait(Confirm(f"Does the {able[0].role} decide?", lines)):
            self.do(NameDecider(person=able[0].id))

    @work
    async def action_from_file(self) -> None:
        """Add the people of a file, after showing what that will do."""
        command = await self.app.push_screen_wait(PeopleFile(self.session, Path.cwd()))
        if command is None:
            return
        events = preview(self.session, command)
        lines = merge_lines(self.session, command, events)
        if not events:
            self.quarterdeck.toast("Everybody in this file is already here.")
        elif await self.app.push_screen_wait(Confirm("Take these people in?", lines, yes="takes them in")) and self.do(command):
            await self._ask_who_decides()

    @property
    def _taken_in(self) -> PeopleTakenIn | None:
        """Return the people who were added together, if that was the last action."""
        last = next(self.session.history(), None)
        return last.event if last and isinstance(last.event, PeopleTakenIn) else None

    def action_undo(self) -> None:
        """Remove the people who were added last, or say why they stay."""
        if taken := self._taken_in:
            if why := why_they_stay(self.session, taken):
                self.quarterdeck.toast(why, warning=True)
            else:
                self.do(Undo())

    @work
    async def action_change_person(self) -> None:
        """Correct the selected person's role, side or seat."""
        if person := self.chosen:
            command = await self.app.push_screen_wait(PersonForm(self.session, person))
            if command:
                self.do(command)

    @work
    async def action_override_quorum(self) -> None:
        """Continue without a quorum."""
        about = "Decisions are marked as provisional, and the reason goes into the record."
        reason = await self.app.push_screen_wait(Ask("Go on without a quorum?", about=about, placeholder="why, in one sentence"))
        if reason:
            self.do(OverrideQuorum(reason=reason))


def quorum_line(session: Session) -> Content:
    """Return how many voters of each side are here and how many are enough; before the session opens that too few are here is no news."""
    invited = session.phase == "prepare"
    parts: list[Content | str | tuple[str, str]] = []
    shown = looks(session.sides)
    for side, quorum in session.quorum().items():
        parts += ["   " if parts else "", (f"{shown[side].shape} ", shown[side].style)]
        parts.append((plain(side_words(session, side)), "$success" if quorum.met else "$text-muted" if invited else "$warning"))
    if not parts:
        return Content("No one has a vote yet · + adds people · f takes them from a file")
    if session.quorum_missing and not invited:
        reason = plain(session.quorum_override)
        words = f"Without a quorum, decisions are provisional: {reason}" if reason else "Too few to decide yet."
        parts += ["\n", (words, "$warning")]
    return Content.assemble(*parts)


def presence_words(session: Session, person: Participant) -> tuple[Ink, str]:
    """Return a person's presence with its colour."""
    match session.presence.get(person.id, "expected"):
        case "present":
            return "start", "● present"
        case "proxy":
            return "new", f"◐ spoken for by {session.role(session.proxies.get(person.id, ''))}"
        case "away":
            return "wait", "○ away"
        case _:
            return "muted", "· expected"


def able_to_speak_for(session: Session, absent: Participant) -> list[Participant]:
    """Return the voters who may be someone's proxy: present, of the same side, and holding no other (METHOD 2.3)."""
    busy = {holder for other, holder in session.proxies.items() if other != absent.id}
    return [
        voice
        for voice in session.voters(absent.side)
        if voice.id != absent.id and voice.id not in busy and session.presence.get(voice.id) == "present"
    ]
