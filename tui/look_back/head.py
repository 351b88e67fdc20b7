"""The figures above the lists of Look back: how many decisions were kept, and how much of what was delivered is in use."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size

from sessions.quarters.look_back import PastDecision
from sessions.quarters.promises import decisions_kept, promises_words
from sessions.record.events import Past
from tui.stages.picture import LETTER, TALL, Block, Piece, beside
from tui.text import fit, length
from tui.widgets.big_text import block_letters
from tui.widgets.lines import Part

_WIDE, _HUGE = 100, 50
_INDENT = 2


def head_lines(past: Past, rows: Sequence[PastDecision], delivered: tuple[str, str], room: Size, *, second: bool) -> Block:
    """Return the figures: large if there is room for both, else the one of the list in use, or `second`, in one line."""
    outcomes = {row.decision.card: row.outcome for row in rows}
    decisions, aside = decisions_kept(outcomes.values()), promises_words(past, outcomes)
    asked = sum(row.said is None for row in rows)  # what is only proposed has a question mark here as in the list
    figures = [(decisions.words, f"decisions kept{'?' if asked else ''}", aside)] if rows else []
    if asked and not decisions.of:
        figures = [(str(asked), "outcome to confirm" if asked == 1 else "outcomes to confirm", "")]
    figures += [(*delivered, "")] if delivered[0] else []
    if not figures:
        return []
    if room.height < TALL or room.width < _WIDE:
        return [_in_a_line(figures[-1:] if second else figures, room.width - _INDENT)]
    half = (room.width - 2 * _INDENT) // len(figures)
    rows_of = 2 * LETTER - 1 if room.height >= _HUGE else LETTER
    drawn = [block_letters(figure, half - 2, rows_of) or (figure,) for figure, _, _ in figures]
    tall = max(map(len, drawn))
    placed = [Piece(_INDENT + number * half, ("",) * (tall - len(each)) + each, "bold") for number, each in enumerate(drawn)]
    return [*beside(*placed), (), _captions(figures, half), ()]


def _captions(figures: Sequence[tuple[str, str, str]], half: int) -> tuple[Part, ...]:
    line: list[Part] = [(" " * _INDENT, "")]
    for number, (_, caption, aside) in enumerate(figures):
        room = half - length(caption) - 2
        told = fit(aside, min(length(aside), max(0, room - 2))).rstrip()
        line += [(caption, "bold"), ("  ", ""), (told, "$text-muted")]
        if number + 1 < len(figures):
            line.append((" " * max(1, room - length(told)), ""))
    return tuple(line)


def _in_a_line(figures: Sequence[tuple[str, str, str]], width: int) -> tuple[Part, ...]:
    """Return the figures in one line, without what has no room in it."""
    line: list[Part] = [(" ", "")]
    left = width - 1
    for figure, caption, aside in figures:
        for text, style in ((f"{figure} {caption}", "bold"), (aside, "$text-muted")):
            if text and length(text) + 3 <= left:
                line += [(text, style), ("   ", "")]
                left -= length(text) + 3
    return tuple(line)
