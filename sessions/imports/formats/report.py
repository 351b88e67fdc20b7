"""The report on a file that was read: what was recognised, guessed, left out and changed, and where.

`Findings` gathers while a reader works, `LoadReport` is what it leaves behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any, Literal, NamedTuple, get_args

from sessions.errors import PortfolioError
from sessions.imports.formats import limits
from sessions.imports.formats.how import NOTHING_FOUND, Found
from sessions.portfolio.models import Participant, Portfolio
from sessions.sanitize import clean_counting
from sessions.wording import LIST_LIMIT, money_sum, plural, shortened, sums_by_currency

EVERYTHING = 100_000
"""More than any file that is read can give: for a report that leaves nothing out."""
_LINES = 5
"""How many lines a notice names that holds for several."""
NoticeKind = Literal["guessed", "skipped", "changed", "noticed"]
_KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)
"""The kinds of notices in a report, in their order."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing worth saying: the line of a table (None for JSON), the column or path, and the text."""

    line: int | None
    path: str
    text: str

    def sentence(self) -> str:
        """Return the notice as `line 3, cost: ...`."""
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.path) if part)
        return f"{place}: {self.text}" if place else self.text


class Line(NamedTuple):
    """One line of a report for people: `read` for what was recognised, else the kind of its notice."""

    kind: Literal["read"] | NoticeKind
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is: the line of a table or None, and its column or path."""

    line: int | None
    path: str

    def __str__(self) -> str:
        return Notice(self.line, self.path, "").sentence().removesuffix(": ")


def go_on() -> None:
    """Continue reading."""


@dataclass(slots=True)
class Findings:
    """Notices gathered while a file is read. `source` is the file's name as shown; `on_row` is called for each row and may raise to stop."""

    source: str
    on_row: Callable[[], None] = go_on
    guessed: list[Notice] = field(default_factory=list)
    skipped: list[Notice] = field(default_factory=list)
    changed: list[Notice] = field(default_factory=list)
    noticed: list[Notice] = field(default_factory=list)
    levels: Mapping[int, int] = field(default_factory=dict)
    """How deep the rows of a sheet are that are grouped below others, by their lines."""
    found: Found = NOTHING_FOUND

    def text(self, raw: str, limit: int, place: Place | Callable[[], Place], *, keep_lines: bool = False) -> str:
        """Clean a text (RELIABILITY 2.2), and note what was changed in it; a place that is costly to compute is computed only then."""
        if len(raw) > limits.CELL:
            place = place if isinstance(place, Place) else place()
            limits.refuse_cell(len(raw), f"{self.source}: {place}")
        text, changes = clean_counting(raw, limit, keep_lines=keep_lines)
        if changes:
            place = place if isinstance(place, Place) else place()
            self.changed.append(Notice(place.line, place.path, "; ".join(changes)))
        return text

    def guess(self, place: Place, text: str) -> None:
        """Note that something was decided for the user."""
        self.guessed.append(Notice(place.line, place.path, text))

    def notices(self) -> dict[str, Any]:
        """Return the notices by their kinds, as a report takes them."""
        return {kind: tuple(getattr(self, kind)) for kind in _KINDS}


class ColumnUse(NamedTuple):
    """A column of the file, the field that it is, or none, why, and its first values."""

    column: str
    field: str
    reason: str
    values: tuple[str, ...] = ()
    left_out: bool = False


class NoTitleError(PortfolioError):
    """No column of a table is recognised as the title; its `columns` may be chosen from."""

    def __init__(self, sentence: str, columns: tuple[ColumnUse, ...], found: Found) -> None:
        super().__init__(sentence)
        self.columns = columns
        self.found = found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """The notices of a report, by their kinds, and what is said about them."""

    guessed: tuple[Notice, ...] = ()
    skipped: tuple[Notice, ...] = ()
    changed: tuple[Notice, ...] = ()
    noticed: tuple[Notice, ...] = ()

    def lines(self, most: int = LIST_LIMIT) -> list[Line]:
        """Return the notices for people, at most `most` of each kind; what is the same for several lines is one."""
        lines: list[Line] = []
        for kind in _KINDS:
            alike: dict[tuple[object, ...], list[Notice]] = {}
            for place, notice in enumerate(getattr(self, kind)):
                alike.setdefault((notice.path, notice.text) if notice.line else (place,), []).append(notice)
            lines += [Line(kind, _line_text(kind.capitalize(), notices, most)) for notices in islice(alike.values(), most)]
            if len(alike) > most:
                lines.append(Line(kind, f"{kind.capitalize()}: and {len(alike) - most} more"))
        return lines

    def sentences(self, most: int = LIST_LIMIT) -> list[str]:
        """Return the texts of the lines."""
        return [line.text for line in self.lines(most)]

    def listed(self) -> dict[str, list[dict[str, Any]]]:
        """Return every notice for a script."""
        return {kind: [asdict(notice) for notice in getattr(self, kind)] for kind in _KINDS}


@dataclass(frozen=True, slots=True)
class LoadReport(_Report):
    """A portfolio, and the report on its file, which the user sees before anything is created.

    `rows_read` counts the rows (JSON: cards) that were looked at, the skipped ones included. `noticed` holds what is odd
    but was left as it is, such as a title that appears twice.
    """

    portfolio: Portfolio
    source: str
    reader: str
    rows_read: int
    recognised: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    """The columns of a table, in their order."""
    found: Found = NOTHING_FOUND
    tool: str = ""
    """The tool that exported the file, if it is known."""
    parts: tuple[LoadReport, ...] = ()
    """The reports on the files, if there are several."""

    def lines(self, most: int = LIST_LIMIT) -> list[Line]:
        """Return the report for people: at most `most` notices of a kind and columns of a list."""
        lines = [Line("read", f"{plural(len(self.portfolio.projects), 'project')} read from {self.source} ({self.reader})")]
        if self.tool:
            lines.append(Line("read", f"This looks like {'an' if self.tool[0] in 'AEIOU' else 'a'} {self.tool} export"))
        lines += [Line("read", f"Also read: {', '.join(also)}") for also in [self._also()] if also]
        if self.recognised:
            lines.append(Line("read", f"Recognised: {shortened([_renamed(*pair) for pair in self.recognised], most)}"))
        if self.kept:
            lines.append(Line("read", f"Kept as they are: {shortened(self.kept, most)}"))
        if totals := self.totals():
            lines.append(Line("read", f"Adds up to: {totals}"))
        lines += [line for part in self.parts for line in part.lines(most)]
        return lines + _Report.lines(self, most)

    def totals(self) -> str:
        """Return what budgets and benefits add up to; empty if no card has one."""
        sums = [(name, money_sum(amounts), len(amounts)) for name, amounts in self._amounts().items()]
        return "; ".join(f"{name} {total} on {plural(cards, 'card')}" for name, total, cards in sums if total)

    def as_json(self) -> dict[str, Any]:
        """Return the report for a script: counts, columns and every notice, without the projects themselves."""
        return {
            "source": self.source,
            "reader": self.reader,
            "export_of": self.tool or None,
            "rows_read": self.rows_read,
            "projects": len(self.portfolio.projects),
            "teams": len(self.portfolio.teams),
            "objectives": len(self.portfolio.objectives),
            "participants": len(self.portfolio.participants),
            "recognised": [{"column": column, "field": name} for column, name in self.recognised],
            "kept": list(self.kept),
            "columns": [
                {"column": use.column, "field": use.field or None, "left_out": use.left_out, "reason": use.reason, "values": list(use.values)}
                for use in self.columns or self._keys()
            ],
            "totals": {name: {"cards": len(amounts), "sums": sums_by_currency(amounts)} for name, amounts in self._amounts().items()},
            **self.listed(),
            **({"files": [part.as_json() for part in self.parts]} if self.parts else {}),
        }

    def _keys(self) -> list[ColumnUse]:
        """Return the keys of the cards of a JSON file, which has no columns."""
        keys = [ColumnUse(key, field, "its name") for key, field in self.recognised]
        return keys + [ColumnUse(key, "", "no field is called so") for key in self.kept]

    def _amounts(self) -> dict[str, list[tuple[int, str]]]:
        """Return the budgets and the monthly benefits of the cards, each with its currency, by what people call them."""
        portfolio = self.portfolio
        budgets = [card.budget for card in portfolio.projects if card.budget]
        benefits = [(card.benefit.monthly, card.benefit.currency) for card in portfolio.projects if card.benefit.monthly is not None]
        return {
            "budget": [(budget.amount, portfolio.currency_of(budget.currency)) for budget in budgets],
            "monthly benefit": [(amount, portfolio.currency_of(currency)) for amount, currency in benefits],
        }

    def _also(self) -> list[str]:
        """Count what else than projects was read."""
        portfolio = self.portfolio
        counts = (
            (len(portfolio.objectives), "objective"),
            (len(portfolio.teams), "team"),
            (len(portfolio.participants), "participant"),
        )
        return [plural(count, thing) for count, thing in counts if count]


@dataclass(frozen=True, slots=True)
class PeopleReport(_Report):
    """The people of a session, and the report on their file, which the user sees before anything is created."""

    people: tuple[Participant, ...]
    source: str

    def lines(self, most: int = LIST_LIMIT) -> list[Line]:
        """Return the report for people: at most `most` notices of a kind."""
        return [Line("read", f"{plural(len(self.people), 'participant')} read from {self.source}"), *_Report.lines(self, most)]

    def as_json(self) -> dict[str, Any]:
        """Return the report for a script: the count and every notice, without the people themselves."""
        return {"source": self.source, "participants": len(self.people), **self.listed()}


_CALLED = {"it_partner": "IT partner", "deadline_week": "deadline", "benefit_monthly": "benefit a month", "apart": "second title"}
"""What people call some fields."""


def _renamed(column: str, name: str) -> str:
    return name if column == name else f"{column} as {_CALLED.get(name, name.replace('_', ' '))}"


def _line_text(word: str, alike: list[Notice], most: int) -> str:
    """Return `Skipped line 12: no title`, `Skipped lines 12, 14: no title`, or `Guessed: ...` if there is no place."""
    notice = alike[0]
    if len(alike) > 1:
        of_column = f", {notice.path}" if notice.path else ""
        lines = shortened([str(same.line) for same in alike], most if most > LIST_LIMIT else _LINES)
        return f"{word} lines {lines}{of_column}: {notice.text}"
    return f"{word} {notice.sentence()}" if notice.line or notice.path else f"{word}: {notice.text}"
