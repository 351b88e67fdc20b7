"""The line across the board that ends the quarter: above it what starts, below it what does not (METHOD 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.text import fit, fixed_width, length
from tui.themes import Ink, Palette

_BEFORE = "━━ "
_BETWEEN = " ━━ "
_AFTER = 2
"""Cells of the line that stay visible behind its words."""


class Rule(NamedTuple):
    """A line above the card at `position` (0 first): the words that count, and notes that drop from the end if it is narrow."""

    position: int
    words: str
    notes: tuple[str, ...] = ()
    faint: bool = False
    """Whether it is about to move: it is drawn quietly then."""


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
