"""Raised hands for questions: a row of figures for each question and side, filled by digits. What everyone has just seen."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.rounds.methods.hands import SideSize, side_heading
from sessions.rounds.methods.questions import Asked, scale_in_words
from sessions.wording import plural
from tui.text import fit, wrap
from tui.voting.hands import HandsDialog, Sheet
from tui.voting.methods.view import Raised
from tui.widgets.listing import Line, Piece

_LABEL, _BOX = 14, 3


class QuestionHands(HandsDialog):
    """A row for each question and side. Each box takes a figure from 1, or - for no opinion; a full row leads to the next."""

    def __init__(self, asked: str, seats: Sequence[SideSize], questions: Sequence[Asked], highest: int) -> None:
        super().__init__(asked, seats, f"1 to {highest} each, - no opinion · ↑↓ row")
        self._questions, self._highest, self._at = questions, highest, 0
        self._rows = [(question, seat) for question in questions for seat in seats]
        self._typed: list[list[int | None]] = [[] for _ in self._rows]
        self._scales_differ = len({question.words for question in questions}) > 1

    def raised(self) -> Raised:
        """Return each side's figures, question after question, every one filled up to the number of its voters."""
        found: dict[str, tuple[int | None, ...]] = {}
        for seat in self._seats:
            rows = [typed for (_, its), typed in zip(self._rows, self._typed, strict=True) if its is seat]
            if any(rows):
                found[seat.side] = tuple(hand for row in rows for hand in (*row, *[None] * (seat.voices - len(row))))
        return found

    @property
    def missing(self) -> int:
        """Return how many boxes are empty."""
        return sum(seat.voices for _, seat in self._rows) - sum(map(len, self._typed))

    def take(self, character: str) -> bool:
        """Fill the next box, empty the last one, or go to another row."""
        self.complain("")
        if character == "-" or (character.isdecimal() and character.isascii()):
            self._fill(character)
            return True
        match character:
            case "backspace" | "ctrl+h":
                if not self._typed[self._at] and self._at:
                    self._at -= 1
                del self._typed[self._at][-1:]
            case "up" | "shift+tab" | "down" | "tab" | " ":
                self._at = (self._at + (-1 if character in ("up", "shift+tab") else 1)) % len(self._rows)
            case _:
                return False
        return True

    def _fill(self, typed: str) -> None:
        if typed != "-" and not 1 <= int(typed) <= self._highest:
            self.complain(f"A hand is a figure from 1 to {self._highest}, or - for no opinion.")
            return
        places = range(len(self._rows))
        free = [at for at in (*places[self._at :], *places[: self._at]) if len(self._typed[at]) < self._rows[at][1].voices]
        if not free:
            self.complain("Every voter's hand is typed: enter counts, backspace takes the last one back.")
            return
        self._at = free[0]
        self._typed[self._at].append(None if typed == "-" else int(typed))
        if len(self._typed[self._at]) == self._rows[self._at][1].voices and len(free) > 1:
            self._at = free[1]

    def redraw(self) -> None:
        """Draw the questions, each with its rows."""
        lines: list[Line] = []
        values: list[str] = []
        for at, (question, seat) in enumerate(self._rows):
            if seat is self._seats[0]:
                head: list[Line] = [[Piece(line, bold=True)] for line in wrap(question.text, self.inside, 2)]
                if self._scales_differ and question is self._rows[self._at][0]:
                    # What the figures mean, while they are being typed; above, if they mean the same everywhere.
                    head += [[Piece(line, "muted")] for line in wrap(scale_in_words(question.words), self.inside, 3)]
                lines += head
                values += [""] * len(head)
            lines.append(self._row(at))
            values.append(str(at))
        self.show(lines, values, most=self.room)
        self.query_one(Sheet).choose(str(self._at))

    def _row(self, at: int) -> Line:
        (_, seat), typed, here = self._rows[at], self._typed[at], at == self._at
        look = self._looks[seat.side]
        cells = max(1, (self.inside - _LABEL - 8) // _BOX)
        boxes = [Piece(f" {'–' if hand is None else hand} ", look.ink, bold=True) for hand in typed[-cells:]]
        left = seat.voices - len(typed)
        boxes += [Piece(" _ ", "focus" if here else "muted", bold=here) for _ in range(min(left, max(0, cells - len(boxes))))]
        return [
            Piece("▸ " if here else "  ", "focus", bold=True),
            Piece(fit(f"{look.shape} {side_heading(seat)}", _LABEL - 2), look.ink, bold=here),
            *boxes,
            Piece(f"  {plural(left, 'hand')} left" if left and here else "", "muted"),
        ]
