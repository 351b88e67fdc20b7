"""What `quarterdeck check` says: of a portfolio, what is missing on its cards; of a session, whether it is whole."""

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

_CHAINED = re.compile(rb',"chain":"[0-9a-f]{32}"\}\r?\n')
_LOOKED_AT = 100_000
"""Bytes from the start of a file in which a record's chain is looked for."""


def kind_of_file(path: Path) -> str:
    """Return what a path is: a "session", a "portfolio" (or whatever else is no session), or nothing at all: empty.

    A session is known by its first bytes, or, where those are damaged, by the chain of its records. Raises OSError.
    """
    if not os.path.lexists(path):
        return ""
    if not path.is_file():
        return "portfolio"  # whose reader says in words what else it is
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    return "session" if start.startswith(b'{"events":') or _CHAINED.search(start) else "portfolio"


def check_portfolio(path: Path) -> list[str]:
    """Return what was read of a portfolio, how complete it is, and what is missing on its cards. Raises PortfolioError."""
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
    """Prove a session file, and say so. Raises RecordError naming the first thing that is wrong, and what the library misses at its end."""
    report = check(path)
    gone = "" if report.damaged else missed(path, report.records, REAL_FILES)
    if report.problem or gone:
        raise RecordError("; ".join(filter(None, [report.problem, gone])))
    state = replay(read_session(path)[0])
    return f"{clean(path.name, 300)} is whole: {counted(report.records, 'record')}, all proved; they fold to {counted(len(state.order), 'card')}."


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
