"""Type raised hands as tallies by side: what everyone in the room has just seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from sessions.errors import QuarterdeckError
from sessions.record.events import RoundOpened
from sessions.rounds.methods.hands import SideSize, side_heading
from tui.dialogs.base import Dialog
from tui.text import safe
from tui.voting.methods.registry import view_of
from tui.voting.methods.view import Raised
from tui.widgets.inputs import LineInput

_LIMIT = 2000


class HandsDialog(Dialog[str]):
    """Asks for the hands of a round; its answer is what was typed, which `read_hands` can read. `asked` says what they answer."""

    def __init__(self, opened: RoundOpened, asked: str, titles: Mapping[str, str], seats: Sequence[SideSize], value: str = "") -> None:
        super().__init__("Raised hands", hint="enter shows what was understood · esc counts nothing")
        self._opened, self._asked, self._titles, self._seats, self._value = opened, asked, titles, seats, value

    def body(self) -> ComposeResult:
        """Lay out what is asked, how it is typed, and the line."""
        view = view_of(self._opened.method)
        yield Static(safe(self._asked), id="hands-asked")
        yield Static(view.hands_help, id="dialog-about")
        yield LineInput(value=self._value, placeholder=view.hands_example, max_length=_LIMIT, id="answer", select_on_focus=False)

    @on(Input.Submitted, "#answer")
    def answer(self, event: Input.Submitted) -> None:
        """Take the line, or say why not: hands were raised before everyone, so what is wrong may be named."""
        try:
            read_hands(self._opened, self._seats, self._titles, event.value)
        except QuarterdeckError as error:
            self.complain(str(error))
            return
        self.dismiss(event.value)


def read_hands(opened: RoundOpened, seats: Sequence[SideSize], titles: Mapping[str, str], typed: str) -> Raised:
    """Read hands. Raises PortfolioError with one sentence, which may name what was typed."""
    return view_of(opened.method).read_hands(typed, seats, opened, titles)


def understood(opened: RoundOpened, seats: Sequence[SideSize], titles: Mapping[str, str], raised: Raised) -> list[str]:
    """Return what was understood, a line per side."""
    view = view_of(opened.method)
    lines = {seat.side: view.hands_line(raised[seat.side], seat, opened, titles) for seat in seats if seat.side in raised}
    return [f"{side_heading(seat)}: {lines.get(seat.side, 'no hands.')}" for seat in seats]
