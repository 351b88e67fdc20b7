"""All figures of a series as a table: a row per measure, a column per quarter."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.quarters.trend.figures import FIGURES
from sessions.quarters.trend.rows import Row as Quarter
from sessions.voting.agreement import UNDEFINED
from tui.stages.picture import Block
from tui.text import fit, fit_right, length

_GAP = 2


def figures_table(rows: Sequence[Quarter], width: int) -> Block:
    """Return the table of the latest quarters for which there is room."""
    names = max(length(figure.name) for figure in FIGURES) + _GAP
    written = [[figure.written(row) for figure in FIGURES] for row in rows]
    widths = [max(length(row["quarter"]), *map(length, texts)) + _GAP for row, texts in zip(rows, written, strict=True)]
    first = len(rows) - 1
    while first > 0 and sum(widths[first - 1 :]) <= width - names:
        first -= 1
    head = "".join(fit_right(row["quarter"], cells) for row, cells in zip(rows[first:], widths[first:], strict=True))
    drawn: Block = [((fit("", names), ""), (head, "bold $text-muted")), ()]
    for place, figure in enumerate(FIGURES):
        texts = [fit_right(column[place], cells) for column, cells in zip(written[first:], widths[first:], strict=True)]
        style = "$text-muted" if written[-1][place] == UNDEFINED else "bold $foreground"
        indent = _GAP * figure.part
        drawn.append(((" " * indent + fit(figure.name, names - indent), "$text-muted"), ("".join(texts[:-1]), "$text-muted"), (texts[-1], style)))
    return drawn
