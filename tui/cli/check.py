"""`quarterdeck check`: what is missing on the cards of a portfolio, or whether a session is whole."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sessions.errors import QuarterdeckError, RecordError
from sessions.imports.formats.report import EVERYTHING
from sessions.imports.portfolio import Said
from sessions.imports.several import load_portfolios
from sessions.library.library import Library, SessionRef
from sessions.portfolio.checks import Checker, completeness
from sessions.sanitize import clean
from sessions.store.tinydb.detect import is_session_file
from sessions.wording import plural


def session_named(library: Library, whats: Sequence[str]) -> SessionRef | None:
    """Return the session that a user named; None for other files. Raises SessionNotFoundError if there is neither."""
    for what in whats:
        if ref := _session_named(library, what):
            if len(whats) > 1:
                raise QuarterdeckError(f"{clean(what, 100)} is a session: name it alone, or files of projects.")
            return ref
    return None


def _session_named(library: Library, what: str) -> SessionRef | None:
    if os.path.lexists(what) and not is_session_file(Path(what)):
        return None  # a portfolio, or its reader reports what it is
    return library.locate(what) or library.find(what)


def check_portfolio(paths: Sequence[Path], said: Said) -> list[str]:
    """Return the report of a portfolio, how complete it is, and what its cards lack. Raises PortfolioError."""
    report = load_portfolios(paths, said)
    counts = completeness(report.portfolio)
    total = counts.pop("cards")
    checker = Checker(report.portfolio)
    return [
        *report.sentences(EVERYTHING),
        "; ".join(f"{name.replace('_', ' ')} {count} of {total}" for name, count in counts.items()),
        *(f"{card.id} {card.title}: {each.sentence}" for card in report.portfolio.projects for each in checker.check(card)),
    ]


def check_session(library: Library, ref: SessionRef) -> str:
    """Return the sentence that a session is whole. Raises RecordError with its first damage and any records missing at its end."""
    report = library.check(ref)
    if report.problem:
        raise RecordError(report.problem)
    cards = len(library.read(ref).session.order)
    return f"{clean(ref.name, 300)} is whole: {plural(report.records, 'record')}, all proved; {plural(cards, 'card')}."
