"""Open a ballot: method, anonymity, weights of the sides, and whether must cards are on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from sessions.commands.rounds import OpenRound
from sessions.errors import QuarterdeckError
from sessions.handling.dispatch import preview
from sessions.record.events import Anonymity
from sessions.rounds.words import ANNOUNCED
from sessions.state.session import Session
from tui.ballot.open_form_words import shares_example, shares_typed
from tui.ballot.shortlist import COUNTED, USUALLY, after_a_past, shortlist, shortlists
from tui.dialogs.base import STYLES, Dialog, StyleSheets
from tui.dialogs.form import FORM_KEYS, field_row
from tui.dialogs.typed_figures import FigureError, integer_typed
from tui.text import safe
from tui.voting.anonymity import anonymity_choice
from tui.voting.ballot_words import taken_weeks
from tui.voting.methods.registry import order_view, order_views
from tui.voting.methods.view import OrderView
from tui.widgets.inputs import LineInput
from tui.widgets.one_of import OneOf

_ROOMY = 30
_AROUND = 11


class OpenBallot(Dialog[OpenRound]):
    """Asks how a ballot is opened; its answer is a command that the session will take."""

    CSS_PATH: ClassVar[StyleSheets] = [STYLES, "open_form.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = FORM_KEYS

    def __init__(self, session: Session, *, marked: Collection[str] = (), shown: Sequence[str] = ()) -> None:
        super().__init__("Open a ballot", hint="↑↓ move · ←→ change · enter start voting · esc cancel")
        self._session = session
        self._board = (marked, shown)
        self._must = tuple(card for card in session.order if session.cards[card].must)
        self._again = after_a_past(session)
        self._fields = [(view, field) for view in order_views() for field in view.fields]
        self._proposed = {field.name: field.initial(len(session.order)) for _, field in self._fields}

    def body(self) -> ComposeResult:
        """Lay out the lines, what they come to, and what is announced."""
        with VerticalScroll(can_focus=False, id="fields"):
            yield field_row("Method", OneOf([(view.spec.name, view.spec.label) for view in order_views()], id="open-method"))
            for _, field in self._fields:
                yield self._line(field.name, field.label, self._proposed[field.name], field.example)
            yield field_row("Anonymity", anonymity_choice("open-anonymity"))
            if len(self._session.sides) > 1:
                yield self._line("shares", "Weights", "", f"equal · or e.g. {shares_example(self._session.sides)}")
            if len(lists := shortlists(self._session, *self._board)) > 1:
                yield field_row("Cards", OneOf(lists, id="open-cards"))
                yield self._line("count", "How many", str(min(USUALLY, len(self._session.order))), "20")
            if self._again:
                yield field_row("Vote on", OneOf([(name, words) for name, words, _ in self._again], id="open-again"))
            if 0 < len(self._must) < len(self._session.order):
                yield field_row("Must cards", OneOf([("on", "on the ballot"), ("off", "left off")], id="open-must"))
        yield Static("", id="open-says")
        yield Static("", id="open-announced")

    def _line(self, name: str, label: str, value: str, placeholder: str) -> Widget:
        return field_row(label, LineInput(value=value, placeholder=placeholder, max_length=60, id=f"open-{name}", select_on_focus=False))

    def on_mount(self) -> None:
        """Begin with the method."""
        self._show()
        self.query_one("#open-method", OneOf).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the announcement: the lines scroll, it never does."""
        self.set_class(event.size.height < _ROOMY, "-short")
        self.query_one("#fields").styles.max_height = max(3, event.size.height - _AROUND)

    @property
    def _view(self) -> OrderView:
        return order_view(self.query_one("#open-method", OneOf).value)

    @property
    def _anonymity(self) -> Anonymity:
        return cast("Anonymity", self.query_one("#open-anonymity", OneOf).value)

    @property
    def _left_off(self) -> bool:
        return any(each.value == "off" for each in self.query("#open-must").results(OneOf))

    @property
    def _cards(self) -> tuple[str, ...]:
        again = next((cards for name, _, cards in self._again if name == self._chosen_again), frozenset(self._session.order))
        return tuple(card for card in self._listed if card in again and not (self._left_off and card in self._must))

    @property
    def _chosen_again(self) -> str:
        return next((each.value for each in self.query("#open-again").results(OneOf)), "all")

    @property
    def _list(self) -> str:
        return next((each.value for each in self.query("#open-cards").results(OneOf)), "all")

    @property
    def _listed(self) -> tuple[str, ...]:
        """Return the cards of the selected list; all cards while its number is not readable."""
        typed = self.query_one("#open-count", Input).value.strip() if self._list in COUNTED else ""
        count = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
        return shortlist(self._session, self._list, count or len(self._session.order), *self._board)

    @on(OneOf.Changed)
    def changed(self, event: OneOf.Changed) -> None:
        """Show the consequences of the choice; a figure that no one edited follows the number of cards."""
        if event.name in ("open-must", "open-cards", "open-again"):
            self._propose()
        self._show()

    @on(Input.Changed, "#open-count")
    def counted(self) -> None:
        """Show the consequences of another number of cards."""
        self._propose()
        self._show()

    def _propose(self) -> None:
        for _, field in self._fields:
            line = self.query_one(f"#open-{field.name}", Input)
            if field.follows_cards and line.value == self._proposed[field.name]:
                self._proposed[field.name] = line.value = field.initial(len(self._cards))

    def _show(self) -> None:
        view = self._view
        for its, field in self._fields:
            self.query_one(f"#row-open-{field.name}").display = its is view
        for row in self.query("#row-open-count"):
            row.display = self._list in COUNTED
        self.query_one("#open-says", Static).update(safe(" ".join([view.spec.pitch(len(self._cards)), *self._taken()])))
        announced = Content.assemble(("Announced: ", "$text-muted"), ANNOUNCED[self._anonymity])
        self.query_one("#open-announced", Static).update(announced)
        self.complain("")

    def _taken(self) -> list[str]:
        return [taken_weeks(self._session, self._must)] if self._left_off else []

    @on(Input.Submitted)
    @on(OneOf.Accepted)
    def action_accept(self) -> None:
        """Answer with the command, or say why it cannot be taken."""
        try:
            command = self._command()
            preview(self._session, command)
        except (FigureError, QuarterdeckError) as error:
            self.complain(str(error))
        else:
            self.dismiss(command)

    def _command(self) -> OpenRound:
        typed = {each.id: each.value for each in self.query(Input)}
        if self._list in COUNTED and not 1 < integer_typed(typed["open-count"], "The number of cards") <= len(self._session.order):
            raise FigureError(f"A ballot is about 2 to {len(self._session.order)} cards: say how many.")
        common = OpenRound(
            anonymity=self._anonymity,
            cards=self._cards if self._left_off or self._list != "all" or self._chosen_again != "all" else (),
            shares=shares_typed(typed.get("open-shares", ""), self._session.sides),
        )
        view = self._view
        numbers = {field.name: integer_typed(typed[f"open-{field.name}"], field.what) for field in view.fields}
        return common.model_copy(update={"method": view.spec.name, **view.figures(numbers, len(self._cards))})
