"""Where each side of a revealed round puts the cards (METHOD 3.8)."""

from __future__ import annotations

from collections import Counter

from sessions.portfolio.models import Side
from sessions.rounds.methods.registry import order_spec
from sessions.rounds.methods.sides_told import side_orders
from sessions.state.rounds import Round
from sessions.voting.wants import places_in


def side_places(round_: Round) -> dict[Side, dict[str, int]]:
    """Return each side's places, in its own order; nothing if the sides must not be shown apart."""
    orders = side_orders(round_)
    if round_.revealed is None or not orders:
        return {}
    spec = order_spec(round_.opened.method)
    voted_for: dict[Side, set[str]] = {side: set() for side, _ in orders}
    totals: dict[Side, Counter[str]] = {side: Counter() for side, _ in orders}
    for ballot in round_.revealed.ballots:
        if ballot.side in totals:
            voted_for[ballot.side].update(spec.voted_for(ballot))
            totals[ballot.side].update(dict(ballot.points))
    return {side: places_in(order, voted_for[side], totals[side]) for side, order in orders}
