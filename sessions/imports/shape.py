"""Make a plain table of the records of a file: one header, and under it a row for each project. What becomes of the other lines is reported."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import chain, islice

from sessions.imports.columns import NOTHING_CHOSEN, Chosen, has_title, recognise
from sessions.imports.exported import is_exported
from sessions.imports.formats import limits
from sessions.imports.formats.csv_table import LONGEST_NAME, Record, Shaped, plain
from sessions.imports.formats.report import Findings, Notice, Place
from sessions.imports.shape_header import header_over, header_under, is_group_line
from sessions.imports.shape_rows import only_projects
from sessions.sanitize import quoted

_SEARCHED = 20
"""The first records, one of which is the header."""
_ROWS_OF_FIELDS = 500
"""The most rows in which a table has its fields."""
_FIELDS = 3
"""The fewest fields in the first column that make a table with its fields in rows."""
_LABELS = frozenset({
    "name", "department", "owner", "sponsor", "manager", "description", "aims", "narrative", "commentary", "comments", "notes", "status", "state",
    "stage", "phase", "rating", "rag", "risk", "priority", "category", "type", "start", "end", "date", "deadline", "baseline", "forecast", "variance",
    "budget", "cost", "costs", "benefits", "benefit", "id", "number", "total", "schedule",
})  # fmt: skip
"""Words that names of fields are made of, known or not."""

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
"""How a table taken from a web page writes some signs."""


def shaped(records: Iterator[Record], findings: Findings, chosen: Chosen = NOTHING_CHOSEN, *, upright: bool = False) -> Shaped:
    """Return the records of a plain table of projects; `upright` takes its rows as the projects."""
    given = list(islice(records, limits.ROWS + 2))
    # What is too long is refused later; an exported table is as it should be.
    if not given or len(given) == limits.ROWS + 2 or is_exported(given[0][1]):
        return Shaped(chain(given, records))
    from sessions.imports.known.registry import known_table  # noqa: PLC0415 - no file of ours needs what all the tools write

    if known := known_table(given, findings, chosen):
        return Shaped(iter(known.records), export=known.export)
    given = _without_entities(given, findings)
    place = _header_place(given, chosen)
    if place + 2 < len(given) and is_group_line(given[place][1], given[place + 1][1], chosen):
        place += 1
    if turned := _turned(given, len(_fields(given[place][1], chosen)), chosen):
        findings.found = findings.found._replace(turned=True)
    if turned and not upright:
        findings.guess(Place(None, ""), "its fields are in rows, so the table was turned round: the lines named here are its columns")
        return Shaped(iter(turned), turned=True)
    return Shaped(iter(_upright(given, place, findings, chosen)))


def _without_entities(records: list[Record], findings: Findings) -> list[Record]:
    """Return the records with `&` for `&amp;`."""
    written = [place for place, (_, cells) in enumerate(records) if "&" in "".join(cells) and any(map(_ENTITY.search, cells))]
    for place in written:
        line, cells = records[place]
        records[place] = (line, [_ENTITY.sub(lambda found: html.unescape(found[0]), cell) for cell in cells])
        findings.changed.append(Notice(line, "", "signs written as on a web page, such as &amp;, were decoded"))
    return records


def _fields(cells: list[str], chosen: Chosen) -> dict[str, str]:
    return recognise([cell[:LONGEST_NAME] for cell in cells[: limits.COLUMNS]], chosen=chosen)


def _header_place(records: list[Record], chosen: Chosen) -> int:
    """Return the place of the header: the first record unless a later one has a title, and clearly more columns that are recognised."""
    first = len(_fields(records[0][1], chosen)) if has_title(records[0][1], chosen) else -1
    if first >= _FIELDS:
        return 0
    counts = {place: len(_fields(cells, chosen)) for place, (_, cells) in enumerate(records[:_SEARCHED]) if has_title(cells, chosen)}
    if not counts:
        return _unnamed_header_place(records[:_SEARCHED], chosen)
    best = max(counts, key=lambda place: counts[place])
    if not best or counts[best] < first + 2:
        return 0
    widths = [sum(1 for cell in cells if cell.strip()) for _, cells in records[: best + 1]]
    # A row of one field may be a project with a title like Summary, unless nothing above is as wide.
    return best if counts[best] > 1 or widths[best] > max(widths[:best]) else 0


def _unnamed_header_place(records: list[Record], chosen: Chosen) -> int:
    """Return the place of a header without a title that is known: the record with most fields, or else the first with a text in most columns."""
    counts = [len(_fields(cells, chosen)) for _, cells in records]
    if max(counts) >= _FIELDS:
        return counts.index(max(counts))
    texts = [[cell.strip() for cell in cells if cell.strip()] for _, cells in records]
    width = max(map(len, texts))
    for place, names in enumerate(texts):
        if len(names) * 2 > width:
            distinct = len(set(map(plain, names))) == len(names) >= _FIELDS
            return place if distinct and all(any(map(str.isalpha, name)) for name in names) else 0
    return 0


def _turned(records: list[Record], in_header: int, chosen: Chosen) -> list[Record]:
    """Return the table with rows for columns if its fields are in rows; nothing if they are not."""
    width = max(len(cells) for _, cells in records)
    if len(records) > _ROWS_OF_FIELDS or not 1 < width <= limits.ROWS:
        return []
    for start in (0, 1):
        names = [cells[start] if start < len(cells) else "" for _, cells in records]
        found = len(_fields(names, chosen)) if has_title(names, chosen) else 0
        filled = sum(1 for name in names if name.strip())
        labels = sum(map(_is_label, names))
        others = [cell for cell in records[0][1][start + 1 :] if cell.strip()]
        # Most fields of a report have names of their own: then the words in them decide, unless the header has them too.
        by_words = found > 1 >= in_header and labels > _FIELDS and labels * 3 >= filled * 2 and sum(map(_is_label, others)) * 3 < 2 * len(others)
        all_fields = found == filled > in_header and width - start > len(records)
        if all_fields or by_words or (found >= _FIELDS and found > in_header and found * 3 >= filled):
            columns = [[cells[column] if column < len(cells) else "" for _, cells in records] for column in range(start, width)]
            return [(column, cells) for column, cells in enumerate(columns, start + 1) if any(cell.strip() for cell in cells)]
    return []


def _is_label(name: str) -> bool:
    """Return whether a text consists of words that field names use."""
    return not _LABELS.isdisjoint(re.findall("[a-z]+", name.casefold()))


def _upright(records: list[Record], place: int, findings: Findings, chosen: Chosen) -> list[Record]:
    """Return the header in one record, and the rows of projects."""
    line, header = records[place]
    above, rows = records[:place], records[place + 1 :]
    over = header_over(above[-1], records[place]) if above else None
    under = header_under(header, rows[0], chosen) if len(rows) > 1 else None
    if over:
        findings.guess(Place(line, ""), f"read as one header with line {above[-1][0]}")
        header, above = over, above[:-1]
    elif under:
        findings.guess(Place(line, ""), f"read as one header with line {rows[0][0]}")
        header, rows = under, rows[1:]
    for number, cells in above:
        findings.skipped.append(Notice(number, "", f"above the header: {quoted(' '.join(' '.join(cells).split()))}"))
    return only_projects((line, header), rows, findings, chosen)
