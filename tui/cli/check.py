"""`quarterdeck check`: what is missing on the cards of a portfolio, or whether a session is whole."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sessions.errors import RecordError
from sessions.imports.formats.report import EVERYTHING
from sessions.imports.portfolio import load_portfolio
from sessions.library.index import missed
from sessions.library.library import read_session
from sessions.portfolio.checks import Checker, completeness
from sessions.sanitize import clean
from sessions.state.fold import replay
from sessions.store.tinydb.files import REAL_FILES
from sessions.store.tinydb.repair import check
from sessions.wording import counted

_CHAINED = re.compile(rb',"chain":"[0-9a-f]{32}"\}\r?\n')
_LOOKED_AT = 100_000
"""How many bytes at the start of a file are searched for the chain of a record."""


def kind_of_file(path: Path) -> str:
    """Return "session" or "portfolio" (any file that is not a session); "" if there is no file.

    A session is known by its first bytes or, if those are damaged, by the chain of its records. Raises OSError.
    """
    if not os.path.lexists(path):
        return ""
    if not path.is_file():
        return "portfolio"  # its reader reports what it is
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    return "session" if start.startswith(b'{"events":') or _CHAINED.search(start) else "portfolio"


def check_portfolio(path: Path) -> list[str]:
    """Return the report of a portfolio, how complete it is, and what its cards lack. Raises PortfolioError."""
    report = load_portfolio(path)
    counts = completeness(report.portfolio)
    total = counts.pop("cards")
    checker = Checker(report.portfolio)
    return [
        *report.sentences(EVERYTHING),
        "; ".join(f"{name.replace('_', ' ')} {count} of {total}" for name, count in counts.items()),
        *(f"{card.id} {card.title}: {each.sentence}" for card in report.portfolio.projects for each in checker.check(card)),
    ]


def check_session(path: Path) -> str:
    """Return the sentence that a session file is whole. Raises RecordError with its first damage and any records missing at its end."""
    report = check(path)
    gone = "" if report.damaged else missed(path, report.records, REAL_FILES)
    if report.problem or gone:
        raise RecordError("; ".join(filter(None, [report.problem, gone])))
    state = replay(read_session(path)[0])
    return f"{clean(path.name, 300)} is whole: {counted(report.records, 'record')}, all proved; they fold to {counted(len(state.order), 'card')}."
