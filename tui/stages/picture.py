"""What the pictures for the projector are made of: rows of parts, in blocks below or beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from sessions.state.session import Session
from sessions.wording import clock_name
from tui.text import fit, fixed_width
from tui.widgets.big_text import big_text, block_letters
from tui.widgets.lines import Part, cells_of

Row = tuple[Part, ...]
Block = list[Row]

TALL = 30
"""Rows from which more than the title is in block letters."""
LETTER = 5
"""Rows of a line in the smaller block letters."""
_AMBER = 8
"""Tenths of the time from which on the clock is amber."""
_NO_BREAK = "\N{NO-BREAK SPACE}"


class Piece(NamedTuple):
    """Rows of text in one style, from a column on."""

    column: int
    rows: Sequence[str]
    style: str


def cells(rows: Sequence[str]) -> int:
    """Return the width of some rows."""
    return max(map(cell_len, rows), default=0)


def blank(rows: int) -> Block:
    """Return empty rows, which keep room for something."""
    return [()] * rows


def large(text: str, style: str, width: int, rows: int) -> Block:
    """Draw a text in the largest letters that fit; if none fit, in bold."""
    return [((row.replace(_NO_BREAK, " "), f"bold {style}"),) for row in big_text(text, width, max(1, rows))]


def count_of(done: int, of: int) -> str:
    """Return a count that is drawn in one line: 7 of 11."""
    return f"{done}{_NO_BREAK}of{_NO_BREAK}{of}"


def sentence(text: str, style: str, width: int, rows: int) -> Block:
    """Draw a sentence in the smaller block letters, in as few lines as it takes; nothing if they do not fit."""
    for lines in range(1, rows // LETTER + 1):
        if drawn := block_letters(text, width, lines * LETTER):
            return [((row, style),) for row in drawn]
    return []


def line(text: str, style: str, width: int) -> Row:
    """Draw a text in one row, cut if it is longer."""
    text = fixed_width(text)
    return ((fit(text, width).rstrip() if cell_len(text) > width else text, style),)


def beside(*pieces: Piece) -> Block:
    """Draw pieces beside each other; none may reach into the next."""
    drawn: Block = []
    for y in range(max((len(piece.rows) for piece in pieces), default=0)):
        row: list[Part] = []
        used = 0
        for piece in sorted(pieces):
            if y < len(piece.rows) and piece.rows[y]:
                row += [(" " * (piece.column - used), ""), (piece.rows[y], piece.style)]
                used = piece.column + cell_len(piece.rows[y])
        drawn.append(tuple(row))
    return drawn


def stacked(blocks: Sequence[Block], height: int) -> Block:
    """Lay blocks below each other, with the rows that are left between them; what does not fit is cut at the end."""
    blocks = [block for block in blocks if block]
    left = max(0, height - sum(map(len, blocks)))
    drawn: Block = []
    for place, block in enumerate(blocks, 1):
        # As much above the first block and below the last as between two of them.
        drawn += [()] * (left * place // (len(blocks) + 1) - left * (place - 1) // (len(blocks) + 1))
        drawn += block
    return drawn[:height]


def rows_left(blocks: Sequence[Block], height: int) -> int:
    """Return the rows that blocks leave, with a row between each two and before another one."""
    return height - sum(len(block) + 1 for block in blocks if block)


def clock(planned: int, used: int, *, running: bool = True) -> Part:
    """Return the time that is left as it is read from afar, or by how much it is over, with its colour; nothing without a plan."""
    if not planned:
        return "", ""
    shown = clock_name(planned - used) if used <= planned else f"+{clock_name(used - planned)}"
    style = "$error" if used >= planned else "$warning" if used * 10 >= planned * _AMBER else "$foreground" if running else "$text-muted"
    return shown, style


def phase_clock(session: Session, elapsed: int) -> Part:
    """Return what is left of the phase's time."""
    timer = session.timer
    return ("", "") if session.closed else clock(timer.planned, timer.used_at(elapsed), running=timer.since is not None)


def headed(left: Block, time: Part, width: int, height: int) -> Block:
    """Return rows with the clock at their right, large if there is room."""
    shown, style = time
    if not shown:
        return left
    drawn = big_text(shown, width, LETTER if height >= TALL else 1)
    column = width - cells(drawn)
    merged: Block = []
    for y in range(max(len(left), len(drawn))):
        row = left[y] if y < len(left) else ()
        used = cells_of(row)
        merged.append((*row, (" " * max(1, column - used), ""), (drawn[y], f"bold {style}")) if y < len(drawn) else row)
    return merged


def titled(session: Session, title: str, elapsed: int, width: int, height: int) -> Block:
    """Return the title of a picture with the clock of the phase at its right."""
    time = phase_clock(session, elapsed)
    return headed([line(title, "bold $accent", room_beside_clock(time, width, height))], time, width, height)


def room_beside_clock(time: Part, width: int, height: int) -> int:
    """Return the cells that a clock leaves at its left."""
    drawn = big_text(time[0], width, LETTER if height >= TALL else 1) if time[0] else ()
    return width - cells(drawn) - (3 if drawn else 0)
