"""What it costs to begin a session after another one, beside beginning it from the file alone."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from sessions.commands.phases import CloseSession
from sessions.errors import RecordError
from sessions.imports.portfolio import load_portfolio
from sessions.library.following import begin_after, follow, read_earlier
from sessions.library.library import Library, SessionRef
from tests.benchmarks.samples import folder, library, title
from tests.benchmarks.table import Row, in_turn

CARDS, ROUNDS = 500, 15
MOST = 1.5


def _file(path: Path, first: int) -> Path:
    """Write a file of cards, from a number on."""
    rows = [
        f"P{number:05},{title(number)},VP {number % 9},saves {number} hours a month,O{number % 5}" for number in range(first, first + CARDS)
    ]
    path.write_text("\n".join(["id,title,sponsor,benefit,objective", *rows]), encoding="utf-8")
    return path


def carry_over() -> list[Row]:
    """Begin sessions from a file, and after one that has nearly all of its cards."""
    with folder() as path:
        home = library(path, quick=True)
        with home.create(load_portfolio(_file(path / "last.csv", 0)).portfolio, quarter="2026-Q2") as opened:
            opened.live.perform(CloseSession(leave_undecided=True, override="measured"))
        new = _file(path / "next.csv", 20)
        ours, floor = in_turn([_timed(home, lambda: _begin(home, new, opened.ref)), _timed(home, lambda: _begin(home, new, None))], ROUNDS)
    return [Row(f"carry over {CARDS} cards, beside beginning without", ours, floor, MOST)]


def _begin(home: Library, file: Path, after: SessionRef | None) -> SessionRef:
    """Read a file, and begin a session with it as the command does."""
    portfolio = load_portfolio(file).portfolio
    if after is None:
        opened = home.create(portfolio, title="next", quarter="2026-Q3")
    else:
        followed = read_earlier(home, after)
        opened = begin_after(home, followed, follow(followed, portfolio, quarter="2026-Q3", today=date(2026, 6, 30)), title="next")
    opened.close()
    return opened.ref


def _timed(home: Library, action: Callable[[], SessionRef]) -> Callable[[], float]:
    def run() -> float:
        gc.collect()
        gc.disable()
        begin = time.process_time_ns()
        ref = action()
        end = time.process_time_ns()
        gc.enable()
        with suppress(RecordError):
            home.delete(ref)
        return (end - begin) / 1e6

    return run


ROWS = (carry_over,)
"""What is measured, in the order of the table."""
