"""Read a column of money: its header may name the unit, and its other amounts settle whether `1,234` has decimals.

What nothing settles is reported once for the column, and so is what was rounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sessions.imports.columns import unit_of
from sessions.imports.formats.cells import NOTHING
from sessions.imports.formats.how import AS_FOUND, How
from sessions.imports.formats.report import Findings, Place
from sessions.imports.money import Unit, decimal_mark, is_negative, read_money, read_unit
from sessions.portfolio.models import Budget

_SMALL = 1_000
"""Costs below this, and other amounts with decimals, may be in thousands or millions."""
_SEVERAL = 3
"""The fewest amounts that show a habit: all negative, they are costs with a minus; all small, they have a unit that no one wrote."""


class MoneyColumn:
    """Reads the amounts of a column. `costs` says that they are what something costs: if all are negative, the minus means no more than that."""

    def __init__(self, header: str, cells: Sequence[str], *, costs: bool, how: How = AS_FOUND) -> None:
        self._header = header
        filled = [cell for cell in cells if cell.strip().casefold() not in NOTHING]
        self._unit = own = unit_of(header)
        self._unsaid = not how.amounts
        self._costs = costs
        self._open = own.factor == 1 and bool(filled)
        if how.amounts and (said := read_unit(how.amounts)):
            self._unit = Unit(own.currency or said.currency, own.factor if own.factor != 1 else said.factor)
        marks = {mark for cell in filled if (mark := decimal_mark(cell))}
        self._both_marks = len(marks) > 1
        self._decimal = how.decimal or (marks.pop() if len(marks) == 1 else "")
        self._doubtful = ""
        self._negative = costs and len(filled) >= _SEVERAL and all(map(is_negative, filled))
        self._guessed: list[tuple[int, str]] = []
        self._rounded: list[tuple[int, str]] = []
        self._small: list[str] = []
        self._read: list[tuple[int, str]] = []

    def read(self, cell: str, line: int) -> Budget | None:
        """Read an amount. Raises PortfolioError as `read_money` does."""
        text = re.sub("[-−()]", " ", cell) if self._negative else cell
        money = read_money(text, self._unit, self._decimal)
        self._guessed += [(line, note) for note in money.guessed]
        self._doubtful = self._doubtful or (cell.strip() if money.guessed else "")
        self._rounded += [(line, note) for note in money.rounded]
        if money.rounded and money.budget and money.budget.amount < _SMALL:
            self._small.append(cell.strip())
        if money.budget:
            self._read.append((money.budget.amount, cell.strip()))
        return money.budget

    def report(self, findings: Findings) -> None:
        """Report what was guessed and rounded, once for the column, and what people can say about it."""
        found = findings.found
        doubtful = (self._header, self._doubtful) if self._doubtful and not found.doubtful[1] else found.doubtful
        # No one plans a project for 0.179 dollars, or all of them for less than 1,000: the header should have said millions.
        rounded = self._small if len(self._small) >= _SEVERAL else []
        whole = [text for _, text in self._read if text.strip("0., ")] if self._costs and all(amount < _SMALL for amount, _ in self._read) else []
        of_unit = (rounded or (whole if len(whole) >= _SEVERAL else [])) if self._unsaid else []
        of_small = (self._header, of_unit[0]) if of_unit and not found.small[1] else found.small
        findings.found = found._replace(doubtful=doubtful, small=of_small, amounts=found.amounts or self._open)
        if self._negative:
            findings.guess(Place(None, self._header), "all amounts are negative, as costs are in some books; read without the minus")
        if self._both_marks:
            findings.guess(Place(None, self._header), "some amounts have a decimal point and some a decimal comma; each is read by itself")
        unit = "if they are thousands or millions, --amounts-in m or F3 says so"
        if of_unit and not rounded:
            findings.guess(Place(None, self._header), f"all amounts are below {_SMALL:,}; {unit}")
        for notes, hint in ((self._guessed, "; --decimal or F3 says otherwise"), (self._rounded, f"; {unit}" if of_unit and rounded else "")):
            for line, note in notes[:1]:
                more = len(notes) - 1
                findings.guess(Place(None if more else line, self._header), f"{note}{f', and {more} more like it' if more else ''}{hint}")
