"""The objectives, the first one first: added, named and ranked here, and confirmed by the decider."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from sessions.commands.cards import Undo
from sessions.commands.objectives import ConfirmObjectives, NamedObjective, SetObjectives
from sessions.guide.room import objectives_of_cards, objectives_words, served_by
from sessions.guide.step import StepKind
from sessions.handling.dispatch import refusal
from sessions.portfolio.models import NAME_LIMIT
from sessions.record.events import ObjectivesChanged, ObjectivesConfirmed
from sessions.wording import plural
from tui.dialogs.ask import Ask
from tui.host.actions import bindings, writing_at
from tui.host.key_bar import KeyBar
from tui.host.listed_screen import ListedScreen
from tui.host.navigation import Spot
from tui.text import fit, length, plain, safe
from tui.themes import Ink
from tui.widgets.listing import Line, Listing, Piece

_WRITES = writing_at("objectives")
_NEEDS_ONE = frozenset({"place_up", "place_down", "rename", "leave_out"})
_TEXT_LEAST = 30
_EMPTY = "What should be better at the end of the quarter? + adds an objective."


class ObjectivesScreen(ListedScreen):
    """The objectives of a live session."""

    PLACES: ClassVar[tuple[str, ...]] = ("objectives",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    SPOT = Spot("room")
    CSS_PATH = "objectives.tcss"
    STEPS: ClassVar[Mapping[StepKind, tuple[str, str]]] = {"confirm_objectives": ("confirm_order", "confirm this order")}

    def compose(self) -> ComposeResult:
        """Lay out how far they are, the objectives, and the keys."""
        yield self.top_bar
        yield Static("", id="objectives-head")
        yield Listing(id="objectives-list")
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        if action in _WRITES and not self.writable:
            return False
        if action == "confirm":
            return not self.session.objectives_confirmed
        if action == "undo":
            done = self.session.done
            return done is not None and isinstance(done.recorded.event, ObjectivesChanged | ObjectivesConfirmed)
        return action not in _NEEDS_ONE or bool(self.session.objectives)

    def _draw(self) -> None:
        session = self.session
        self.query_one("#objectives-head", Static).update(safe(objectives_words(session)))
        listed = [(each, f"{each.rank}") for each in session.objectives]
        listed += [(each, "") for each in objectives_of_cards(session)]
        beside = {each.id: [each.owner, plural(count, "card") if (count := served_by(session, each.id)) else ""] for each, _ in listed}

        def draw(place: int, width: int) -> Line:
            if not listed:
                return [Piece(fit(f" {_EMPTY}", width), "muted")]
            objective, rank = listed[place]
            asides = [part for part in beside[objective.id] if part]
            while rank and asides and length(objective.text) + length(" · ".join(asides)) + 8 > width:
                asides.pop()  # what is aimed at comes before who owns it and how many cards serve it
            aside = plain(" · ".join(asides))
            room = max(_TEXT_LEAST, width - 6 - length(aside) - 2)
            text = fit(objective.text, min(room, max(0, width - 6)))
            ink: Ink = "text" if rank else "muted"
            told = aside if rank else f"named by {aside} · enter takes it"
            return [Piece(f"{rank:>3}   ", "focus", bold=True), Piece(text.rstrip() + "  ", ink, bold=bool(rank)), Piece(told, "muted")]

        self.listing.show([each.id for each, _ in listed] or [""], draw)
        self.query_one(KeyBar).refresh()

    # --- what the keys do

    @property
    def _named(self) -> list[NamedObjective]:
        return [NamedObjective(id=each.id, text=each.text) for each in self.session.objectives]

    @property
    def _place(self) -> int:
        """Return the place of the chosen objective, -1 if it is not in the list yet."""
        ids = [each.id for each in self.session.objectives]
        return ids.index(self.listing.chosen) if self.listing.chosen in ids else -1

    def _set(self, objectives: Sequence[NamedObjective]) -> bool:
        return self.do(SetObjectives(objectives=tuple(objectives)))

    def _move(self, by: int) -> None:
        named, place = self._named, self._place
        if place >= 0 and 0 <= place + by < len(named):
            named.insert(place + by, named.pop(place))
            self._set(named)

    def action_place_up(self) -> None:
        """Move the objective one place up."""
        self._move(-1)

    def action_place_down(self) -> None:
        """Move the objective one place down."""
        self._move(1)

    @work
    async def action_add(self) -> None:
        """Add an objective at the end."""
        if await self._ask("Add an objective", lambda text: [*self._named, NamedObjective(text=text)]):
            self.listing.choose(self.session.objectives[-1].id)

    @work
    async def action_rename(self) -> None:
        """Rename the chosen objective."""
        place, named = self._place, self._named
        if place >= 0:
            old = named[place]
            await self._ask("Name the objective", lambda text: [*named[:place], old.model_copy(update={"text": text}), *named[place + 1 :]], old.text)

    async def _ask(self, title: str, made: Callable[[str], list[NamedObjective]], value: str = "") -> bool:
        """Ask for a text and set the objectives made with it; return whether they were set. A refusal leaves the text as it was typed."""

        def wrong(text: str) -> str:
            return str(refusal(self.session, SetObjectives(objectives=tuple(made(text)))) or "")

        ask = Ask(title, value=value, placeholder="such as: cut delivery time to 3 days", limit=NAME_LIMIT, check=wrong)
        text = await self.app.push_screen_wait(ask)
        return bool(text) and self._set(made(text or ""))

    def action_leave_out(self) -> None:
        """Remove the chosen objective."""
        if self._place >= 0:
            self._set([each for place, each in enumerate(self._named) if place != self._place])

    def action_undo(self) -> None:
        """Undo the latest change."""
        self.do(Undo())

    def action_confirm(self) -> None:
        """Confirm the order, as the decider; an objective that only cards name is taken into the list first."""
        chosen = self.listing.chosen
        if taken := next((each for each in objectives_of_cards(self.session) if each.id == chosen), None):
            self._set([*self._named, NamedObjective(id=taken.id, text=taken.text)])
        else:
            self.action_confirm_order()

    def leave(self) -> None:
        """Go back to the board, where `]` leads to the next step."""
        self.quarterdeck.progress(self.live).offered.add((self.session.phase, "confirm_objectives"))
        self.dismiss()

    def action_confirm_order(self) -> None:
        """Confirm the order, as the decider."""
        self.do(ConfirmObjectives())
