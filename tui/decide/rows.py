"""A card as one line of a list of decisions: solid and with a tick if it is decided, dim if something is only proposed, red if the room differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sessions.record.events import Decision
from sessions.state.session import Session
from tui.cards.face import DIFFERS, TONES
from tui.text import fit, fit_right, fit_sentence, length
from tui.themes import Ink
from tui.widgets.board.card_lines import INKS
from tui.widgets.board.face import DECIDED
from tui.widgets.listing import Line, Piece

_GAP = 2
_LEAST_SENTENCE = 24


class Row(NamedTuple):
    """What a line says about a card."""

    card: str
    decision: Decision | None = None
    proposal: Decision | None = None
    differs: bool = False
    remark: str = ""
    """The words if there is neither a decision nor a proposal."""


class RowColumns(NamedTuple):
    """The cells of a line: the rank, the tick, the title and the sentence."""

    rank: int
    title: int
    sentence: int


def columns_for(session: Session, rows: Sequence[Row], width: int) -> RowColumns:
    """Return the columns of a line: titles get what the longest one needs, as far as the sentences leave it, but at least half."""
    rank = max(3, len(str(len(session.order))) + 1)
    room = max(0, width - rank - len(f" {DECIDED} ") - _GAP)
    longest = max((length(session.cards[row.card].title) for row in rows), default=0)
    said = max((length(_words(row)) for row in rows), default=0)
    title = min(longest, max(room - said, room // 2, 12))
    return RowColumns(rank, title, max(0, room - title))


def row_line(session: Session, row: Row, columns: RowColumns) -> Line:
    """Return the pieces of a card's line. A title that is longer than its column takes what the sentence leaves."""
    decision, name = row.decision, session.cards[row.card].title
    tone: Ink = INKS[TONES[decision.word]] if decision else "muted"
    title = columns.title
    if length(name) > title:
        title = min(length(name), max(title, title + columns.sentence - _said(row, columns.sentence)))
    return [
        Piece(fit_right(str(session.rank(row.card)), columns.rank), "muted"),
        Piece(f" {DECIDED if decision else ' '} ", tone, bold=True),
        Piece(fit(name, title), bold=decision is not None),
        Piece(" " * _GAP),
        *_sentence(row, columns.sentence - (title - columns.title), tone),
    ]


def _said(row: Row, width: int) -> int:
    """Return the cells that a line's words take."""
    alone = row.differs and row.decision is None and width - length(DIFFERS) - _GAP < _LEAST_SENTENCE
    return length(DIFFERS if alone else _words(row))


def _words(row: Row) -> str:
    """Return what a line says after the title."""
    if row.decision:
        return row.decision.sentence
    return f"{DIFFERS}  {_open(row)}".rstrip() if row.differs else _open(row)


def _open(row: Row) -> str:
    if row.proposal is None:
        return row.remark
    words = row.proposal.sentence
    return f"proposed: {words[:1].lower()}{words[1:]}"


def _sentence(row: Row, width: int, tone: Ink) -> Line:
    if row.decision:
        return [Piece(fit_sentence(row.decision.sentence, width), tone)]
    if not row.differs:
        return [Piece(fit_sentence(_open(row), width), "muted", italic=row.proposal is not None)]
    red = min(width, length(DIFFERS))
    rest = width - red - _GAP
    says = _open(row) if rest >= _LEAST_SENTENCE else ""
    return [Piece(fit(DIFFERS, red), "differ", bold=True), Piece(" " * min(_GAP, width - red)), Piece(fit_sentence(says, rest), "muted", italic=True)]
