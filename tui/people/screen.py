"""People: who belongs to the session, who is here, who speaks for whom, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from sessions.commands.people import AddParticipant, ChangeParticipant, MarkAttendance, NameDecider, OverrideQuorum
from sessions.guide.step import StepKind
from sessions.imports.vocabulary import SIDE_LIMIT, read_side
from sessions.portfolio.models import Participant, Seat, Side
from sessions.state.session import Session
from sessions.wording import side_name
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.form import Field, Form
from tui.host.actions import actions_at, bindings, writing_at
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.sides import looks
from tui.text import fit, plain, safe
from tui.themes import Ink
from tui.voting.drawing.people_lines import by_side, draw_with, role_in, values
from tui.widgets.listing import Line, Listing, Piece

SEATS_TYPED: dict[str, Seat] = {"voter": "voter", "observer": "observer", "facilitator": "facilitator", "decider": "decider"}
_NEEDS_SOMEBODY = frozenset({"toggle_presence", "proxy", "name_decider", "change_person"})
_WRITES = writing_at("people")
_SEAT_CELLS = 20


class PeopleScreen(LiveScreen[None]):
    """The people of a live session."""

    PLACES: ClassVar[tuple[str, ...]] = ("people",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
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
        yield KeyBar(lambda: [each for each in actions_at("people", "everywhere") if self.check_action(each.name, ())])

    def on_mount(self) -> None:
        """Draw, and draw again whenever something happens."""
        self.listen()
        self._draw()
        self.listing.focus()

    @property
    def listing(self) -> Listing:
        """Return the list."""
        return self.query_one(Listing)

    @property
    def chosen(self) -> Participant | None:
        """Return the person that is chosen."""
        return self.session.people.get(self.listing.chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the override only while a quorum is missing, and actions on people only if there are any."""
        if action in _WRITES and not self.writable:
            return False
        if action == "override_quorum":
            return bool(self.session.quorum_missing)
        return action not in _NEEDS_SOMEBODY or bool(self.session.people)

    def _draw(self) -> None:
        session = self.session
        decider = f"{session.role(session.decider)} decides" if session.decider else "no decider yet (d)"
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
        """Mark the chosen person as present, or as away."""
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
        decider = await self.app.push_screen_wait(Choose("Who decides?", able))
        if decider:
            self.do(NameDecider(person=decider))

    def action_name_decider(self) -> None:
        """Name the chosen person as the one who decides."""
        if person := self.chosen:
            self.do(NameDecider(person=person.id))

    @work
    async def action_add_person(self) -> None:
        """Add someone."""
        side: Side = self.chosen.side if self.chosen else "business"
        fields = person_fields("", side, "voter")
        answer = await self.app.push_screen_wait(Form("Add someone", fields, check=wrong_with))
        if answer and self.do(AddParticipant(role=answer["role"], side=typed_side(answer), seat=typed_seat(answer))):
            self.listing.choose(tuple(self.session.people)[-1])

    @work
    async def action_change_person(self) -> None:
        """Put the chosen person's role, side or seat right."""
        person = self.chosen
        if person is None:
            return
        # Naming another decider leaves the seat as it was brought in: it would be refused here, and is a voter's by now.
        seat: Seat = "voter" if person.seat == "decider" and person.id != self.session.decider else person.seat
        fields = person_fields(person.role, person.side, seat)
        answer = await self.app.push_screen_wait(Form(f"Change {person.role}", fields, check=wrong_with))
        if answer:
            self.do(ChangeParticipant(person=person.id, role=answer["role"], side=typed_side(answer), seat=typed_seat(answer)))

    @work
    async def action_override_quorum(self) -> None:
        """Go on without a quorum."""
        about = "Decisions are marked as provisional, and the reason goes into the record."
        reason = await self.app.push_screen_wait(Ask("Go on without a quorum?", about=about, placeholder="why, in one sentence"))
        if reason:
            self.do(OverrideQuorum(reason=reason))


def quorum_line(session: Session) -> Content:
    """Return how many voters of each side are here and how many are needed: business 4 of 6, 3 needed."""
    parts: list[Content | str | tuple[str, str]] = []
    shown = looks(session.sides)
    for side, quorum in session.quorum().items():
        words = f"{side_name(side)} {quorum.counted} of {quorum.voices}, {quorum.needed} needed"
        parts += ["   " if parts else "", (f"{shown[side].shape} ", shown[side].style)]
        parts.append((f"✓ {words}", "$success") if quorum.met else (f"✗ {words}", "$warning"))
    if not parts:
        return Content("No one has a vote yet: + adds someone.")
    if session.quorum_missing:
        reason = plain(session.quorum_override)
        words = f"Without a quorum, decisions are provisional: {reason}" if reason else "No quorum yet."
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


def person_fields(role: str, side: Side, seat: Seat) -> list[Field]:
    """Return the fields of the person form."""
    return [
        Field("role", "Role", role, "VP Sales, CIO, …", limit=60),
        Field("side", "Side", side_name(side), "business, IT, or another side", ("business", "IT"), limit=SIDE_LIMIT),
        Field("seat", "Seat", seat, "voter, observer, facilitator or decider", tuple(SEATS_TYPED), limit=20),
    ]


def wrong_with(answer: dict[str, str]) -> str:
    """Return the error in the person form, or nothing."""
    if not answer["role"]:
        return "Type the role: people are named by what they are, such as VP Sales."
    if read_side(answer["side"]) is None:
        return "The side is business, IT, or the name of another side."
    if answer["seat"].casefold() not in SEATS_TYPED:
        return "The seat is voter, observer, facilitator or decider."
    return ""


def typed_side(answer: dict[str, str]) -> Side:
    """Return the side that was typed; the form was checked."""
    side = read_side(answer["side"])
    assert side is not None
    return side


def typed_seat(answer: dict[str, str]) -> Seat:
    """Return the seat that was typed; the form was checked."""
    return SEATS_TYPED[answer["seat"].casefold()]
