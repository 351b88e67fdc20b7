"""What the library and the trend of a series cost, beside reading the index, where all measures of closed sessions are kept."""

from __future__ import annotations

from datetime import date

from sessions.commands.phases import CloseSession
from sessions.library.following import begin_after, follow, read_earlier
from sessions.library.index import entries_from
from sessions.library.library import Library
from sessions.library.trending import whole_series, with_values
from sessions.portfolio.models import Objective, Portfolio, Team, Work, quarter_after
from sessions.quarters.trend.rows import Row as Quarter
from sessions.quarters.trend.rows import trend
from tests.benchmarks.samples import folder, library, portfolio
from tests.benchmarks.table import Row, cpu_time, in_turn
from tests.disk import DiskLibrary

SESSIONS, CARDS, ROUNDS = 40, 60, 15
MOST = 1.3


def planned() -> Portfolio:
    """Return a portfolio with teams, efforts and objectives, so that every measure is defined."""
    found = portfolio(CARDS)
    cards = tuple(card.model_copy(update={"work": (Work(team=f"T{at % 4}", effort=10 + at % 30),)}) for at, card in enumerate(found.projects))
    teams = tuple(Team(id=f"T{number}", name=f"Team {number}", people=30, key=number < 2) for number in range(4))
    objectives = tuple(Objective(id=f"O{rank}", rank=rank, text=f"Goal {rank}") for rank in range(1, 6))
    return found.model_copy(update={"projects": cards, "teams": teams, "objectives": objectives})


def hold(home: DiskLibrary) -> None:
    """Hold the sessions of a series, each after the one before."""
    quarter, ref = "2026-Q3", None
    for _ in range(SESSIONS):
        if ref is None:
            opened = home.create(planned(), quarter=quarter)
        else:
            followed = read_earlier(home, ref)
            opened = begin_after(home, followed, follow(followed, None, quarter=quarter, today=date(2026, 6, 30)), title=quarter)
        with opened:
            opened.live.perform(CloseSession(leave_undecided=True, override="measured"))
        ref, quarter = opened.ref, quarter_after(quarter)


def rows_of(home: Library) -> list[Quarter]:
    """Return the trend of the only series of a library."""
    entries = home.entries()
    return trend(with_values(home, whole_series(entries, entries[0])))


def look_at_a_series() -> list[Row]:
    """List the sessions of a series, and make its trend."""
    with folder() as path:
        home = library(path, quick=True)
        hold(home)
        if len(rows_of(home)) != SESSIONS:
            raise AssertionError("the series is not whole")
        # The floor reads the index into rows that are checked, and looks at no session's file.
        contestants = [home.entries, lambda: rows_of(home), lambda: entries_from(home._store.load_index())]
        listed, told, floor = in_turn([cpu_time(each) for each in contestants], ROUNDS)
    name = f"{SESSIONS} sessions of {CARDS} cards"
    return [Row(f"the library of {name}, beside its index", listed, floor, MOST), Row(f"the trend of {name}, beside the index", told, floor, MOST)]


ROWS = (look_at_a_series,)
"""What is measured, in the order of the table."""
