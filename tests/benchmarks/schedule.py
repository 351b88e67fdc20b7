"""How fast a board is planned: `python -m tests.benchmarks --only schedule`.

The floor copies the very inputs once: every team's weeks, every card with its work and its needs.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from sessions.portfolio.models import Benefit, Portfolio, Project, Team, Work
from sessions.portfolio.order import order_after_move
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import Workload, prepare
from tests.benchmarks.table import Row, in_turn

SIZES = ((25, 8), (60, 8), (200, 8), (500, 8), (2_000, 8), (25, 20), (60, 20), (200, 20), (500, 20), (2_000, 20))
"""Cards and teams."""
ROUNDS = 15
FRAME = 16.0
"""Milliseconds of a frame: a plan that fits into one is never in the way of a key."""
_IN_A_FRAME = 60
_CARDS_A_ROUND = 2_000
"""Small boards are planned several times in a round, so that the clock has something to see."""


def portfolio(cards: int, teams: int) -> Portfolio:
    """Return a portfolio with work for one to three teams a card, every sixth card needing another. Always the same."""
    chance = random.Random(2026)
    crowd = tuple(
        Team(id=f"T{number:02}", name=f"Team {number}", people=chance.choice((5, 10, 20, 30, 60)), by_week=((7, 10),) if number % 4 == 0 else ())
        for number in range(teams)
    )
    projects = tuple(
        Project(
            id=f"P{number:05}",
            title=f"Project {number}",
            work=tuple(
                Work(team=team.id, effort=chance.randint(5, 120), crew=chance.choice((None, 5, 10)))
                for team in chance.sample(crowd, chance.randint(1, 3))
            ),
            needs=(f"P{chance.randrange(number):05}",) if number and chance.random() < 1 / 6 else (),
            benefit=Benefit(monthly=1000 * chance.randrange(50)),
            state="in_flight" if chance.random() < 0.05 else "new",
        )
        for number in range(cards)
    )
    return Portfolio(teams=crowd, projects=projects)


def copy_of(workload: Workload, order: Sequence[str]) -> tuple[Any, ...]:
    """Copy what a plan is made of: the floor."""
    weeks = [list(each) for each in workload.capacity]
    jobs = workload.jobs
    cards = {card: ([tuple(block) for block in jobs[card].blocks], list(jobs[card].needs), jobs[card].bound, jobs[card].lane) for card in order}
    return weeks, cards


def _timed(work: Callable[[], object], times: int) -> float:
    begin = time.process_time_ns()
    for _ in range(times):
        work()
    return (time.process_time_ns() - begin) / 1e6 / times


def _rows_of(cards: int, teams: int) -> list[Row]:
    board = portfolio(cards, teams)
    by_id = {card.id: card for card in board.projects}
    workload, order = prepare(board, by_id), tuple(by_id)
    number = count(1)

    def after_a_move() -> object:
        return schedule(workload, order_after_move(order, order[0], next(number) % cards + 1))

    def after_an_edit() -> object:
        return schedule(prepare(board, by_id), order)

    times = max(1, _CARDS_A_ROUND // cards)
    contestants = [lambda: _timed(after_a_move, times), lambda: _timed(after_an_edit, times), lambda: _timed(lambda: copy_of(workload, order), times)]
    move, edit, floor = in_turn(contestants, ROUNDS)
    size = f"{cards:,} cards, {teams} teams"
    return [
        Row(f"the plan after a move, {size}", move, floor, 0, series=f"the plan after a move, {teams} teams", size=cards),
        Row(f"the plan after an edit, {size}", edit, floor, 0, series=f"the plan after an edit, {teams} teams", size=cards),
        *([Row(f"the same beside a frame at 60 Hz, {size}", move, FRAME, 1.0)] if cards <= _IN_A_FRAME else []),
    ]


def plans() -> list[Row]:
    """Boards are planned anew after a move (only the order changed) and after an edit of a card or a team."""
    gc.collect()
    gc.disable()
    try:
        return [row for cards, teams in SIZES for row in _rows_of(cards, teams)]
    finally:
        gc.enable()


ROWS = (plans,)
"""What is measured, in the order of the table."""
