"""Raised hands as counts: a box per card and side, filled by digits. For approval, and for a duel, in which a voter has one hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.record.events import RoundOpened
from sessions.rounds.methods.hands import SideSize, side_heading
from sessions.wording import plural
from tui.text import fit, fit_right
from tui.voting.hands import HandsDialog, Sheet
from tui.voting.methods.view import Raised
from tui.widgets.listing import Line, Piece

_COLUMN, _LEAST_TITLE = 14, 16
_NUMBER = 4
_DOTS = 6
"""Hands up to which a count is drawn as dots too."""


class CardHands(HandsDialog):
    """A count of hands per card and side. With `one_each` a voter raises one hand for all cards together."""

    def __init__(self, asked: str, seats: Sequence[SideSize], opened: RoundOpened, titles: Mapping[str, str], *, one_each: bool) -> None:
        super().__init__(asked, seats, "digits count · tab side · ↑↓ card")
        self._cards = [(card, number) for card, number in opened.numbered.items() if card in titles]
        self._titles, self._one_each = titles, one_each
        self._counts: dict[tuple[int, int], int] = {}
        self._row, self._column, self._fresh = 0, 0, True

    def raised(self) -> Raised:
        """Return every card as often as hands were raised for it, by side."""
        found: dict[str, tuple[str, ...]] = {}
        for column, seat in enumerate(self._seats):
            hands = tuple(card for row, (card, _) in enumerate(self._cards) for _ in range(self._counts.get((row, column), 0)))
            found |= {seat.side: hands} if hands else {}
        return found

    @property
    def missing(self) -> int:
        """Return how many hands the sides with an empty box still have to raise; 0 if a voter may raise several."""
        missing = 0
        for column, seat in enumerate(self._seats if self._one_each else ()):
            counts = [self._counts.get((row, column)) for row in range(len(self._cards))]
            missing += seat.voices - sum(filter(None, counts)) if None in counts else 0
        return missing

    def take(self, character: str) -> bool:
        """Type a count, empty a box, or go to another one."""
        self.refused = ""
        self.complain("")
        if character.isdecimal() and character.isascii():
            self._type(int(character))
            return True
        match character:
            case "tab" | "right" | " ":
                self._go(1)
            case "shift+tab" | "left":
                self._go(-1)
            case "down" | "up" | "pagedown" | "pageup":
                self._row += {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}[character]
                self._row, self._fresh = max(0, min(self._row, len(self._cards) - 1)), True
            case "backspace" | "ctrl+h":
                if self._counts.pop((self._row, self._column), None) is None:
                    self._go(-1)
                    self._counts.pop((self._row, self._column), None)
                self._fresh = True
            case _:
                return False
        return True

    def _go(self, by: int) -> None:
        place = max(0, min(self._row * len(self._seats) + self._column + by, len(self._cards) * len(self._seats) - 1))
        self._row, self._column = divmod(place, len(self._seats))
        self._fresh = True

    def _most(self) -> int:
        """Return the hands that the side can raise in this box."""
        voices = self._seats[self._column].voices
        others = sum(count for (row, column), count in self._counts.items() if column == self._column and row != self._row)
        return voices - others if self._one_each else voices

    def _type(self, digit: int) -> None:
        box, most = (self._row, self._column), self._most()
        count = digit if self._fresh else self._counts.get(box, 0) * 10 + digit
        if count > most:
            seat = self._seats[self._column]
            left = f", {most} left" if most < seat.voices else ""
            self.refused = str(count)
            self.complain(f"{side_heading(seat)} has {plural(seat.voices, 'voter')}{left}: {count} is too many.")
            return
        self._counts[box], self._fresh = count, False
        if count == 0 or count * 10 > most:
            self._go(1)

    def redraw(self) -> None:
        """Draw a line per card, with the box that is typed in view."""
        cells = max(6, min(_COLUMN, (self.inside - _NUMBER - 2 - _LEAST_TITLE) // len(self._seats)))
        width = max(4, self.inside - cells * len(self._seats) - _NUMBER - 2)
        looks = [(seat, self._looks[seat.side]) for seat in self._seats]
        names = [Piece(fit(f"{look.shape} {side_heading(seat)}", cells), look.ink, bold=True) for seat, look in looks]
        lines: list[Line] = [[Piece(" " * (width + _NUMBER + 2)), *names], *(self._line(row, width, cells) for row in range(len(self._cards)))]
        self.show(lines, ["", *(card for card, _ in self._cards)], most=self.room)
        self.query_one(Sheet).choose(self._cards[self._row][0])

    def _line(self, row: int, width: int, cells: int) -> Line:
        card, number = self._cards[row]
        boxes = [self._box(row, column, cells) for column in range(len(self._seats))]
        here = row == self._row
        return [Piece(fit_right(str(number), _NUMBER) + "  ", "focus", bold=True), Piece(fit(self._titles[card], width), bold=here), *boxes]

    def _box(self, row: int, column: int, cells: int) -> Piece:
        count, ink = self._counts.get((row, column)), self._looks[self._seats[column].side].ink
        here = (row, column) == (self._row, self._column)
        figure = "" if count is None else str(count)
        dots = self._looks[self._seats[column].side].shape * (count or 0) if (count or 0) <= _DOTS else ""
        text = f"[{fit_right(figure or ('_' if here else ''), 2)}] {dots}"
        return Piece(fit(text, cells), "focus" if here else ink if count else "muted", bold=here or bool(count))
