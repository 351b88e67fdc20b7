"""The columns of a reveal behind the figures key: what each card got, its rank on the board, and how much the voters differ (METHOD 4.3)."""

from __future__ import annotations

from sessions.rounds.reveal import RevealResult, ToTalk
from tui.reveal.columns import OrderRow, title_lines
from tui.reveal.words import hundredths
from tui.text import fit, fit_right, length
from tui.themes import Ink
from tui.voting.methods.registry import order_view
from tui.widgets.listing import Line, Piece

_FIGURE, _BESIDE, _STEP = 8, 16, 6
_BOARD = 7
_READ = (11, 8)
_NARROW = 70
"""Below this width the board's ranks are omitted."""


class Figures:
    """The same list with figures in the place of the drawing."""

    def __init__(self, reading: RevealResult, width: int, cards: int, longest: int) -> None:
        self.reading, self.width = reading, width
        self.view = order_view(reading.round.opened.method)
        self.rank = max(3, len(str(cards)) + 1)
        self.board = _BOARD + _STEP if width >= _NARROW else 0
        left = width - self.rank - 2 - _FIGURE - self.board - sum(_READ)
        self.beside = _BESIDE if left - _BESIDE >= min(longest, 30) else 0
        self.title = max(1, min(longest, left - self.beside))

    def heading(self, title: str, ink: Ink) -> Line:
        """Draw the line above a part of the list."""
        board = f"{fit_right('board', _BOARD)}{' ' * _STEP}" if self.board else ""
        heads = board + "".join(fit_right(head, cells) for head, cells in zip(("attention", "spread"), _READ, strict=True))
        beside = f" {fit(self.view.aside_head, self.beside - 1)}" if self.beside else ""
        beginning = Piece(fit(title, self.rank + 2 + self.title), ink, bold=True)
        return [beginning, Piece(f"{fit_right(self.view.total_head, _FIGURE)}{beside}{heads}", "muted")]

    def row(self, row: OrderRow) -> Line:
        """Draw a card of the order."""
        place = row.rank - 1
        line = self._beginning(row.rank, row.title, bold=row.rank <= self.reading.k)
        line.append(Piece(fit_right(self.view.total(row.tally, place), _FIGURE)))
        if self.beside:
            beside = self.view.beside(row.tally, place, self.beside - 1)
            line += [Piece(" "), Piece(fit(beside, self.beside - 1), "muted" if self.view.words_beside else "bar")]
        if self.board:
            step = f"▲{row.climbs}" if row.climbs > 0 else f"▼{-row.climbs}" if row.climbs < 0 else ""
            line += [Piece(fit_right(str(row.board or "–"), _BOARD), "muted"), Piece(fit_right(step, _STEP), "new")]
        return [*line, *self._read(row.card)]

    def talk(self, each: ToTalk, rank: int, title: str) -> Line:
        """Draw a card to discuss."""
        beside = _FIGURE + self.beside + self.board
        return [*self._beginning(rank, title, bold=True), Piece(" " * beside), *self._read(each.card)]

    def more(self, title: str, *, bold: bool) -> list[Line]:
        """Return the lines below a card whose title is longer than its column."""
        lead = Piece(" " * (self.rank + 2))
        return [[lead, Piece(line, bold=bold)] for line in title_lines(title, self.title)[1:]] if length(title) > self.title else []

    def _beginning(self, rank: int, title: str, *, bold: bool) -> list[Piece]:
        return [Piece(fit_right(str(rank), self.rank), bold=True), Piece("  "), Piece(title_lines(title, self.title)[0], bold=bold)]

    def _read(self, card: str) -> Line:
        """Draw how much a card is worth discussing, and how far the voters are apart."""
        found = self.reading.attention.get(card) if self.reading.ready else None
        told = [hundredths(found.attention), hundredths(found.spread)] if found else ["–", "–"]
        return [Piece(fit_right(text, cells)) for text, cells in zip(told, _READ, strict=True)]
