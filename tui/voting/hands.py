"""Raised hands as figures: a row of boxes for each side, filled by digits, with the picture of all hands below. What everyone has just seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from sessions.rounds.methods.hands import SideSize, side_heading
from sessions.voting.scores import HIGHEST, tally_scores
from sessions.wording import plural
from tui.dialogs.base import Dialog
from tui.sides import looks
from tui.text import fit, hint_lines, length, safe
from tui.voting.drawing.fingers import Scale, fingers
from tui.voting.methods.view import Raised
from tui.widgets.listing import Line, Listing, Piece

SECRET: Literal["secret"] = "secret"
"""The answer of a room that would rather vote in secret."""
HandsAnswer = Raised | Literal["secret"]
_BOX = 4
_BESIDE = 10
"""Cells for what is beside the boxes: how many hands are in."""


class Sheet(Listing, can_focus=False, inherit_bindings=False):
    """The lines of a dialog for hands; its keys go to the dialog."""


class HandsDialog(Dialog[HandsAnswer]):
    """What the dialogs for raised hands share: what is asked, a sheet, and `v` for a secret vote. Subclasses draw the sheet and give the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "count", show=False, priority=True)]  # before `take` forgets what was refused

    def __init__(self, asked: str, seats: Sequence[SideSize], hint: str) -> None:
        super().__init__("Raised hands", hint=f"{hint} · enter counts · v secret vote · esc cancel")
        self._asked, self._seats = asked, seats
        self._warned: Literal["", "count", "leave"] = ""
        self.refused = ""
        self._looks = looks([seat.side for seat in seats])

    def body(self) -> ComposeResult:
        """Lay out what is asked, and the sheet."""
        yield Static(safe(self._asked), id="hands-asked")
        yield Sheet(id="hands-sheet")

    def on_resize(self) -> None:
        """Draw again for the new size."""
        self.redraw()

    def redraw(self) -> None:
        """Draw the sheet for the dialog's width and height."""

    def show(self, lines: Sequence[Line], values: Sequence[str] = (), *, most: int) -> None:
        """Show lines on the sheet, at most `most` at a time."""
        sheet = self.query_one(Sheet)
        sheet.styles.height = max(1, min(len(lines), most))
        sheet.show(values or [""] * len(lines), lambda place, _: lines[place])

    @property
    def inside(self) -> int:
        """Return the cells of a line of the sheet."""
        return max(20, min(84, self.app.size.width * 96 // 100) - 7)

    @property
    def room(self) -> int:
        """Return the lines that are left for the sheet."""
        asked = sum(max(1, -(-length(line) // self.inside)) for line in self._asked.splitlines())
        return max(2, self.app.size.height - asked - 7 - len(hint_lines(self.keys.hint, self.inside)))

    def raised(self) -> Raised:
        """Return the hands that are typed, by side, without a side that has none."""
        raise NotImplementedError

    @property
    def missing(self) -> int:
        """Return how many voters' hands are still to be typed, if that is known."""
        return 0

    def action_count(self) -> None:
        """Answer with the hands. If some are missing, or the last figure was refused, first say so once."""
        hands, missing = self.raised(), self.missing
        left = f"{self.refused} is not counted" if self.refused else f"{plural(missing, 'hand')} missing" if missing else ""
        if not hands:
            self.complain("No hand is typed yet.")
        elif left and self._warned != "count":
            self._warned = "count"
            self.complain(f"{left} · enter counts without {'them' if missing > 1 and not self.refused else 'it'}")
        else:
            self.dismiss(hands)

    def leave(self) -> None:
        """Leave without an answer. If hands are typed, first say so once: they would all have to be typed again."""
        if self.raised() and self._warned != "leave":
            self._warned = "leave"
            self.complain("What is typed would be lost · esc again leaves")
        else:
            super().leave()

    def take(self, character: str) -> bool:
        """Take a typed character, and return whether it meant something."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Take digits and the keys that move; `v` leads to a secret vote."""
        if event.key == "v":
            self.dismiss(SECRET)
        elif not self.take(event.character if event.is_printable and event.character else event.key):
            return
        self._warned = ""
        event.stop()
        event.prevent_default()
        if self.is_attached:
            self.redraw()


class BoxHands(HandsDialog):
    """Rows with a box for each voter of a side. A box takes a figure, or - for no opinion; a full row leads to the next one with room."""

    def __init__(self, asked: str, seats: Sequence[SideSize], rows: Sequence[SideSize], figures: range) -> None:
        super().__init__(asked, seats, f"{figures[0]} to {figures[-1]} each, - no opinion · ↑↓ {'side' if rows is seats else 'row'}")
        self._sizes = [seat.voices for seat in rows]
        self._figures, self._at = figures, 0
        self._typed: list[list[int | None]] = [[] for _ in rows]

    @property
    def missing(self) -> int:
        """Return how many boxes are empty."""
        return sum(self._sizes) - sum(map(len, self._typed))

    def take(self, character: str) -> bool:
        """Fill the next box, empty the last one, or go to another row."""
        self.complain("")
        if character == "-" or (character.isdecimal() and character.isascii()):
            self._fill(None if character == "-" else int(character))
            return True
        match character:
            case "backspace" | "ctrl+h":
                if not self._typed[self._at] and self._at:
                    self._at -= 1
                del self._typed[self._at][-1:]
            case "up" | "shift+tab" | "down" | "tab" | " ":
                self._at = (self._at + (-1 if character in ("up", "shift+tab") else 1)) % len(self._typed)
            case _:
                return False
        return True

    def _fill(self, hand: int | None) -> None:
        if hand is not None and hand not in self._figures:
            self.complain(f"A hand is a figure from {self._figures[0]} to {self._figures[-1]}, or - for no opinion.")
            return
        rows = range(len(self._typed))
        free = [at for at in (*rows[self._at :], *rows[: self._at]) if len(self._typed[at]) < self._sizes[at]]
        if not free:
            self.complain("Every voter's hand is typed: enter counts, backspace takes the last one back.")
            return
        self._at = free[0]
        self._typed[self._at].append(hand)
        if len(self._typed[self._at]) == self._sizes[self._at] and len(free) > 1:
            self._at = free[1]


class FigureHands(BoxHands):
    """A row for each side, of figures from 0 to 5."""

    def __init__(self, asked: str, seats: Sequence[SideSize], scale: Scale) -> None:
        super().__init__(asked, seats, seats, range(HIGHEST + 1))
        self._scale = scale

    def raised(self) -> Raised:
        """Return the figures from the highest down, then None for each without an opinion: the order tells no one's hand."""
        return {side: tuple(row) for side, row in self._rows().items()}

    def _rows(self) -> dict[str, list[int | None]]:
        return {seat.side: sorted(typed, key=_highest_first) for seat, typed in zip(self._seats, self._typed, strict=True) if typed}

    def redraw(self) -> None:
        """Draw a row of boxes for each side, and the fingers below."""
        label = max(length(side_heading(seat)) for seat in self._seats) + 5
        lines = [line for at in range(len(self._seats)) for line in self._row(at, label)]
        given = {side: [hand for hand in row if hand is not None] for side, row in self._rows().items()}
        means = tally_scores(given, "person").means if given else {}
        counts = {seat.side: [given.get(seat.side, []).count(number) for number in range(HIGHEST + 1)] for seat in self._seats}
        self.show([*lines, [], *fingers(self._scale, counts, means, self.inside)], most=self.room)

    def _row(self, at: int, label: int) -> list[Line]:
        seat, typed = self._seats[at], self._typed[at]
        here, look = at == self._at, self._looks[seat.side]
        each = max(1, (self.inside - label - _BESIDE) // _BOX)
        boxes = [Piece(f"[{'-' if hand is None else hand}] ", look.ink, bold=True) for hand in typed]
        if len(typed) < seat.voices:
            boxes += [Piece("[_] ", "focus", bold=True)] if here else []
            boxes += [Piece("[ ] ", "muted")] * (seat.voices - len(boxes))
        name = Piece(("▸ " if here else "  ") + fit(f"{look.shape} {side_heading(seat)}", label - 2), look.ink, bold=here)
        lines: list[Line] = [[name if not start else Piece(" " * label), *boxes[start : start + each]] for start in range(0, seat.voices, each)]
        lines[-1] = [*lines[-1], Piece(f"  {len(typed)} of {seat.voices}", "muted")]
        return lines


def _highest_first(hand: int | None) -> int:
    return 1 if hand is None else -hand
