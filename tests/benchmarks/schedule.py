"""How fast a board is planned: `python -m tests.benchmarks --only schedule`. A plan that fits into a frame is never in the way of a key."""

from __future__ import annotations

from itertools import count

from sessions.portfolio.order import order_after_move
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import prepare
from tests.benchmarks.samples import worked
from tests.benchmarks.table import Row, cpu_time, in_turn

CARDS, TEAMS = 60, (8, 20)
ROUNDS, TIMES = 15, 30
FRAME = 16.0
"""Milliseconds of a frame at 60 Hz."""


def _rows_of(teams: int) -> list[Row]:
    board = worked(CARDS, teams)
    by_id = {card.id: card for card in board.projects}
    workload, order = prepare(board, by_id), tuple(by_id)
    number = count(1)

    def after_a_move() -> object:
        return schedule(workload, order_after_move(order, order[0], next(number) % CARDS + 1))

    def after_an_edit() -> object:
        return schedule(prepare(board, by_id), order)

    move, edit = in_turn([cpu_time(after_a_move, TIMES), cpu_time(after_an_edit, TIMES)], ROUNDS)
    return [Row(f"the plan after {what}, {CARDS} cards, {teams} teams", took, FRAME, 1.0) for what, took in (("a move", move), ("an edit", edit))]


def plans() -> list[Row]:
    """Boards are planned anew after a move (only the order changed) and after an edit of a card or a team."""
    return [row for teams in TEAMS for row in _rows_of(teams)]


ROWS = (plans,)
