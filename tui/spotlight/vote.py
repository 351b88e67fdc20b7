"""How many have voted, for the projector: counts alone, of no one by name and of nothing that anybody chose."""

from __future__ import annotations

from sessions.rounds.words import ANNOUNCED, heading, question
from sessions.state.rounds import Round
from sessions.state.session import Session
from tui.sides import looks, named
from tui.spotlight.picture import LETTER, TALL, Block, Row, blank, headed, large, line, phase_clock, room_beside_clock, rows_left, stacked
from tui.text import fit, length, wrap
from tui.widgets.lines import Part

_WIDEST = 9
"""Cells of a voter in the bar of a side, where the room is not wider than usual."""


def vote_picture(session: Session, round_: Round, elapsed: int, width: int, height: int) -> Block:
    """Draw how many of the voters are in, by side, what is asked and what will be shown afterwards."""
    voters = session.voters()
    voted = sum(voter.id in round_.seals for voter in voters)
    time = phase_clock(session, elapsed)
    name = line(heading(session, round_.opened), "bold $accent", room_beside_clock(time, width, height))
    head = headed([name], time, width, height)
    asked: Block = [line(each, "bold", width) for each in question(round_.opened).lines[:2]]
    told = [line(each, "$text-muted", width) for each in wrap(ANNOUNCED[round_.opened.anonymity], width, 2)]
    bars = _bars(session, round_, width, 2 if height >= TALL else 1)
    words = "have voted" if voted < len(voters) else "All have voted"
    below = blank(LETTER if height >= TALL else 1)
    room = rows_left([head, below, bars, [*asked, *told]], height)
    count = large(f"{voted} of {len(voters)}", "$foreground", width, room) if voted < len(voters) else large(words, "$success", width, room)
    state = large(words, "$text-muted", width, len(below)) if voted < len(voters) else []
    return stacked([head, [*count, (), *state] if state else count, bars, [*asked, *told]], height)


def _bars(session: Session, round_: Round, width: int, rows: int) -> Block:
    """Draw a bar for each side: a block for each of its voters, full for those who are in."""
    look = looks(session.sides)
    labels = {side: named(side, look[side]) for side in session.sides}
    label = max(map(length, labels.values()), default=0) + 2
    most = max((len(session.voters(side)) for side in session.sides), default=1)
    each = max(1, min(max(_WIDEST, width // 12), (width - label - len("  00 of 00")) // max(1, most)))
    drawn: Block = []
    for side in session.sides:
        voters = session.voters(side)
        full = sum(voter.id in round_.seals for voter in voters)
        block = "█" * (each - 1) + " " if each > 1 else "█"
        bar: list[Part] = [(block * full, look[side].style), (block * (len(voters) - full), "$card-faint")]
        told: Row = ((fit(labels[side], label), f"bold {look[side].style}"), *bar, (f"  {full} of {len(voters)}", "bold"))
        drawn += [told, *[((" " * label, ""), *bar)] * (rows - 1), *([()] if rows > 1 else [])]
    return drawn[:-1] if rows > 1 else drawn
