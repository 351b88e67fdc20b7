"""What the board would look like in the group's order: how many cards move, which of them cross the line, and the list of the moves."""

from __future__ import annotations

from sessions.deciding.must import below_the_line
from sessions.record.events import Tally
from sessions.rounds.count import apply_order, leaves_some_out
from sessions.rounds.reveal import RevealResult
from sessions.state.session import Session
from sessions.wording import plural

MOST = 200
"""Moves that are listed."""


def question(session: Session, reading: RevealResult, tally: Tally) -> tuple[str, list[str]]:
    """Return the question, and a line per card that moves: first those that cross the line, then the farthest moves."""
    new = apply_order(session, tally.order)
    before = session.ranks
    moved = [(card, before[card], rank) for rank, card in enumerate(new, 1) if before[card] != rank]
    if not moved:
        return "Take this order? The board is in it already.", []
    inside, first = _first(session.order, tally, reading.k), _first(new, tally, reading.k)
    crossing = (inside ^ first) if reading.k < len(tally.order) else frozenset()
    told = f", {len(crossing)} {'crosses' if len(crossing) == 1 else 'cross'} the line" if crossing else ""
    moved.sort(key=lambda move: (move[0] not in crossing, -abs(move[1] - move[2]), move[2]))
    musts, lines = below_the_line(session, crossing - first)
    for card, old, rank in moved[:MOST]:
        where = f"  ({'into' if card in first else 'out of'} the first {reading.k})" if card in crossing else ""
        lines.append(f"{'▲' if rank < old else '▼'} {old:>3} → {rank:<3}  {session.cards[card].title}{where}")
    more = [f"and {len(moved) - MOST} more"] if len(moved) > MOST else []
    rest = " The cards not voted on keep their ranks." if leaves_some_out(session, tally.order) else ""
    return f"Take this order? {plural(len(moved), 'card')} {'moves' if len(moved) == 1 else 'move'}{told}.{rest}{musts}", lines + more


def _first(order: tuple[str, ...], tally: Tally, k: int) -> frozenset[str]:
    """Return the first K of the ballot's cards in an order of the board."""
    voted = frozenset(tally.order)
    return frozenset([card for card in order if card in voted][:k])
