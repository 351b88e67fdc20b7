"""Reading a portfolio: beside the standard csv reader with the same conversions."""

from __future__ import annotations

import csv
import io

from sessions.imports.formats.report import Findings, Place
from sessions.imports.money import read_money
from sessions.imports.money_in_words import with_worth
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Benefit, Project
from sessions.sanitize import clean
from tests.benchmarks.samples import title
from tests.benchmarks.table import Row, cpu_time, in_turn

ROWS_READ, ROUNDS = 500, 15
MOST = 3.0


def read_500_rows() -> list[Row]:
    """Read a table with a budget and five other columns."""
    rows = [
        f'P{number:05},{title(number)},VP {number % 9},"saves {number} hours a month, or more","$1,{number:03},000",{number % 7} places\r\n'
        for number in range(ROWS_READ)
    ]
    data = ("id,title,sponsor,benefit,total budget,where\r\n" + "".join(rows)).encode()
    ours, floor = in_turn([cpu_time(lambda: read_portfolio(data, "cards.csv")), cpu_time(lambda: _least(data))], ROUNDS)
    return [Row(f"read {ROWS_READ} rows, beside the csv reader with the same conversions", ours, floor, MOST)]


def _least(data: bytes) -> list[Project]:
    """Read the rows as a program does that knows their shape."""
    return [
        Project(
            id=clean(row["id"], 60),
            title=clean(row["title"], 200),
            sponsor=clean(row["sponsor"], 80),
            benefit=with_worth(Benefit(text=clean(row["benefit"], 4_000)), Findings("cards.csv"), Place(None, "benefit")),
            budget=read_money(row["total budget"]).budget,
            fields=(("where", clean(row["where"], 4_000)),),
        )
        for row in csv.DictReader(io.StringIO(data.decode(), newline=""))
    ]


ROWS = (read_500_rows,)
