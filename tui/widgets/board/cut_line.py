"""What is drawn between cards: the line that ends the quarter (METHOD 5.5), and the headings of groups."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.text import fit, fixed_width, length
from tui.themes import Ink, Palette

_BEFORE = "━━ "
_BETWEEN = " ━━ "
_AFTER = 2
"""Cells of the line that stay visible after its words."""


class Rule(NamedTuple):
    """A line above the card at `position` (0 first): the words that count, and notes that drop from the end if it is narrow."""

    position: int
    words: str
    notes: tuple[str, ...] = ()
    faint: bool = False
    """Whether it is about to move: it is drawn quietly then."""


class Heading(NamedTuple):
    """The heading above the card at `position` (0 first), and what its group comes to."""

    position: int
    words: str
    totals: str = ""


def heading_strip(heading: Heading, width: int, palette: Palette, *, thumb: bool) -> Strip:
    """Draw a heading, the totals at its right if both fit, its last cell the scrollbar's."""
    room = width - 2
    totals = heading.totals if length(heading.words) + _AFTER + length(heading.totals) <= room else ""
    words = fit(heading.words, min(length(heading.words), room))
    between = " " * (room - length(words) - length(totals))
    segments = [
        Segment(f" {words}", palette.style("page", "focus", bold=True)),
        Segment(f"{between}{fixed_width(totals)}", palette.style("page", "muted")),
        Segment("▐" if thumb else " ", palette.style("page", "faint")),
    ]
    return Strip(segments).adjust_cell_length(width, palette.style("page"))


def rule_text(rule: Rule, width: int) -> str:
    """Return the line in exactly `width` cells."""
    words = fixed_width(rule.words)
    for kept in range(len(rule.notes), -1, -1):
        notes = [fixed_width(note) for note in rule.notes[:kept]]
        text = f"{_BEFORE}{_joined(words, notes)} "
        if length(text) + _AFTER <= width:
            return text + "━" * (width - length(text))
    return fit(f"{_BEFORE}{words}", width)


def _joined(words: str, notes: Sequence[str]) -> str:
    return _BETWEEN.join(part for part in (words, ", ".join(notes)) if part)


def rule_strip(rule: Rule, width: int, palette: Palette, *, thumb: bool) -> Strip:
    """Draw the line, its last cell the scrollbar's."""
    ink: Ink = "muted" if rule.faint else "differ"
    line = Segment(rule_text(rule, width - 1), palette.style("page", ink, bold=not rule.faint))
    return Strip([line, Segment("▐" if thumb else " ", palette.style("page", "faint"))]).adjust_cell_length(width, palette.style("page"))
