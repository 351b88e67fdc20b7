"""Make a portfolio from a table: a title is all that a row needs, other columns stay on the card as named fields.

A cell that cannot be what its column says becomes a named field too, with a note; a repeated id gets a suffix.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sessions.errors import PortfolioError
from sessions.imports.columns import IGNORE, KEEP, NOTHING_CHOSEN, TELL_APART, Chosen, doubt_of_header, recognise, said_of, title_advice, without_unit
from sessions.imports.consistency import made_ids, marked_made, notice_done, notice_doubled_titles, objectives_named, unique_ids
from sessions.imports.exported import is_exported, named_by, table_of_export
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.formats.csv_table import NO_EXPORT, Row, Table, plain
from sessions.imports.formats.how import AS_FOUND, How
from sessions.imports.formats.report import ColumnUse, Findings, LoadReport, Notice, NoTitleError, Place
from sessions.imports.money import parse_money
from sessions.imports.money_column import MoneyColumn
from sessions.imports.people import refuse_people
from sessions.imports.planned.deadlines import Dates
from sessions.imports.planned.effort_headings import CREW, EFFORT, TEAM
from sessions.imports.planned.efforts import Efforts, with_efforts
from sessions.imports.planned.needs import Names, without_cycles
from sessions.imports.rank_column import read_ranking
from sessions.imports.table_row import CardOfRow, Readers
from sessions.portfolio.checks import same_title
from sessions.portfolio.models import TITLE_LIMIT, Portfolio, Project
from sessions.sanitize import clean, quoted
from sessions.wording import plural, shortened

_AN_ID = 0.5
"""The least share of distinct values in a column of ids."""
_A_BUDGET = re.compile(r"^(?!.*(?:remain|spent|used|left|avail|varian|over|under|vs|%|\bof\b)).*(?:[\s_]|(?<=[a-z]))budget$", re.IGNORECASE)
_VALUES, _VALUE_LIMIT = 3, 60
"""The first values of a column, and how much of each, by which people recognise it."""


def portfolio_from_table(table: Table, reader: str, findings: Findings, chosen: Chosen = NOTHING_CHOSEN, how: How = AS_FOUND) -> LoadReport:
    """Make a portfolio; `reader` says how the table was read. Raises PortfolioError: no title column, no title, no column that was chosen."""
    exported = is_exported(table.headers)
    if exported:
        table = table_of_export(table, findings)
    asked = _as_called(table, chosen)
    chosen = _with_tool(table, asked)
    ignored = _ignored(table, chosen, {} if how.several else asked, findings.source)
    given, table = table, table.without(ignored)
    field_of = recognise(table.headers, chosen=chosen) if exported else _recognised(table, findings, chosen)
    field_of = with_efforts(table, field_of, said_of(table.headers, chosen), exported=exported)
    efforts = Efforts(field_of, how.efforts, exported=exported)
    columns = _Columns(table.headers, field_of, exported)
    if "title" not in chosen.values():
        refuse_people(table.headers, [row.cells for row in table.rows], findings.source)
    uses = _uses(given, field_of, asked)
    _require_title(table, columns, findings, uses)
    if "title" in asked.values() and (doubt := doubt_of_header(table.headers, columns.of_field("title"))):
        findings.noticed.append(Notice(None, "", doubt))
    rows = [row for row in table.rows if _has_title(row, columns, findings)]
    if not rows:
        raise PortfolioError(f"{findings.source}: no row has a title in the column {quoted(columns.of_field('title'))}.")
    projects = _projects(rows, columns, efforts, findings, how)
    efforts.report(findings, exported=exported)
    return LoadReport(
        portfolio=Portfolio(
            projects=tuple(projects),
            objectives=objectives_named(projects, findings),
            teams=efforts.teams(),
            currency=_common_currency(projects),
        ),
        source=findings.source,
        reader=reader,
        rows_read=len(table.rows) + (table.export.left_out if table.export else 0),
        recognised=tuple(columns.field_of.items()),
        columns=uses,
        found=findings.found,
        tool=table.export.tool if table.export else "",
        kept=tuple(columns.named(header) for header in table.headers if header not in columns.field_of),
        **findings.notices(),
    )


def _as_called(table: Table, chosen: Chosen) -> Chosen:
    """Return what was chosen for the columns under their names in the table, which are shorter than those of an export."""
    called = table.export.called if table.export else {}
    return {called.get(plain(column), column): field for column, field in chosen.items()} if called else chosen


def _with_tool(table: Table, chosen: Chosen) -> Chosen:
    """Return what was chosen for the columns, and what the tool that exported the table says about the others."""
    if not (export := table.export):
        return chosen
    said = said_of(table.headers, chosen)
    taken = set(said.values()) - {KEEP, IGNORE}
    return {**chosen, **{column: field for column, field in export.field_of.items() if column not in said and field not in taken}}


def _ignored(table: Table, chosen: Chosen, asked: Chosen, source: str) -> list[str]:
    """Return the columns to leave out. Raises PortfolioError if a column that people `asked` for is not there."""
    said = said_of(table.headers, chosen)
    if missing := [quoted(column) for column in asked if not said_of(table.headers, {column: asked[column]})]:
        found = shortened([quoted(header) for header in table.headers])
        raise PortfolioError(f"{source}: no column is called {shortened(missing)}; found {found}.")
    return [header for header, field in said.items() if field == IGNORE]


def _uses(table: Table, field_of: Mapping[str, str], chosen: Chosen) -> tuple[ColumnUse, ...]:
    """Return what each column is, and why, with its first values; `chosen` by people."""
    export = table.export or NO_EXPORT
    said = said_of(table.headers, chosen)
    of_tool = {header: field for header, field in export.field_of.items() if header not in said and field in (KEEP, IGNORE, field_of.get(header))}
    uses = []
    for place, header in enumerate(table.headers):
        filled = (row.cells[place] for row in table.rows if row.cells[place].strip())
        values = tuple(clean(cell, _VALUE_LIMIT) for cell in islice(filled, _VALUES))
        why = export.why.get(header, f"{export.tool} calls it so") if header in of_tool else _reason(header, field_of, said.get(header, ""))
        uses.append(ColumnUse(header, field_of.get(header, ""), why, values, (said | of_tool).get(header) == IGNORE))
    return tuple(uses)


def _reason(header: str, field_of: Mapping[str, str], said: str) -> str:
    """Return why a column is what it is."""
    if said:
        return {KEEP: "kept as chosen", IGNORE: "left out as chosen"}.get(said, "chosen")
    if field_of.get(header) in (EFFORT, TEAM, CREW):
        return "its name"
    by_name = recognise([header]).get(header)
    if header not in field_of:
        return "no field is called so" if by_name is None else "another column is the field, or its values are no use as one"
    return "its name" if by_name == field_of[header] else "its name, beside the others"


def _recognised(table: Table, findings: Findings, chosen: Chosen) -> dict[str, str]:
    """Return which column is which field, and report if its values and not its name decided."""
    distinct = cache(lambda header: _distinct([row.cells[table.headers.index(header)] for row in table.rows]))
    by_name, found = recognise(table.headers, chosen=chosen), recognise(table.headers, distinct, chosen)
    for header, field in by_name.items():
        if field not in TELL_APART or field in chosen.values():
            continue
        taken = next(column for column, name in found.items() if name == field)
        if taken != header:
            findings.guess(Place(None, taken), f"taken as the {field}, because {quoted(header)} says the same for several rows")
        elif field == "id" and distinct(header) < _AN_ID:
            del found[header]
            findings.guess(Place(None, header), "not taken as the id, because most rows share theirs with others")
    if "budget" not in found.values() and (header := _only_budget(table, {*found, *said_of(table.headers, chosen)})):
        found[header] = "budget"
        findings.guess(Place(None, header), "taken as the budget: no other column of amounts is called one")
    if "budget" not in found.values() and "budget_currency" not in chosen.values():
        found = {header: field for header, field in found.items() if field != "budget_currency"}
    return {header: found[header] for header in table.headers if header in found}


def _only_budget(table: Table, taken: Collection[str]) -> str:
    """Return the only column of amounts whose name ends in `budget`; empty if there is none, or more than one."""
    named = [header for header in table.headers if header not in taken and _A_BUDGET.search(without_unit(header)[0])]
    if len(named) != 1:
        return ""
    filled = [cell for row in table.rows if (cell := row.cells[table.headers.index(named[0])]).strip()]
    return named[0] if filled and sum(map(_is_amount, filled)) * 2 > len(filled) else ""


def _is_amount(cell: str) -> bool:
    try:
        return parse_money(cell) is not None
    except PortfolioError:
        return False


def _distinct(cells: Sequence[str]) -> float:
    """Return the share of distinct values in a column; one that is mostly empty tells few rows apart."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(set(filled)) / (len(filled) if len(filled) * 2 > len(cells) else len(cells))


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


def _require_title(table: Table, columns: _Columns, findings: Findings, uses: tuple[ColumnUse, ...]) -> None:
    if not columns.of_field("title"):
        found = shortened([quoted(header) for header in table.headers])
        advice = title_advice(table.headers, [use.column for use in uses if not use.field])
        raise NoTitleError(f"{findings.source}: no column is recognised as the title; found {found}; {advice}.", uses, findings.found)


def _has_title(row: Row, columns: _Columns, findings: Findings) -> bool:
    """Return whether the row has a title, and note it as skipped if not."""
    if clean(columns.cell(row, "title"), TITLE_LIMIT):
        return True
    findings.skipped.append(Notice(row.line, "", "no title"))
    return False


def _projects(rows: list[Row], columns: _Columns, efforts: Efforts, findings: Findings, how: How) -> list[Project]:
    """Make the cards, in the order in which they first lie on the board."""
    id_column = columns.of_field("id")
    given = [findings.text(columns.cell(row, "id"), ID_LIMIT, Place(row.line, id_column)) for row in rows]
    told_apart, titles = _told_apart(given, rows, columns)
    ids = _ids(told_apart, rows, id_column, findings)
    keep_rank = _order_words(rows, columns)
    names = {header: columns.named(header) for header in columns.headers}
    money = {
        field: MoneyColumn(column, [columns.cell(row, field) for row in rows], costs=field == "budget", how=how)
        for field in ("budget", "benefit_monthly")
        if (column := columns.of_field(field))
    }
    deadlines = Dates([columns.cell(row, "deadline_week") for row in rows])
    readers = Readers(money, efforts, Names(ids, given, titles), deadlines)
    cards = [
        CardOfRow(row, names, columns.field_of, findings, readers, keep_rank=keep_rank).project(name, title)
        for name, title, row in zip(ids, titles, rows, strict=True)
    ]
    for amounts in money.values():
        amounts.report(findings)
    deadlines.report(columns.of_field("deadline_week"), findings)
    cards = without_cycles(cards, {name: Place(row.line, columns.of_field("needs")) for name, row in zip(ids, rows, strict=True)}, findings)
    shared = {name for name, times in Counter(given).items() if times > 1}
    cards = marked_made(cards, ["" if name in shared else name for name in given])
    notice_done(cards, findings)
    notice_doubled_titles([(card, Place(row.line, "")) for card, row in zip(cards, rows, strict=True)], findings)
    return [cards[place] for place in _first_order(rows, columns, findings)]


def _told_apart(given: list[str], rows: list[Row], columns: _Columns) -> tuple[list[str], list[str]]:
    """Return the ids and the titles; those that several rows share get the text of the column that tells them apart."""
    titles = [clean(columns.cell(row, "title"), TITLE_LIMIT) for row in rows]
    texts = [clean(columns.cell(row, "apart"), ID_LIMIT) for row in rows]
    times, times_titled = Counter(given), Counter(map(same_title, titles))
    ids = [f"{name}-{text}"[:ID_LIMIT] if name and text and times[name] > 1 else name for name, text in zip(given, texts, strict=True)]
    longer = [f"{title[: TITLE_LIMIT - len(text) - 3]} · {text}" if text else title for title, text in zip(titles, texts, strict=True)]
    return ids, [more if times_titled[same_title(title)] > 1 else title for title, more in zip(titles, longer, strict=True)]


def _ids(given: list[str], rows: list[Row], column: str, findings: Findings) -> list[str]:
    """Return an id for every row, and say which were made up, and where."""
    unique, repeated = unique_ids(given)
    ids = made_ids(unique)
    for place, first in repeated.items():
        text = f"{quoted(given[place])} is the id of line {rows[first].line} too; this card becomes {ids[place]}"
        findings.guess(Place(rows[place].line, column), text)
    empty = [place for place, name in enumerate(given) if not name] if column else []
    if empty:
        lines = shortened([str(rows[place].line) for place in empty])
        findings.guess(Place(None, column), f"{plural(len(empty), 'row has no id and gets one', 'rows have no id and get one each')} (line {lines})")
    return ids


def _order_words(rows: list[Row], columns: _Columns) -> bool:
    """Return whether the ranks are words, which stay on the card; a number's place on the board says the same."""
    return not read_ranking([columns.cell(row, "rank") for row in rows]).numbers


def _first_order(rows: list[Row], columns: _Columns, findings: Findings) -> tuple[int, ...]:
    """Return the order by the rank column, and say how it was read."""
    column = columns.of_field("rank")
    ranking = read_ranking([columns.cell(row, "rank") for row in rows])
    for place in ranking.unread:
        row = rows[place]
        findings.guess(Place(row.line, column), f"{quoted(columns.cell(row, 'rank'))} is not a rank; the card comes after those with one")
    if column and len(ranking.unread) < len(rows):
        how = "its numbers, 1 first" if ranking.numbers else "its words, the most urgent first"
        ties = "; equal ones as in the file" if ranking.tied else ""
        findings.guess(Place(None, column), f"the first order follows {how}{ties}")
    return ranking.order


def _common_currency(projects: list[Project]) -> str:
    """Return the currency that all budgets share; empty if they do not."""
    currencies = {project.budget.currency for project in projects if project.budget and project.budget.currency}
    return currencies.pop() if len(currencies) == 1 else ""
