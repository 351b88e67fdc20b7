"""Quarter after quarter: what it costs to begin a session after another one, and to look at a series of forty."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from sessions.commands.phases import CloseSession
from sessions.errors import RecordError
from sessions.imports.portfolio import load_portfolio
from sessions.library.following import begin, follow, read_earlier
from sessions.library.index import entries_from
from sessions.library.library import Library, SessionRef
from sessions.library.trending import whole_series, with_values
from sessions.portfolio.models import Objective, Portfolio, Team, Work, quarter_after
from sessions.quarters.trend.rows import Row as Quarter
from sessions.quarters.trend.rows import trend
from tests.benchmarks.samples import folder, library, portfolio, title
from tests.benchmarks.table import Row, cpu_time, in_turn
from tests.disk import DiskLibrary

CARDS, SESSIONS, SMALL = 500, 40, 60
ROUNDS = 15
_TODAY = date(2026, 6, 30)


def _file(path: Path, first: int) -> Path:
    """Write a file of cards, from a number on."""
    rows = [f"P{number:05},{title(number)},VP {number % 9},saves {number} hours a month,O{number % 5}" for number in range(first, first + CARDS)]
    path.write_text("\n".join(["id,title,sponsor,benefit,objective", *rows]), encoding="utf-8")
    return path


def carry_over() -> list[Row]:
    """Begin sessions from a file, and after one that has nearly all of its cards."""
    with folder() as path:
        home = library(path, quick=True)
        new = _file(path / "next.csv", 20)
        with home.create(load_portfolio(_file(path / "last.csv", 0)).portfolio, quarter="2026-Q2") as opened:
            opened.live.perform(CloseSession(leave_undecided=True, override="measured"))

        def delete(ref: SessionRef) -> None:
            with suppress(RecordError):
                home.delete(ref)

        contestants = [cpu_time(lambda ref=ref: _begin(home, new, ref), after=delete) for ref in (opened.ref, None)]
        ours, floor = in_turn(contestants, ROUNDS)
    return [Row(f"carry over {CARDS} cards, beside beginning without", ours, floor, 1.5)]


def _begin(home: Library, file: Path, after: SessionRef | None) -> SessionRef:
    """Read a file, and begin a session with it as the command does."""
    found = load_portfolio(file).portfolio
    if after is None:
        opened = home.create(found, title="next", quarter="2026-Q3")
    else:
        followed = read_earlier(home, after)
        opened = begin(home, None, (followed, follow(followed, found, quarter="2026-Q3", today=_TODAY)), title="next")
    opened.close()
    return opened.ref


def _measurable() -> Portfolio:
    """Return a portfolio with teams, efforts and objectives, so that every measure is defined."""
    found = portfolio(SMALL)
    cards = tuple(card.model_copy(update={"work": (Work(team=f"T{at % 4}", effort=10 + at % 30),)}) for at, card in enumerate(found.projects))
    teams = tuple(Team(id=f"T{number}", name=f"Team {number}", people=30, key=number < 2) for number in range(4))
    objectives = tuple(Objective(id=f"O{rank}", rank=rank, text=f"Goal {rank}") for rank in range(1, 6))
    return found.model_copy(update={"projects": cards, "teams": teams, "objectives": objectives})


def _hold(home: DiskLibrary) -> None:
    """Hold the sessions of a series, each after the one before."""
    quarter, ref = "2026-Q3", None
    for _ in range(SESSIONS):
        if ref is None:
            opened = home.create(_measurable(), quarter=quarter)
        else:
            followed = read_earlier(home, ref)
            opened = begin(home, None, (followed, follow(followed, None, quarter=quarter, today=_TODAY)), title=quarter)
        with opened:
            opened.live.perform(CloseSession(leave_undecided=True, override="measured"))
        ref, quarter = opened.ref, quarter_after(quarter)


def _trend_of(home: Library) -> list[Quarter]:
    """Return the trend of the only series of a library."""
    entries = home.entries()
    return trend(with_values(home, whole_series(entries, entries[0])))


def look_at_a_series() -> list[Row]:
    """List the sessions of a series, and make its trend. The floor reads the index into rows that are checked, and looks at no session's file."""
    with folder() as path:
        home = library(path, quick=True)
        _hold(home)
        if len(_trend_of(home)) != SESSIONS:
            raise AssertionError("the series is not whole")
        contestants = [home.entries, lambda: _trend_of(home), lambda: entries_from(home._store.load_index())]
        listed, told, floor = in_turn([cpu_time(each) for each in contestants], ROUNDS)
    name = f"{SESSIONS} sessions of {SMALL} cards, beside the index"
    return [Row(f"the library of {name}", listed, floor, 1.3), Row(f"the trend of {name}", told, floor, 1.3)]


ROWS = (carry_over, look_at_a_series)
