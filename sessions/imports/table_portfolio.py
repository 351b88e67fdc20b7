"""Make a portfolio from a table: a title is all that a row needs, other columns stay on the card as named fields.

A cell that cannot be what its column says becomes a named field too, with a note; only what would mix up cards refuses the
file.
"""

from __future__ import annotations

from dataclasses import dataclass

from sessions.errors import PortfolioError
from sessions.imports.columns import NAMES, recognise
from sessions.imports.consistency import ID_LIMIT, made_ids, marked_made, notice_doubled_titles, objectives_named, refuse_doubles
from sessions.imports.exported import is_exported, named_by, table_of_export
from sessions.imports.formats.csv_table import Row, Table
from sessions.imports.formats.report import Findings, LoadReport, Notice, Place
from sessions.imports.people import refuse_people
from sessions.imports.rank_column import read_ranking
from sessions.imports.table_row import CardOfRow
from sessions.portfolio.models import TITLE_LIMIT, Portfolio, Project
from sessions.sanitize import clean, quoted
from sessions.wording import shortened


def portfolio_from_table(table: Table, reader: str, findings: Findings) -> LoadReport:
    """Make a portfolio; `reader` says how the table was read. Raises PortfolioError: no title column, no title, ids that appear twice."""
    exported = is_exported(table.headers)
    if exported:
        table = table_of_export(table, findings)
    columns = _Columns(table.headers, recognise(table.headers), exported)
    refuse_people(table.headers, [row.cells for row in table.rows], findings.source)
    _require_title(table, columns, findings)
    rows = [row for row in table.rows if _has_title(row, columns, findings)]
    if not rows:
        raise PortfolioError(f"{findings.source}: no row has a title in the column {quoted(columns.of_field('title'))}.")
    projects = _projects(rows, columns, findings)
    return LoadReport(
        portfolio=Portfolio(projects=tuple(projects), objectives=objectives_named(projects, findings), currency=_common_currency(projects)),
        source=findings.source,
        reader=reader,
        rows_read=len(table.rows),
        recognised=tuple(columns.field_of.items()),
        kept=tuple(columns.named(header) for header in table.headers if header not in columns.field_of),
        guessed=tuple(findings.guessed),
        skipped=tuple(findings.skipped),
        changed=tuple(findings.changed),
        noticed=tuple(findings.noticed),
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """The header, and which column is which field."""

    headers: tuple[str, ...]
    field_of: dict[str, str]
    exported: bool = False

    def named(self, header: str) -> str:
        """Return the named field that a column is: an exported one has a number if it could be mistaken for another."""
        return named_by(header, self.field_of) if self.exported else header

    def of_field(self, field: str) -> str:
        """Return the column of a field; empty if no column is it."""
        return next((column for column, name in self.field_of.items() if name == field), "")

    def cell(self, row: Row, field: str) -> str:
        """Return the row's raw cell of a field; empty if no column is it."""
        column = self.of_field(field)
        return row.cells[self.headers.index(column)] if column else ""


def _require_title(table: Table, columns: _Columns, findings: Findings) -> None:
    if not columns.of_field("title"):
        found = shortened([quoted(header) for header in table.headers])
        names = ", ".join(NAMES["title"][1:8])
        raise PortfolioError(
            f"{findings.source}: no column is recognised as the title; found {found}; name one of them title (or {names})."
        )


def _has_title(row: Row, columns: _Columns, findings: Findings) -> bool:
    """Return whether the row has a title, and note it as skipped where not."""
    if clean(columns.cell(row, "title"), TITLE_LIMIT):
        return True
    findings.skipped.append(Notice(row.line, "", "no title"))
    return False


def _projects(rows: list[Row], columns: _Columns, findings: Findings) -> list[Project]:
    """Make the cards, in the order in which they first lie on the board."""
    id_column = columns.of_field("id")
    given = [findings.text(columns.cell(row, "id"), ID_LIMIT, Place(row.line, id_column)) for row in rows]
    refuse_doubles("project", ((name, Place(row.line, "")) for name, row in zip(given, rows, strict=True) if name), findings.source)
    if id_column and not all(given):
        findings.guess(Place(None, id_column), f"ids made for {given.count('')} rows without one")
    ids = made_ids(given)
    keep_rank = _order_words(rows, columns)
    names = {header: columns.named(header) for header in columns.headers}
    cards = [
        CardOfRow(row, names, columns.field_of, findings, keep_rank=keep_rank).project(name)
        for name, row in zip(ids, rows, strict=True)
    ]
    cards = marked_made(cards, given)
    notice_doubled_titles([(card, Place(row.line, "")) for card, row in zip(cards, rows, strict=True)], findings)
    return [cards[place] for place in _first_order(rows, columns, findings)]


def _order_words(rows: list[Row], columns: _Columns) -> bool:
    """Return whether the ranks are words, which stay on the card; a number's place on the board says the same."""
    return not read_ranking([columns.cell(row, "rank") for row in rows]).numbers


def _first_order(rows: list[Row], columns: _Columns, findings: Findings) -> tuple[int, ...]:
    """Return the order by the rank column, and say how it was read."""
    column = columns.of_field("rank")
    ranking = read_ranking([columns.cell(row, "rank") for row in rows])
    for place in ranking.unread:
        row = rows[place]
        findings.guess(Place(row.line, column), f"{quoted(columns.cell(row, 'rank'))} is no rank; the card comes after those with one")
    if column and len(ranking.unread) < len(rows):
        how = "its numbers, 1 first" if ranking.numbers else "its words, the most urgent first"
        ties = "; equal ones as in the file" if ranking.tied else ""
        findings.guess(Place(None, column), f"the first order follows {how}{ties}")
    return ranking.order


def _common_currency(projects: list[Project]) -> str:
    """Return the currency that all budgets share; empty if they do not."""
    currencies = {project.budget.currency for project in projects if project.budget and project.budget.currency}
    return currencies.pop() if len(currencies) == 1 else ""
