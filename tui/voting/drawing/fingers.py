"""Hands as a drawing: a line for each number of fingers, one column per side, a dot for each hand. It is both the scale's legend and its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sessions.rounds.consent import mean_words
from sessions.voting.consent import ENOUGH, MOST_FINGERS
from sessions.wording import side_name
from tui.sides import SideLook, looks
from tui.text import fit, length
from tui.themes import Ink
from tui.voting.drawing.people_lines import heading
from tui.widgets.listing import Line, Piece

_LEAST_COLUMN = 8
_WIDEST_COLUMN = 30


@dataclass(frozen=True, slots=True)
class Scale:
    """What fingers mean, and in which colour they are drawn, by their number; `means` are coloured against the required mean."""

    words: tuple[str, ...]
    inks: tuple[Ink, ...] = ()
    """The colour of each number of fingers; none: a side's own."""
    judged: bool = False


CONSENT = Scale(
    ("objection", "strong concern", "concern", "can live with it", "", "fully"),
    ("differ", "wait", "wait", "start", "start", "start"),
    judged=True,
)
"""A fist for a decision (METHOD 2.4)."""
SCORE = Scale(("not at all", "a little", "", "clearly", "", "more than almost anything"), ())
"""How much a card moves the top objectives (METHOD 3.4)."""


def fingers(scale: Scale, counts: Mapping[str, Sequence[int]], means: Mapping[str, Fraction], width: int) -> list[Line]:
    """Draw how many hands of each side showed how many fingers, and the sides' means; without hands what the fingers mean.

    `counts` are from 0 to 5 fingers, by side; a side without a name means all voters.
    """
    label = label_cells(scale, width)
    cells = min(_WIDEST_COLUMN, max(_LEAST_COLUMN, (width - label) // max(1, len(counts))))
    shown = looks(counts)
    lines: list[Line] = [_names(list(counts), shown, label, cells)] if counts else []
    for number in range(MOST_FINGERS, -1, -1):
        ink: Ink | None = scale.inks[number] if scale.inks else None
        row = [Piece(f"{number} ", ink or "text", bold=True), Piece(fit(fit(scale.words[number], label - 4), label - 2))]
        lines.append(row + [_hands(its[number], cells, shown[side].shape, ink or shown[side].ink) for side, its in counts.items()])
    return lines + ([_means(scale, counts, means, label, cells)] if means else [])


def label_cells(scale: Scale, width: int) -> int:
    """Return the cells of the column that says what fingers mean."""
    return min(max(map(length, scale.words)) + 4, max(5, width * 2 // 5))


def _names(sides: Sequence[str], shown: Mapping[str, SideLook], label: int, cells: int) -> Line:
    names = [(shown[side], heading(side) if side_name(side) else "All voters") for side in sides]
    return [Piece(" " * label), *[Piece(fit(f"{look.shape} {name}", cells), look.ink, bold=True) for look, name in names]]


def _hands(count: int, cells: int, shape: str, ink: Ink) -> Piece:
    """Draw hands as dots with their number; if there are too many, the dots that fit."""
    if not count:
        return Piece(fit("·", cells), "faint")
    room = max(1, cells - len(str(count)) - 2)
    return Piece(fit(f"{shape * min(count, room)} {count}", cells), ink, bold=True)


def _means(scale: Scale, counts: Mapping[str, Sequence[int]], means: Mapping[str, Fraction], label: int, cells: int) -> Line:
    columns = []
    for side in counts:
        mean = means.get(side)
        ink: Ink = "text" if not scale.judged or mean is None else "start" if mean >= ENOUGH else "differ"
        columns.append(Piece(fit(mean_words(mean) if mean is not None else "–", cells), ink, bold=True))
    return [Piece(fit("mean", label), "muted"), *columns]
