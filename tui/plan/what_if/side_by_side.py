"""What-ifs side by side as lines: what waiting costs, people, and only the cards that at least one of them changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.record.events import NamedWhatIf
from sessions.sequencing.changes import People
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import named_card
from sessions.sequencing.what_if import Effect, Shift, in_numbers_of
from sessions.wording import plural
from tui.plan.remedies import change_words
from tui.plan.what_if.stack import Tries
from tui.text import fit, wrap
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

_NAMES = 0.4
"""The share of a line that the names of the cards take."""
_WORDS: dict[str, tuple[str, Ink]] = {
    "shorter": ("ends sooner", "start"), "longer": ("ends later", "wait"), "new": ("new", "new"), "gone": ("not done", "stop"),
}  # fmt: skip


class Column(NamedTuple):
    """A what-if, tried on the plan as it is now."""

    what_if: NamedWhatIf
    tries: Tries

    @property
    def effect(self) -> Effect:
        """Return what it does."""
        return self.tries.effect


Cell = tuple[str, Ink]


class SideBySide:
    """The lines for some what-ifs, of which one is chosen."""

    def __init__(self, plan: Plan, columns: Sequence[Column], chosen: int) -> None:
        self._plan, self._columns, self._chosen = plan, columns, chosen
        touched = {shift.card: shift for column in columns for shift in column.effect.shifts}
        order = {card: place for place, card in enumerate(plan.order)}
        self._cards = sorted(touched, key=lambda card: order.get(card, len(order)))

    def lines(self, width: int) -> list[tuple[str, Line]]:
        """Return all lines for a width, each with the card that it is about, or an empty text."""
        columns = self._columns
        heads = [self._line(width, "", [(each.what_if.name, "text") for each in columns], head=True)]
        told = [wrap(each.what_if.sentence, self._cells(width) - 2, 3) for each in columns]
        heads += [self._line(width, "", [(text[row] if row < len(text) else "", "muted") for text in told]) for row in range(max(map(len, told)))]
        money = self._line(width, "Benefit lost while waiting", [_money(each.effect) for each in columns])
        people = [wrap(_people(self._plan, each.tries), self._cells(width) - 2, 4) for each in columns]
        quarter = self._line(width, "Start in the quarter", [_quarter(each.effect) for each in columns])
        lines = [*heads, [], money, quarter]
        rows = max(1, *map(len, people))
        lines += [self._line(width, "" if row else "People", [_row_of(each, row) for each in people]) for row in range(rows)]
        cards = [(card, self._line(width, self._name(card), [_change(each.effect, card) for each in columns])) for card in self._cards]
        head: Line = [Piece(fit("Only the cards that change" if cards else "No card would start at another time", width), "muted")]
        return [*(("", each) for each in [*lines, [], head]), *cards]

    def _cells(self, width: int) -> int:
        return max(8, (width - self._name_cells(width)) // max(1, len(self._columns)))

    def _name_cells(self, width: int) -> int:
        return max(14, int(width * _NAMES))

    def _line(self, width: int, name: str, cells: Sequence[Cell], *, head: bool = False) -> Line:
        room = self._cells(width)
        pieces = [Piece(fit(name, self._name_cells(width) - 1) + " ", "text" if name.startswith("#") else "muted")]
        for place, (text, ink) in enumerate(cells):
            mark = "▌" if place == self._chosen else " "
            pieces += [Piece(mark, "focus"), Piece(fit(text, room - 2) + " ", "focus" if head and place == self._chosen else ink, bold=head)]
        return pieces

    def _name(self, card: str) -> str:
        if card in self._plan.placements:
            return named_card(self._plan, card)
        plan = next(each.tries.after for each in self._columns if card in each.tries.after.placements)
        return f"+ {plan.workload.cards[card].title}"


def _money(effect: Effect) -> Cell:
    if not effect.costs:
        return "not known", "muted"
    return ", ".join(effect.cost_words) or "the same", "wait" if effect.dearer else "start" if effect.cost_words else "muted"


def _people(plan: Plan, tries: Tries) -> str:
    changed = [change_words(in_numbers_of(plan, tries.after), change) for change in tries.changes if isinstance(change, People)]
    return "; ".join(changed) or "as now"


def _row_of(people: Sequence[str], row: int) -> Cell:
    return (people[row], "muted" if people[row] == "as now" else "text") if row < len(people) else ("", "muted")


def _quarter(effect: Effect) -> Cell:
    ins = sum(_turn(shift) == "in" for shift in effect.shifts)
    outs = sum(_turn(shift) == "out" for shift in effect.shifts)
    now = sum(_starts(placed) for placed in effect.after.placements.values())
    told = ", ".join(([f"{ins} in"] if ins else []) + ([f"{outs} out"] if outs else []))
    return f"{plural(now, 'card')}{f': {told}' if told else ''}", "wait" if outs > ins else "text"


def _starts(placed: Placement | None) -> bool:
    return placed is not None and placed.status in ("starts", "starts, runs on")


def _turn(shift: Shift) -> str:
    """Return whether a card comes into the quarter or leaves it."""
    before, after = _starts(shift.before), _starts(shift.after)
    return "" if before == after else "in" if after else "out"


def _change(effect: Effect, card: str) -> Cell:
    shift = next((each for each in effect.shifts if each.card == card), None)
    if shift is None:
        return "·", "muted"
    weeks = abs(shift.new - shift.old) if shift.new and shift.old else 0
    by = f"{plural(weeks, 'week')} " if weeks else ""
    if shift.turn in _WORDS:
        return _WORDS[shift.turn]
    words, ink = (f"{by}earlier" if by else "gets a place", "start") if shift.turn == "earlier" else (f"{by}later" if by else "no place", "wait")
    turn = _turn(shift)
    return f"{turn} · {words}" if turn else words, "start" if ink == "start" else "wait"
