"""The lines above the list of a reveal: one sentence, large figures beside it if there is room, and what goes with it. A low screen gets fewer."""

from __future__ import annotations

from textual.geometry import Size

from sessions.record.events import Weighting
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import big_figure, close_call, headline, robustness, unity
from sessions.state.rounds import Round
from tui.reveal.words import (
    ALL_ABSTAINED,
    SMALL_SIDE,
    agreement_words,
    condorcet_words,
    counting_name,
    groupthink_words,
    hides_sides,
    method_words,
    outcome_words,
    turnout_words,
    warning_words,
)
from tui.text import wrap
from tui.themes import Ink
from tui.widgets.big_text import big_text
from tui.widgets.listing import Line, Piece

_MOST_LINES = 3
_BUSY = "Working out what to talk about …"
_MARGIN = 4
_BIG, _BIG_FROM, _WIDE = 5, 30, 100
"""Rows of the large figures, and the height and the width from which there is room for them."""

Said = tuple[str, Ink, bool]


def head_lines(reading: RevealResult, round_: Round, weighting: Weighting, room: Size, *, figures: bool, told: str) -> list[Line]:
    """Return what the ballots say, what hangs on counting or on one ballot, what is not shown and why, and what came of the order.

    `told` is the sentence of the line at the top of the screen: a low screen does not repeat it.
    """
    width, height = room.width - _MARGIN, room.height
    said = _figures(reading, round_) if figures else _plain(reading, round_, roomy=height >= _BIG_FROM, told=told)
    if weighting == "person":
        said.append((f"Counting: {counting_name('person')}.", "wait", True))
    big: tuple[str, ...] = ()
    if height >= _BIG_FROM and width >= _WIDE and not figures and reading.order and (figure := big_figure(reading)):
        big = big_text(figure, width // 3, _BIG)
    if len(big) < 2:
        return _wrapped(said, width)
    left = max(map(len, big)) + 4
    beside = _wrapped(said, width - left)
    rows = max(len(big), len(beside))
    drawn = [*big, *[""] * (rows - len(big))]
    return [[Piece(drawn[row].ljust(left), bold=True), *(beside[row] if row < len(beside) else [])] for row in range(rows)]


def _wrapped(said: list[Said], width: int) -> list[Line]:
    return [[Piece(line, ink, bold=bold)] for text, ink, bold in said if text for line in wrap(text, width, _MOST_LINES)]


def _plain(reading: RevealResult, round_: Round, *, roomy: bool, told: str) -> list[Said]:
    """Return the sentences of the room, the most important one first."""
    if not reading.order:
        return [(ALL_ABSTAINED, "text", True), (turnout_words(reading), "muted", False)]
    says, ready = headline(reading), reading.ready
    said: list[Said] = [(says if roomy or told != says.removesuffix(".") else "", "text", True)]
    said.append((unity(reading), "text", False) if ready and roomy else ("" if ready else _BUSY, "muted", False))
    said.append((close_call(reading, short=not roomy), "wait", False))
    said.append((groupthink_words(reading) if ready else "", "wait", False))
    said.append((robustness(reading) if reading.one_ballot_known and roomy else "", "text", False))
    said.append((SMALL_SIDE if hides_sides(reading) else "", "muted", False))
    said.append((turnout_words(reading) if roomy else warning_words(reading), "muted", False))
    said.append((outcome_words(round_), "start", False))
    return said


def _figures(reading: RevealResult, round_: Round) -> list[Said]:
    """Return how the ballots were asked and counted, and how far the voters agree, with figures."""
    said: list[Said] = [(f"Ballot: {method_words(round_.opened)}", "text", True), (turnout_words(reading), "muted", False)]
    if not reading.order:
        return said
    said.append((agreement_words(reading) if reading.ready else _BUSY, "text", False))
    said.append((condorcet_words(reading, "sides"), "text", False))
    said.append((robustness(reading) if reading.one_ballot_known else "", "text", False))
    return said
