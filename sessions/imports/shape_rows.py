"""Part the rows of projects from the others that a table made for people has: the header again, sums, headings of groups, notes below."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from sessions.imports.columns import Chosen, is_title
from sessions.imports.formats.csv_table import Record, free_name, plain
from sessions.imports.formats.report import Findings, Notice, Place
from sessions.sanitize import quoted
from sessions.wording import plural, shortened

_GROUP = "group"
_SUM = re.compile(r"(?:(?:grand|sub|overall)[\s-]*)?total(?:s|\s+(?:budget|costs?|projects|amount))?\s*[:=]?|sums?:?|summe:?", re.IGNORECASE)
_NOTE = re.compile(r"(?:sources?|notes?|remarks?|legend|status)\s*:|(?:generated|exported|data|as)\s+(?:on|by|of|as of)\b|[*†]", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_A_TABLE = 3
"""The fewest columns of a table in which a row with one cell is conspicuous."""


def only_projects(header: Record, rows: Sequence[Record], findings: Findings, chosen: Chosen) -> list[Record]:
    """Return the header and the rows of projects; what the others were is reported. Groups become a column."""
    names = header[1]
    again = [plain(name) for name in names]
    kept: list[Record] = []
    for line, cells in rows:
        texts = [cell.strip() for cell in cells if cell.strip()]
        if plain(cells[0]) == again[0] and [plain(cell) for cell in cells] == again:
            findings.skipped.append(Notice(line, "", "the header again"))
        elif _SUM.fullmatch(texts[0]) and all(map(_has_digit, texts[1:])):
            findings.skipped.append(Notice(line, "", f"{quoted(texts[0])} is a sum, not a project"))
        else:
            kept.append((line, cells))
    kept = _without_notes(names, kept, [line for line, _ in rows], findings)
    headings = _headings(names, kept, chosen)
    return [header, *kept] if not headings else _grouped(header, kept, headings, findings)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _alone(cells: Sequence[str]) -> int | None:
    """Return the place of the only cell with text; None if there are more."""
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    return filled[0] if len(filled) == 1 else None


def _without_notes(names: Sequence[str], rows: list[Record], lines: Sequence[int], findings: Findings) -> list[Record]:
    """Leave out the lines under the table: a single first cell each, behind an empty line or a sum, or beginning like a note.

    Where other rows have a single cell too, an empty line says nothing.
    """
    end = len(rows)
    while end > 1 and _alone(rows[end - 1][1]) == 0:
        end -= 1
    usual = any(_alone(cells) is not None for _, cells in rows[:end])
    while end < len(rows) and not (_NOTE.match(rows[end][1][0].strip()) or _is_apart(rows[end - 1], rows[end], lines, gap=not usual)):
        end += 1
    if len(names) < _A_TABLE:
        return rows
    for line, cells in rows[end:]:
        findings.skipped.append(Notice(line, "", f"below the table: {quoted(' '.join(cells[0].split()))}"))
    return rows[:end]


def _is_apart(before: Record, row: Record, lines: Sequence[int], *, gap: bool) -> bool:
    """Return whether a row that is no project is between two rows, or with `gap` an empty line."""
    ends = before[0] + sum(len(_LINE_END.findall(cell)) for cell in before[1])
    between = bisect_right(lines, before[0])
    return (between < len(lines) and lines[between] < row[0]) or (gap and row[0] > ends + 1)


def _headings(names: Sequence[str], rows: list[Record], chosen: Chosen) -> dict[int, str]:
    """Return the places of the rows that are headings of the rows under them, with their texts.

    A title may be all that a project has. So a lone title is a heading only if the table begins with one, each has rows of its own, and all
    are different; a lone text in another column is one anyway.
    """
    alone = {place: column for place, (_, cells) in enumerate(rows) if (column := _alone(cells)) is not None}
    headings = {place: rows[place][1][column].strip() for place, column in alone.items() if place + 1 not in alone and place + 1 < len(rows)}
    if len(names) < _A_TABLE or not headings:
        return {}
    if any(column < len(names) and is_title(names[column], chosen) for column in alone.values()):
        certain = len(headings) == len(alone) > 1 and 0 in headings and len(set(headings.values())) == len(headings)
        return headings if certain and len(rows) >= 3 * len(headings) else {}
    return headings


def _grouped(header: Record, rows: list[Record], headings: dict[int, str], findings: Findings) -> list[Record]:
    """Return the rows without the headings, each with its heading in a column of its own."""
    name, width = free_name(_GROUP, header[1]), len(header[1])
    grouped, group = [(header[0], [*header[1], name])], ""
    for place, (line, cells) in enumerate(rows):
        if place in headings:
            group = headings[place]
        else:
            grouped.append((line, [*cells[:width], *[""] * (width - len(cells)), group, *cells[width:]]))
    found = shortened([f"{quoted(text)} (line {rows[place][0]})" for place, text in headings.items()])
    findings.guess(Place(None, name), f"{plural(len(headings), 'row')} read as the heading of those below: {found}")
    return grouped
