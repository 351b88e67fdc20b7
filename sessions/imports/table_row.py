"""Make one card from one row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple, TypeVar

from sessions.errors import PortfolioError
from sessions.imports.formats.cells import NOTHING
from sessions.imports.formats.csv_table import Row
from sessions.imports.formats.report import Findings, Place
from sessions.imports.money import is_known_currency
from sessions.imports.money_column import MoneyColumn
from sessions.imports.money_in_words import with_worth
from sessions.imports.planned.deadlines import Dates
from sessions.imports.planned.efforts import Efforts
from sessions.imports.planned.needs import Names, told_unknown
from sessions.imports.vocabulary import KINDS, SIDES, STATES, parse_integer, read_flag, read_word
from sessions.portfolio.models import CURRENCY_LIMIT, NAME_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Adoption, Benefit, Budget, Project
from sessions.sanitize import quoted

_T = TypeVar("_T")
_LONG = frozenset({"description", "note", "order_taker_version", "arguments_for", "arguments_against"})
_ADOPTION = frozenset(f"adoption_{name}" for name in Adoption.model_fields)
_NO_ADOPTION = Adoption.model_construct()  # as in Project
_WEEK_LIMIT = 520
_RANK_LIMIT = 100_000


class Readers(NamedTuple):
    """What reads the cells that mean something only beside the others of their columns, or of the table."""

    money: Mapping[str, MoneyColumn]
    efforts: Efforts
    cards: Names
    deadlines: Dates


class CardOfRow:
    """Reads a row, cell by cell. A cell that its column's field cannot hold is reported, and becomes a named field.

    `names` holds the columns in order, and what each is called as a named field; `keep_rank` says that the ranks are words.
    """

    def __init__(
        self,
        row: Row,
        names: Mapping[str, str],
        field_of: Mapping[str, str],
        findings: Findings,
        readers: Readers,
        *,
        keep_rank: bool,
    ) -> None:
        self._row = row
        self._readers = readers
        # What tells titles apart stays a field of the card.
        self._known = frozenset(header for header, field in field_of.items() if field != "apart")
        self._names = names
        self._cells = dict(zip(names, row.cells, strict=True))
        self._column = {field: column for column, field in field_of.items()}
        self._value = {field: self._cells[column] for column, field in field_of.items()}
        self._findings = findings
        self._unread: set[str] = {self._column["rank"]} if keep_rank and "rank" in self._column else set()

    def project(self, project_id: str, title: str) -> Project:
        """Return the card under its title, which may hold more than its cell."""
        self._findings.on_row()
        self._text("title", TITLE_LIMIT)  # cleaning it notes the changes
        earliest = self._integer("earliest_week", 1, _WEEK_LIMIT)
        week, deadline = self._deadline()
        return Project(
            id=project_id,
            title=title,
            description=self._text("description", TEXT_LIMIT),
            objective=self._name("objective"),
            sponsor=self._name("sponsor"),
            it_partner=self._name("it_partner"),
            benefit=self._benefit(),
            adoption=self._adoption(),
            budget=self._budget(),
            kind=self._word("kind", KINDS) or "grow",
            state=self._word("state", STATES) or "new",
            must=self._flag("must"),
            rule=self._text("rule"),
            rule_by=self._text("rule_by"),
            rule_owner=self._name("rule_owner"),
            origin=self._word("origin", SIDES) or "",
            work=self._readers.efforts.of(self._cells, self._keep_column),
            needs=self._needs(project_id),
            earliest_week=1 if earliest is None else earliest,
            deadline_week=week,
            deadline=deadline,
            previous_rank=self._integer("previous_rank", 1, _RANK_LIMIT),
            order_taker_version=self._text("order_taker_version", TEXT_LIMIT),
            arguments_for=self._text("arguments_for", TEXT_LIMIT),
            arguments_against=self._text("arguments_against", TEXT_LIMIT),
            note=self._text("note", TEXT_LIMIT),
            # Last: by now it is known which cells could not be read.
            fields=self._fields(),
        )

    def _place(self, field: str) -> Place:
        return Place(self._row.line, self._column.get(field, ""))

    def _raw(self, field: str) -> str:
        return self._value.get(field, "")

    def _text(self, field: str, limit: int = TEXT_LIMIT) -> str:
        raw = self._value.get(field)
        return self._findings.text(raw, limit, lambda: self._place(field), keep_lines=field in _LONG) if raw else ""

    def _name(self, field: str) -> str:
        """Return who or what is named. `TBD` is no name: it would hide a gap."""
        name = self._text(field, NAME_LIMIT)
        if name and name.casefold() in NOTHING:
            self._findings.guess(self._place(field), f"{quoted(name)} taken as none")
            return ""
        return name

    def _keep(self, field: str, why: str) -> None:
        """Leave a cell as a named field, and say why."""
        self._unread.add(self._column[field])
        self._findings.guess(self._place(field), f"{why}; kept as a named field")

    def _keep_column(self, column: str, why: str) -> None:
        self._unread.add(column)
        if why:
            self._findings.guess(Place(self._row.line, column), f"{why}; kept as a named field")

    def _needs(self, own: str) -> tuple[str, ...]:
        """Return the cards that are needed. A name of no card stays on the card."""
        if not self._raw("needs").strip():
            return ()
        found = self._readers.cards.needed(self._raw("needs"))
        needs = [card for card in found.ids if card != own]
        if found.unknown:
            self._keep("needs", told_unknown(found.unknown))
        elif len(needs) < len(found.ids):
            self._keep("needs", "the card would wait for itself")
        return tuple(needs)

    def _deadline(self) -> tuple[int | None, str]:
        """Return the deadline as a week, or as a date, whose cell stays visible."""
        raw = self._raw("deadline_week")
        if raw.strip().casefold() in NOTHING:
            return None, ""
        if (week := parse_integer(raw)) is not None and -_WEEK_LIMIT <= week <= _WEEK_LIMIT:
            return week, ""
        if (day := self._readers.deadlines.read(raw)) is None:
            self._keep("deadline_week", f"{quoted(raw)} is neither a date nor a week of the quarter")
            return None, ""
        self._unread.add(self._column["deadline_week"])
        return None, day.isoformat()

    def _money(self, field: str) -> Budget | None:
        if field not in self._readers.money:
            return None
        try:
            return self._readers.money[field].read(self._raw(field), self._row.line)
        except PortfolioError as error:
            self._keep(field, str(error))
            return None

    def _budget(self) -> Budget | None:
        """Read the budget; a column of currencies says what the others cannot."""
        budget, currency = self._money("budget"), self._text("budget_currency", CURRENCY_LIMIT)
        if budget is None and currency:
            self._keep("budget_currency", "there is no budget beside it")
        return budget.model_copy(update={"currency": currency}) if budget and currency else budget

    def _integer(self, field: str, low: int, high: int) -> int | None:
        raw = self._raw(field)
        if not raw.strip():
            return None
        number = parse_integer(raw)
        if number is None or not low <= number <= high:
            self._keep(field, f"{quoted(raw)} is not a whole number from {low} to {high:,}")
            return None
        return number

    def _flag(self, field: str) -> bool:
        flag = read_flag(self._raw(field))
        if flag is None:
            self._keep(field, f"{quoted(self._raw(field))} is neither yes nor no")
        return bool(flag)

    def _word(self, field: str, words: Mapping[str, _T]) -> _T | None:
        raw = self._raw(field)
        if not raw.strip():
            return None
        word = read_word(raw, words)
        if word is None:
            self._keep(field, f"{quoted(raw)} is not known as {field}")
        return word

    def _benefit(self) -> Benefit:
        monthly, currency = self._money("benefit_monthly"), self._text("benefit_currency", CURRENCY_LIMIT)
        if currency and (monthly is None or not is_known_currency(currency)):
            self._keep("benefit_currency", "there is no amount beside it" if monthly is None else f"{quoted(currency)} is not a currency such as EUR")
            currency = ""
        benefit = Benefit(
            text=self._text("benefit"),
            change=self._text("benefit_change"),
            effect=self._text("benefit_effect"),
            business_effect=self._text("benefit_business_effect"),
            monthly=monthly.amount if monthly else None,
            currency=currency or (monthly.currency if monthly else ""),
        )
        # A file with a column for the amount says there what it knows.
        return benefit if "benefit_monthly" in self._column else with_worth(benefit, self._findings, self._place("benefit"))

    def _adoption(self) -> Adoption:
        if _ADOPTION.isdisjoint(self._column):
            return _NO_ADOPTION
        return Adoption(
            who=self._text("adoption_who"),
            measure=self._text("adoption_measure"),
            baseline=self._text("adoption_baseline"),
            target=self._text("adoption_target"),
            by=self._text("adoption_by"),
            plan_owner=self._name("adoption_plan_owner"),
        )

    def _fields(self) -> tuple[tuple[str, str], ...]:
        """Return the columns that were not recognised, the cells that could not be read, and the cells beyond the header."""
        known = self._known - self._unread
        width = len(self._cells)
        cells = [(name, raw) for name, raw in self._cells.items() if name not in known]
        cells += [(f"column {width + number}", raw) for number, raw in enumerate(self._row.beyond, 1)]
        return tuple(
            (self._names.get(name, name), self._findings.text(raw, TEXT_LIMIT, partial(Place, self._row.line, name), keep_lines=True))
            for name, raw in cells
            if raw.strip()
        )
