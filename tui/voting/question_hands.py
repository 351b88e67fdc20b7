"""Raised hands for questions: a row of figures for each question and side, filled by digits. What everyone has just seen."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.rounds.methods.hands import SideSize, side_heading
from sessions.rounds.methods.questions import Asked, scale_in_words
from sessions.wording import plural
from tui.text import fit, wrap
from tui.voting.hands import BoxHands, Sheet
from tui.voting.methods.view import Raised
from tui.widgets.listing import Line, Piece

_LABEL, _BOX = 14, 3


class QuestionHands(BoxHands):
    """A row for each question and side, of figures from 1."""

    def __init__(self, asked: str, seats: Sequence[SideSize], questions: Sequence[Asked], highest: int) -> None:
        self._rows = [(question, seat) for question in questions for seat in seats]
        super().__init__(asked, seats, [seat for _, seat in self._rows], range(1, highest + 1))
        self._scales_differ = len({question.words for question in questions}) > 1

    def raised(self) -> Raised:
        """Return each side's figures, question after question, every one filled up to the number of its voters."""
        found: dict[str, tuple[int | None, ...]] = {}
        for seat in self._seats:
            rows = [typed for (_, its), typed in zip(self._rows, self._typed, strict=True) if its is seat]
            if any(rows):
                found[seat.side] = tuple(hand for row in rows for hand in (*row, *[None] * (seat.voices - len(row))))
        return found

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
