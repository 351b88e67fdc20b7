"""Weeks across, rows down: bars and figures on a calendar. What a row looks like, and how wide its parts are; it knows rows, not what they are about.

A bar is drawn in reverse, with its figure in each week, so that it is seen without colour. The quarter ends at a line that runs through all rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from rich.cells import cell_len

from tui.text import fit, length
from tui.themes import Ink

LEAST_CELL, MOST_CELL = 4, 7
"""Terminal cells of a week."""
_SEEN = 16
"""Weeks that a wide enough screen shows at least: the quarter, and what runs on after it."""
END = "┃"
_CLOSED = "░"
_LEAST_NOTE = 4
"""A note in fewer terminal cells would say nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is in one week of a row; a `solid` cell is part of a bar."""

    text: str
    ink: Ink = "text"
    solid: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its value (empty: it cannot be chosen), its label and what is at the label's right end, its cells by week.

    `before` is written in the empty weeks before the first bar, `after` behind the last; if there is no room for `before`, it follows as well.
    `week` is brought into view when the row is selected.
    """

    value: str = ""
    label: str = ""
    aside: str = ""
    cells: Mapping[int, Cell] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    ink: Ink = "text"
    bold: bool = False
    week: int = 0
    line: bool = False
    """Whether the row is a line across, with its label on it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The weeks: how many, the quarter's end, the first open one, and the name of each; `figures` is the longest figure of a cell.

    `legend` explains a glyph above the labels.
    """

    weeks: int = 13
    last: int = 13
    first_open: int = 1
    name: Callable[[int], str] = str
    figures: int = 3
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide the parts are, in terminal cells; `left` is the first week in view."""

    label: int
    cell: int
    left: int
    width: int

    def weeks_in_view(self, axis: Axis) -> int:
        """Return how many whole weeks are in view."""
        room = self.width - self.label - (self.left <= axis.last)
        return max(1, min(room // self.cell, axis.weeks - self.left + 1))


def layout(width: int, axis: Axis, left: int) -> Layout:
    """Divide a width: the label takes about a third, a week between four and seven cells."""
    label = max(min(14, width // 2), min(44, width * 3 // 10))
    cell = max(LEAST_CELL, axis.figures + 1, min(MOST_CELL, (width - label) // _SEEN))
    return Layout(label, cell, left, width)


Run = tuple[str, Ink, bool, bool]
"""Text, ink, solid, bold."""


def heading(axis: Axis, shape: Layout) -> tuple[list[Run], list[Run]]:
    """Return the two lines above the rows: dates, and numbers of weeks."""
    dates: list[Run] = [(" " * shape.label, "muted", False, False)]
    closed = f"   {_CLOSED} closed" if axis.first_open > 1 else ""
    numbers: list[Run] = [(fit(f"week{closed}{f'   {axis.legend}' if axis.legend else ''}", shape.label), "muted", False, False)]
    step = 1 if shape.cell >= MOST_CELL else 2
    for week in _in_view(axis, shape):
        named = (week - shape.left) % step == 0
        if step == 1 or named:
            cells = shape.cell * step + (step > 1 and week == axis.last)
            dates.append((fit(axis.name(week), cells - 1) + " ", "muted", False, False))
        inside = axis.first_open <= week <= axis.last
        numbers.append((fit(str(week), shape.cell), "text" if inside else "muted", False, inside))
        if week == axis.last:
            if step == 1 or not named:
                dates.append((END, "wait", False, True))
            numbers.append((END, "wait", False, True))
    return dates, numbers


def row_runs(row: Row, axis: Axis, shape: Layout) -> list[Run]:
    """Return what a row looks like for a layout."""
    if row.line:
        text = fit(f"── {row.label} ", min(shape.width, length(row.label) + 4))
        return [(text + "─" * (shape.width - cell_len(text)), row.ink, False, True)]
    area = _Area(axis, shape)
    area.draw(row)
    return [*_label(row, shape.label), *area.runs()]


def _label(row: Row, width: int) -> list[Run]:
    room = width - length(row.aside) - 2
    if not row.aside or room < 6:
        return [(_padded(row.label, width - 1) + " ", row.ink, False, row.bold)]
    return [(_padded(row.label, room), row.ink, False, row.bold), (f" {row.aside} ", "muted", False, False)]


def _padded(label: str, width: int) -> str:
    """Fit a label that may be indented: `fit` would strip the indent."""
    inset = len(label) - len(label.lstrip())
    return " " * inset + fit(label.lstrip(), width - inset)


def _in_view(axis: Axis, shape: Layout) -> range:
    return range(shape.left, shape.left + shape.weeks_in_view(axis))


class _Area:
    """The weeks of one row, terminal cell by terminal cell. A wide character takes two: itself, and an empty text."""

    def __init__(self, axis: Axis, shape: Layout) -> None:
        self._axis, self._shape = axis, shape
        self._cells: list[Run] = []

    def runs(self) -> list[Run]:
        """Return the cells, those that look alike together."""
        return [("".join(text for text, *_ in alike), *look) for look, alike in groupby(self._cells, key=lambda run: run[1:])]

    def draw(self, row: Row) -> None:
        """Draw the bars of a row, then its notes in the remaining room."""
        for week in _in_view(self._axis, self._shape):
            self._week(row, week, row.cells.get(week))
            if week == self._axis.last:
                self._put(END, "wait")
        self._notes(row)

    def _week(self, row: Row, week: int, cell: Cell | None) -> None:
        width = self._shape.cell
        if week < self._axis.first_open and (row.value or row.label):
            self._put(_CLOSED * (width - 1) + " ", "faint")
        elif cell is None:
            self._put(" " * width, "text")
        elif not cell.solid:
            self._put(cell.text[:width].ljust(width), cell.ink, bold=cell.bold)
        else:
            # The last cell of a bar's last week stays free, so that adjacent bars are separate.
            free = week + 1 not in row.cells
            inset = " " * (width >= len(cell.text) + 2)
            self._put(f"{inset}{cell.text}"[: width - free].ljust(width - free), cell.ink, solid=True, bold=cell.bold)
            self._put(" " * free, "text")

    def _put(self, text: str, ink: Ink, *, solid: bool = False, bold: bool = False) -> None:
        self._cells += [(character, ink, solid, bold) for character in text]

    def _place(self, week: int) -> int:
        """Return the cell in which a week begins."""
        return (week - self._shape.left) * self._shape.cell + (week > self._axis.last >= self._shape.left)

    def _notes(self, row: Row) -> None:
        """Write the notes into the empty weeks before and behind the bar; for a bar to the right of the view, say when it begins."""
        start, end, bars = self._place(max(self._shape.left, self._axis.first_open)), len(self._cells), sorted(row.cells)
        if not bars or not row.week:
            self._write(start, end, row.before)
            return
        before, after = row.before, row.after
        if bars[0] not in _in_view(self._axis, self._shape) and bars[0] > self._shape.left:
            before = f"{before} · week {bars[0]} ▸" if before else f"week {bars[0]} ▸"
        if before:
            end = min(end, self._place(bars[0]))
            at = end - 1 - length(before) - sum(cell[0] == END for cell in self._cells[max(0, end - 1 - length(before)) : end])
            if at >= start:
                self._write(at, end, before)
            else:
                after = f"{before} · {after}" if after else before
        self._write(max(0, self._place(bars[-1] + 1)), len(self._cells), after)

    def _write(self, at: int, end: int, text: str) -> None:
        """Write a text over the cells; the line at the quarter's end runs on through it, between two words."""
        place = at
        room = end - at - sum(cell[0] == END for cell in self._cells[at:end])
        if not text or room < _LEAST_NOTE:
            return
        until = next((number for number in range(at, end) if self._cells[number][0] == END), end) - at
        if length(text) == len(text) > until and (space := text.rfind(" ", 0, until + 1)) > 0:
            text = text[:space].ljust(until) + text[space + 1 :]
            text = text if len(text) <= room else text[: room - 1] + "…"
        else:
            text = fit(text, min(room, length(text)))
        places = iter([place for place in range(at, end) if self._cells[place][0] != END])
        for character in text:
            wide = cell_len(character)
            place = next(places) if wide else place
            before = "" if wide else self._cells[place][0]
            self._cells[place] = (before + character, "muted", False, False)
            if wide == 2 and (second := next(places, -1)) == place + 1:
                self._cells[second] = ("", "muted", False, False)
            elif wide == 2:
                # The quarter's line is in the place of the second half: draw nothing rather than half of it.
                self._cells[place] = (" ", "muted", False, False)
