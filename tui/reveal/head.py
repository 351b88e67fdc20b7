"""The lines above the lists of a reveal. A small screen gets fewer words."""

from __future__ import annotations

from sessions.record.events import Weighting
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import close_call
from sessions.state.rounds import Round
from tui.reveal.words import (
    ALL_ABSTAINED,
    SECRET_SIDES,
    agreement_words,
    condorcet_words,
    groupthink_words,
    hides_sides,
    outcome_words,
    turnout_words,
)
from tui.text import wrap
from tui.themes import Ink
from tui.widgets.listing import Line, Piece

_MOST_LINES = 3
_BUSY = "Computing how far the voters agree, and what to discuss …"


def head_lines(reading: RevealResult, round_: Round, weighting: Weighting, width: int, *, ready: bool, short: bool) -> list[Line]:
    """Return who voted, how far the room agrees, what hangs on counting, what is not shown and why, and what came of the order."""
    said: list[tuple[str, Ink]] = [(turnout_words(reading), "muted")]
    if not reading.order:
        said.append((ALL_ABSTAINED, "text"))
    else:
        said.append((agreement_words(reading, short=short), "text") if ready else (_BUSY, "muted"))
        said.append((condorcet_words(reading, weighting), "text"))
        said.append((close_call(reading), "wait"))
        said.append((groupthink_words(reading) if ready else "", "wait"))
        said.append((SECRET_SIDES if hides_sides(reading) else "", "muted"))
        said.append((outcome_words(round_), "start"))
    return [[Piece(line, ink)] for text, ink in said if text for line in wrap(text, width, _MOST_LINES)]
