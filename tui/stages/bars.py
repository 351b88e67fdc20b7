"""A bar for each side: a block for each of its voters, full for those who count."""

from __future__ import annotations

from collections.abc import Collection

from sessions.state.session import Session
from tui.sides import looks, named
from tui.stages.picture import Block, Row
from tui.text import fit, length
from tui.widgets.lines import Part

_WIDEST = 9
"""Cells of a voter, unless the room is wider than usual."""


def side_bars(session: Session, counting: Collection[str], width: int, rows: int, after: str = "") -> Block:
    """Draw a bar of so many rows for each side; `counting` are the voters whose block is full, `after` a word behind the count."""
    look = looks(session.sides)
    labels = {side: named(side, look[side]) for side in session.sides}
    label = max(map(length, labels.values()), default=0) + 2
    most = max((len(session.voters(side)) for side in session.sides), default=1)
    each = max(1, min(max(_WIDEST, width // 12), (width - label - len("  00 of 00") - len(after)) // max(1, most)))
    drawn: Block = []
    for side in session.sides:
        voters = session.voters(side)
        full = sum(voter.id in counting for voter in voters)
        block = "█" * (each - 1) + " " if each > 1 else "█"
        bar: list[Part] = [(block * full, look[side].style), (block * (len(voters) - full), "$card-faint")]
        told: Row = ((fit(labels[side], label), f"bold {look[side].style}"), *bar, (f"  {full} of {len(voters)}{after}", "bold"))
        drawn += [told, *[((" " * label, ""), *bar)] * (rows - 1), *([()] if rows > 1 else [])]
    return drawn[:-1] if rows > 1 else drawn
