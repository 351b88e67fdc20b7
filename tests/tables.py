"""Tables as people write them, and what is reported of them: the base for tests of readers. Imported as `tables`."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.imports.columns import chosen_columns
from sessions.imports.formats.how import How
from sessions.imports.formats.report import LoadReport
from sessions.imports.portfolio import read_portfolio
from sessions.portfolio.models import Project


def read(text: str, *columns: str, how: How = How(), name: str = "cards.csv") -> LoadReport:  # noqa: B008 - never changed
    """Read a table whose columns are chosen as on the command line: title=Project name."""
    return read_portfolio(text.encode(), name, chosen_columns(columns), how)


def cards(report: LoadReport) -> Sequence[Project]:
    return report.portfolio.projects


def titles(report: LoadReport) -> list[str]:
    return [card.title for card in cards(report)]


def costs(report: LoadReport) -> list[tuple[str, int | None]]:
    """Return the title and the budget of each card."""
    return [(card.title, card.budget.amount if card.budget else None) for card in cards(report)]


def told(report: LoadReport) -> list[str]:
    """Return what was guessed and what was skipped."""
    return [notice.sentence() for notice in (*report.guessed, *report.skipped)]


def without_order(card: Project) -> Project:
    """Return a card with its fields sorted: their order is that of the columns, which says nothing."""
    return card.model_copy(update={"fields": tuple(sorted(card.fields))})
