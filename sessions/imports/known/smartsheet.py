"""Smartsheet: the CSV or spreadsheet of a project sheet. Rows are named by their number, and may be indented below others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sessions.imports.formats.csv_table import OUTLINE_LEVEL, Record, plain
from sessions.imports.known.common import ABOVE, DROPPED, ESTIMATES, LEFT_OUT_OF_OUTLINE, OUTLINE, SPONSORS, STATES, duration, outlined
from sessions.imports.known.reading import items_of
from sessions.imports.known.spec import Estimate, Items, LeftOut, Spec

_ROW, _PREDECESSORS, _AFTER, _PROGRESS = "Row", "Predecessors", "Rows before", "Progress"
_LEVELS = tuple(map(plain, (OUTLINE_LEVEL, "Level", "Ancestors", "Hierarchy", "Hierarchy level", "Indent", "Indent level")))
_PREDECESSOR = re.compile(r"(\d++)\s*+(FS|SS|FF|SF)?\s*+(?:[+-].*)?", re.IGNORECASE)
_SIGNS = (("Task Name", "Duration", "Predecessors", "Assigned To"), ("Task Name", "Predecessors", "Assigned To", "% Complete"))


def _from_table(spec: Spec, records: Sequence[Record]) -> Items | None:
    """Return the rows of a sheet, each with its number there: other rows name it so."""
    if not records or not spec.is_known_by(records[0][1]):
        return None
    items = items_of(spec, records[0][1], records[1:])
    numbers = _numbers(records)
    for item in items.items:
        item.cells[_ROW] = str(numbers[item.line])
    return _prepared(items)


def _numbers(records: Sequence[Record]) -> dict[int, int]:
    """Return the number of each row by its line: empty rows count; a line break in a cell counts only if the lines are those of a text."""
    ends = [line + sum(cell.replace("\r\n", "\n").count("\n") for cell in row) for line, row in records]
    of_text = all(end < after[0] for end, after in zip(ends, records[1:], strict=False))
    numbers, number = {}, 0
    for end, (line, _) in zip(ends if of_text else [line for line, _ in records], records[1:], strict=False):
        number += line - end
        numbers[line] = number
    return numbers


def _prepared(items: Items) -> Items:
    """Return the rows with what they say in Smartsheet's own words: rows before, durations, progress, indents."""
    titles = {item.cells[_ROW]: item.cells.get("Task Name", "") for item in items.items}
    level = next((column for wanted in _LEVELS for column in items.columns if plain(column) == wanted), "")
    for item in items.items:
        if "Duration" in item.cells:
            item.cells["Duration"] = duration(item.cells["Duration"])
        if progress := _progress(item.cells.get("% Complete", "")):
            item.cells[_PROGRESS] = progress
        links = [part.strip() for part in item.cells.get(_PREDECESSORS, "").split(",")]
        if after := [match[1] for link in links if (match := _finished_before(link))]:
            item.cells[_AFTER] = ", ".join(after)
        if all(link.isdecimal() for link in links):
            item.cells.pop(_PREDECESSORS, "")
        elif _PREDECESSORS in item.cells:
            item.cells[_PREDECESSORS] = "; ".join(_with_title(link, titles) for link in links)
    columns = [*items.columns, _ROW, _PROGRESS, _AFTER]
    if level:
        outlined(items.items, [_level(item.cells.pop(level, "")) for item in items.items], _ROW)
        columns += [OUTLINE, ABOVE]
    remark = "which row is below another is only in the spreadsheet: in Smartsheet choose File, Export, Excel"
    return Items(tuple(columns), items.items, "" if level else remark)


def _finished_before(text: str) -> re.Match[str] | None:
    """Return the row that must be finished first; rows that only start or end together are not waited for."""
    match = _PREDECESSOR.fullmatch(text)
    return match if match and (match[2] or "FS").upper() == "FS" else None


def _progress(text: str) -> str:
    """Return the state that a share of work done is: `40%`, or 0.4 in a spreadsheet."""
    try:
        share = float(text.strip().rstrip("%").replace(",", ".") or "x")
    except ValueError:
        return ""
    return "not started" if share <= 0 else "complete" if share == (100 if "%" in text else 1) else "in progress"


def _with_title(link: str, titles: Mapping[str, str]) -> str:
    """Return a link with the title of the row that it names."""
    match = _PREDECESSOR.fullmatch(link)
    title = titles.get(match[1]) if match else ""
    return f"{title} ({link})" if title else link


def _level(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000") else 0


SPEC = Spec(
    tool="Smartsheet",
    signs=_SIGNS,
    fields={
        "title": ("Task Name",),
        "state": ("Status", _PROGRESS),
        "it_partner": ("Assigned To",),
        "sponsor": SPONSORS,
        "description": ("Description", "Notes", "Comments"),
        "budget": ("Budget", "Planned cost", "Estimated cost"),
    },
    ids=(_ROW,),
    parent=(ABOVE, "Parent"),
    estimates=(*ESTIMATES, Estimate(("Duration",), "days")),
    needs=(_AFTER,),
    states=STATES,
    category=(_PROGRESS,),
    kept=(_PREDECESSORS,),
    made=(_ROW, _PROGRESS, OUTLINE),
    noise=("Created", "Created By", "Modified", "Modified By"),
    left_out=(*LEFT_OUT_OF_OUTLINE, LeftOut("Status", DROPPED, "dropped row")),
    from_table=_from_table,
)
