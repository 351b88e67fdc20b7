"""A bar for each side: a block for each of its voters, full for those who count."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sessions.state.session import Session
from tui.sides import looks, shaped_name
from tui.stages.picture import Block, Row
from tui.text import fit, length
from tui.widgets.lines import Part

_WIDEST = 9
"""Cells of a voter, unless the room is wider than usual."""


def of_sides(session: Session, counting: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return how many of a side's voters are among some, and how many it has."""
    voters = {side: session.voters(side) for side in session.sides}
    return {side: (sum(each.id in counting for each in its), len(its)) for side, its in voters.items()}


def side_bars(counts: Mapping[str, tuple[int, int]], width: int, rows: int, after: str = "") -> Block:
    """Draw a bar, `rows` rows high, for each side, or for all voters; its blocks are full for those who count, `after` is a word behind the count."""
    look = looks(counts)
    labels = {side: shaped_name(side, look[side]) for side in counts}
    label = max(map(length, labels.values()), default=0) + 2
    most = max((of for _, of in counts.values()), default=1)
    each = max(1, min(max(_WIDEST, width // 12), (width - label - len("  00 of 00") - len(after)) // max(1, most)))
    drawn: Block = []
    for side, (full, of) in counts.items():
        block = "█" * (each - 1) + " " if each > 1 else "█"
        bar: list[Part] = [(block * full, look[side].style), (block * (of - full), "$card-faint"), (" " * each * (most - of), "")]
        told: Row = ((fit(labels[side], label), f"bold {look[side].style}"), *bar, (f"  {full} of {of}{after}", "bold"))
        drawn += [told, *[((" " * label, ""), *bar)] * (rows - 1), *([()] if rows > 1 else [])]
    return drawn[:-1] if rows > 1 else drawn
