"""Type raised hands as tallies by side: what everyone in the room has just seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from sessions.errors import QuarterdeckError
from sessions.record.events import RoundOpened
from sessions.rounds.methods.hands import SideSize, shortest_name, side_heading
from tui.dialogs.base import Dialog
from tui.text import safe, wrap
from tui.voting.ballot_cards import FEW, BallotCards
from tui.voting.methods.registry import view_of
from tui.voting.methods.view import Raised
from tui.widgets.inputs import LineInput

_LIMIT = 2000
_WIDEST = 84
_COLUMN = 34
"""Columns of the screen that a column of cards needs."""
_INSIDE = 5
"""Columns of the dialog's edge and padding."""
_AROUND = 7
"""Lines that the dialog needs besides the list and the texts: the line that is typed, and the space between."""
_AROUND_SHORT = 1
_ROOMY = 24
"""On a screen with fewer lines nothing is set apart by empty ones."""
_MOST_ASKED, _MOST_ABOUT, _MOST_ERROR = 8, 3, 3
"""Lines that a text takes at most, as in the style sheet."""
_HINT = "enter shows what was understood · {list}esc counts nothing"


class HandsDialog(Dialog[str]):
    """Asks for the hands of a round; its answer is what was typed, which `read_hands` can read. `asked` says what they answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("up", "line(-1)", show=False),
    ]

    def __init__(self, opened: RoundOpened, asked: str, titles: Mapping[str, str], seats: Sequence[SideSize], value: str = "") -> None:
        view = view_of(opened.method)
        self._cards, self._example = view.hands_cards(opened), _example(opened, seats)
        super().__init__("Raised hands", hint=_HINT.format(list="↑ ↓ page · " if len(self._cards) > FEW else ""))
        self._opened, self._asked, self._titles, self._seats, self._value = opened, asked, titles, seats, value
        self._about, self._wrong = f"{view.hands_help}, as {self._example}", ""

    def body(self) -> ComposeResult:
        """Lay out what is asked, the cards, how hands are typed, and the line."""
        yield Static(safe(self._asked), id="hands-asked")
        yield BallotCards(self._opened.numbered, {card: self._titles[card] for card in self._cards if card in self._titles}, id="hands-cards")
        yield Static(safe(self._about), id="dialog-about")
        yield LineInput(value=self._value, placeholder=self._example, max_length=_LIMIT, id="answer", select_on_focus=False)

    def on_resize(self, event: events.Resize) -> None:
        """List the cards again if the size changed; the line, its refusal and the keys are always in view."""
        self.set_class(event.size.height < _ROOMY, "-short")
        self._list()

    def complain(self, text: str) -> None:
        """Show why the hands are invalid, and leave the list the lines that remain."""
        super().complain(text)
        self._wrong = text
        self._list()

    def _list(self) -> None:
        width, height = self.app.size
        inside = max(1, min(_WIDEST, width * 96 // 100) - _INSIDE)
        texts = ((self._title, 1), (self._asked, _MOST_ASKED), (self._about, _MOST_ABOUT), (self._hint, 2), (self._wrong or " ", _MOST_ERROR))
        around = _AROUND if height >= _ROOMY else _AROUND_SHORT
        room = height - around - sum(max(1, len(wrap(text, inside, most))) for text, most in texts)
        listing = self.query_one(BallotCards)
        listing.display = bool(self._cards) and room > 0
        listing.list_in(inside, max(1, room))

    @on(Input.Submitted, "#answer")
    def answer(self, event: Input.Submitted) -> None:
        """Take the line, or say why not: hands were raised before everyone, so what is wrong may be named."""
        try:
            read_hands(self._opened, self._seats, self._titles, event.value)
        except QuarterdeckError as error:
            self.complain(str(error))
            return
        self.dismiss(event.value)

    def action_page(self, by: int) -> None:
        """Look at more cards."""
        self.query_one(BallotCards).scroll_page(by)

    def action_line(self, by: int) -> None:
        """Look at the next card, or the one before."""
        self.query_one(BallotCards).scroll_line(by)


def _example(opened: RoundOpened, seats: Sequence[SideSize]) -> str:
    """Return hands that the first sides of this room could raise, as they are typed."""
    view = view_of(opened.method)
    return " / ".join(f"{shortest_name(seat, seats)} {view.hands_example(opened, seat.voices, place)}" for place, seat in enumerate(seats[:2]))


def read_hands(opened: RoundOpened, seats: Sequence[SideSize], titles: Mapping[str, str], typed: str) -> Raised:
    """Read hands. Raises PortfolioError with one sentence, which may name what was typed."""
    return view_of(opened.method).read_hands(typed, seats, opened, titles)


def understood(opened: RoundOpened, seats: Sequence[SideSize], titles: Mapping[str, str], raised: Raised) -> list[str]:
    """Return what was understood, a line per side."""
    view = view_of(opened.method)
    lines = {seat.side: view.hands_line(raised[seat.side], seat, opened, titles) for seat in seats if seat.side in raised}
    return [f"{side_heading(seat)}: {lines.get(seat.side, 'no hands.')}" for seat in seats]
