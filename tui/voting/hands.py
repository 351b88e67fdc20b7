"""Type raised hands as tallies by side: what everybody in the room has just seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from sessions.errors import QuarterdeckError
from sessions.imports.hands import DUEL_HELP, SCORES_HELP, SideSize, parse_duel, parse_scores
from sessions.portfolio.models import Side
from sessions.record.events import RoundOpened
from sessions.voting.scores import tally_scores
from sessions.wording import counted, mean_name, side_name
from tui.dialogs.base import Dialog
from tui.text import safe
from tui.widgets.inputs import LineInput

Raised = Mapping[Side, tuple[int | str | None, ...]]
"""The hands of every side that raised any: figures, or ids of cards; None has no opinion."""
_LIMIT = 2000


class HandsDialog(Dialog[str]):
    """Asks for the hands of a round; its answer is what was typed, which `read_hands` can read. `asked` says what they answer."""

    def __init__(self, opened: RoundOpened, asked: str, titles: Mapping[str, str], seats: Sequence[SideSize], value: str = "") -> None:
        super().__init__("Raised hands", hint="enter shows what was understood · esc counts nothing")
        self._opened, self._asked, self._titles, self._seats, self._value = opened, asked, titles, seats, value

    def body(self) -> ComposeResult:
        """Lay out what is asked, how it is typed, and the line."""
        duel = self._opened.method == "duel"
        yield Static(safe(self._asked), id="hands-asked")
        yield Static(DUEL_HELP if duel else SCORES_HELP, id="dialog-about")
        example = "b 3:2 / i 1:4" if duel else "b 4 4 3 5 2 / i 3 3 2"
        yield LineInput(value=self._value, placeholder=example, max_length=_LIMIT, id="answer", select_on_focus=False)

    @on(Input.Submitted, "#answer")
    def answer(self, event: Input.Submitted) -> None:
        """Take the line, or say why not: hands were raised before everybody, so what is wrong may be named."""
        try:
            read_hands(self._opened, self._seats, self._titles, event.value)
        except QuarterdeckError as error:
            self.complain(str(error))
            return
        self.dismiss(event.value)


def read_hands(opened: RoundOpened, seats: Sequence[SideSize], titles: Mapping[str, str], typed: str) -> Raised:
    """Read hands. Raises PortfolioError with one sentence, which may name what was typed."""
    if opened.method != "duel":
        return {**parse_scores(typed, seats)}
    lower, upper = opened.cards
    # The titles only name the cards in a refusal; two cards may share one, and what is read must not.
    parse_duel(typed, seats, f"“{titles[lower]}”", f"“{titles[upper]}”")
    return {**parse_duel(typed, seats, lower, upper)}


def understood(opened: RoundOpened, seats: Sequence[SideSize], titles: Mapping[str, str], raised: Raised) -> list[str]:
    """Return what was understood, a line a side."""
    say = _said_duel(opened, titles) if opened.method == "duel" else _said_scores
    return [f"{_name(seat)}: {say(raised[seat.side], seat)}" if seat.side in raised else f"{_name(seat)}: no hands." for seat in seats]


def _said_scores(hands: Sequence[int | str | None], seat: SideSize) -> str:
    given = [each for each in hands if isinstance(each, int)]
    mean = tally_scores({seat.side: given}, "person").means.get(seat.side)
    parts = [" ".join(str(each) for each in given)] if given else []
    parts += [f"mean {mean_name(mean)}"] if mean is not None else []
    parts += [f"{len(hands) - len(given)} without an opinion"] if len(given) < len(hands) else []
    return f"{', '.join(parts)}; {len(hands)} of {counted(seat.voices, 'voice')}."


def _said_duel(opened: RoundOpened, titles: Mapping[str, str]) -> Callable[[Sequence[int | str | None], SideSize], str]:
    lower, upper = opened.cards

    def say(hands: Sequence[int | str | None], seat: SideSize) -> str:
        ours, theirs = hands.count(lower), hands.count(upper)
        return f"{ours} for “{titles[lower]}”, {theirs} for “{titles[upper]}”; {ours + theirs} of {counted(seat.voices, 'voice')}."

    return say


def _name(seat: SideSize) -> str:
    name = side_name(seat.side)
    return name[:1].upper() + name[1:]
