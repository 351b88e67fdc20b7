"""The group's order as rows, beside the board's and the sides' orders. Pure functions over a reading; no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions.record.events import Tally, Weighting
from sessions.rounds.reveal import RevealResult
from sessions.state.session import Session
from tui.reveal.columns import TALK, TALKED, Columns, below
from tui.reveal.words import own_share_words
from tui.text import fit, fit_right, length
from tui.themes import Ink
from tui.voting.drawing.spread import spread
from tui.voting.methods.registry import order_view
from tui.voting.spots import Spot, spots_of
from tui.widgets.listing import Line, Piece


@dataclass(frozen=True, slots=True)
class RevealRow:
    """A card in the group's order. Ranks count from 1, None if there is none."""

    card: str
    title: str
    rank: int
    board: int | None
    spot: Spot
    tally: Tally
    """The order that the row is of, with its totals."""
    talked: bool = False
    """Whether the room has discussed it."""
    own: str = ""
    """Its own sponsor's share of its points, if that is much."""

    @property
    def climbs(self) -> int:
        """The ranks by which the group puts the card higher than the board does; negative is lower."""
        return self.board - self.rank if self.board else 0


def order_rows(reading: RevealResult, session: Session, weighting: Weighting, *, ready: bool = True) -> list[RevealRow]:
    """Return a row for every card of the ballot, in the group's order; `session` is the board as it is now."""
    tally = reading.tally(weighting)
    if tally is None:
        return []
    board = {card: rank for rank, card in enumerate(session.order, 1)}
    own = reading.own_shares
    talked = {talk.card for talk in session.talks if talk.closed}
    spots = spots_of(reading, ready=ready)
    rows = []
    for place, card in enumerate(tally.order):
        row = RevealRow(
            card=card,
            title=reading.title(card),
            rank=place + 1,
            board=board.get(card),
            spot=spots[card],
            tally=tally,
            talked=card in talked,
            own=own_share_words(own.get(card), reading.round.opened.cap),
        )
        rows.append(row)
    return rows


class OrderTable:
    """The rows as lines: a card each, quiet remarks below a card, and the line after the first K."""

    def __init__(self, rows: Sequence[RevealRow], reading: RevealResult) -> None:
        self.rows = rows
        self.k = reading.k
        self.sides = reading.sides
        self.view = order_view(reading.round.opened.method)
        self.longest = max((length(row.title) for row in rows), default=0)
        self.lines: list[RevealRow | str | int] = []
        for row in rows:
            self.lines.append(row)
            self.lines += [row.own] if row.own else []
            if row.rank == self.k < len(rows):
                self.lines.append(self.k)

    @property
    def values(self) -> list[str]:
        """Return the card of each line, empty for lines that cannot be selected."""
        return [line.card if isinstance(line, RevealRow) else "" for line in self.lines]

    def columns(self, width: int) -> Columns:
        """Return how a line is shared out."""
        return Columns(width, len(self.rows), self.longest, self.sides, words=self.view.words_beside)

    def heading(self, width: int) -> Line:
        """Draw the line above the rows."""
        columns = self.columns(width)
        aside = fit(self.view.aside_head, columns.aside - 1) if columns.aside else ""
        board = " board" if columns.figures > columns.figure + columns.aside else ""
        figure = fit_right(self.view.total_head, columns.figure)
        return columns.heading("The group's order", f"{figure}{' ' * bool(aside)}{aside}{board}", self.k)

    def line(self, place: int, width: int) -> Line:
        """Draw a line."""
        columns, line = self.columns(width), self.lines[place]
        if isinstance(line, RevealRow):
            return self._card(line, columns)
        if isinstance(line, str):
            return below(columns, Piece(line, "muted"))
        words = f"{'─' * (columns.lead - 1)} above this line: the first {line}"
        return [Piece(fit(f"{words} {'─' * max(0, columns.table - length(words) - 1)}", min(width, columns.table)), "focus")]

    def _card(self, row: RevealRow, columns: Columns) -> Line:
        mark = TALKED if row.talked else (TALK if columns.whole else "≠") if row.spot.talk else ""
        return [
            *columns.beginning(row.rank, row.title, bold=row.rank <= self.k),
            *self._figures(row, columns),
            *drawn_spot(row.spot, columns),
            Piece(fit_right(mark, columns.mark - columns.whole), "start" if row.talked else "differ", bold=True),
        ]

    def _figures(self, row: RevealRow, columns: Columns) -> Line:
        place = row.rank - 1
        line = [Piece(fit_right(self.view.total(row.tally, place), columns.figure))]
        if columns.aside:
            beside = self.view.beside(row.tally, place, columns.aside - 1)
            line += [Piece(" "), Piece(fit(beside, columns.aside - 1), "muted" if self.view.words_beside else "bar")]
        if columns.figures > columns.figure + columns.aside:
            line += [Piece(fit_right(str(row.board) if row.board else "–", 4), "muted"), Piece(fit_right(_step(row), 4), "new")]
        return line


def _step(row: RevealRow) -> str:
    """Return how far the group's order lies above or below the board's."""
    return f"▲{row.climbs}" if row.climbs > 0 else f"▼{-row.climbs}" if row.climbs < 0 else ""


def drawn_spot(spot: Spot, columns: Columns) -> Line:
    """Draw the spread of a card, its places and the shares."""
    ink: Ink = "differ" if spot.apart else "text"
    cells = columns.drawing - 4
    line = [Piece(" " * columns.drawing)]
    if spot.means and cells > 1:
        line = [Piece("  "), *spread(spot.means, spot.ends, columns.looks, cells, ink), Piece("  ")]
    return [*line, *columns.places_and_shares(spot.places, spot.shares, apart=spot.apart)]
