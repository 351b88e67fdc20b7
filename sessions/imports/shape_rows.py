"""Separate the rows of projects from the others in a table made for people: the header again, sums, headings of groups, notes below."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from sessions.errors import PortfolioError
from sessions.imports.columns import AMOUNTS, Chosen, is_title, recognise, unit_of
from sessions.imports.formats.csv_table import Record, free_name, plain
from sessions.imports.formats.report import Findings, Notice, Place
from sessions.imports.money import Unit, read_money
from sessions.sanitize import quoted
from sessions.wording import plural, shortened

_GROUP = "group"
_SUM = re.compile(
    r"(?:(?:(?:grand|sub|overall)[\s-]*)?total(?:s|\s+(?:budget|costs?|projects|amount|g[eé]n[eé]ral|geral|generale))?|sums?|"
    r"(?:gesamt|zwischen|end)?summe|(?:ins)?gesamt|somme|totale|totaal|suma|soma|somma)\s*[:=]?",
    re.IGNORECASE,
)
_SUM_OF = re.compile(
    r"\b(?:(?:sub-?)?totals?|sums?|(?:ins)?gesamt|somme|totale|totaal|suma|soma|somma)\b|summe\b", re.IGNORECASE
)
"""Words in the name of a sum, as in `Subtotal IT`, which is one only if it adds up."""
_NOTE = re.compile(r"(?:sources?|notes?|remarks?|legend|status)\s*:|(?:generated|exported|data|as)\s+(?:on|by|of|as of)\b|[*†]", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_A_TABLE = 3
"""The fewest columns of a table in which a row with one cell is conspicuous."""


def only_projects(header: Record, rows: Sequence[Record], findings: Findings, chosen: Chosen) -> list[Record]:
    """Return the header and the rows of projects; what the others were is reported. Groups become a column."""
    names = header[1]
    again = [plain(name) for name in names]
    kept: list[Record] = []
    amounts = _Amounts(names, chosen)
    sums = _sums(rows, amounts)
    for place, (line, cells) in enumerate(rows):
        texts = [cell.strip() for cell in cells if cell.strip()]
        if plain(cells[0]) == again[0] and [plain(cell) for cell in cells] == again:
            findings.skipped.append(Notice(line, "", "the header again"))
        elif place in sums or (_SUM.fullmatch(texts[0]) and all(map(_has_digit, texts[1:]))):
            findings.skipped.append(Notice(line, "", f"{quoted(texts[0])} is a sum, not a project"))
        else:
            kept.append((line, cells))
    kept = _without_notes(names, kept, [line for line, _ in rows], findings)
    headings = _headings(names, kept, chosen) or _headings_with_sums(kept, amounts)
    if not headings and len(kept) > 1 and _alone(kept[0][1]) == amounts.title and _alone(kept[1][1]) is None:
        text = f"{quoted(kept[0][1][amounts.title])} has a title only; it is a card of its own, not a heading of those below"
        findings.noticed.append(Notice(kept[0][0], "", text))
    return [header, *kept] if not headings else _grouped(header, kept, headings, findings)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


class _Amounts:
    """The columns of amounts, and what the rows have there."""

    def __init__(self, names: Sequence[str], chosen: Chosen) -> None:
        fields = recognise(names, chosen=chosen)
        self.title = next((place for place, name in enumerate(names) if is_title(name, chosen)), 0)
        self._units = {place: Unit(factor=unit_of(name).factor) for place, name in enumerate(names) if fields.get(name) in AMOUNTS}

    def are_all_of(self, cells: Sequence[str]) -> bool:
        """Return whether a row has a title and amounts, and no other text."""
        if self.title >= len(cells) or not cells[self.title].strip() or not any(cells[place].strip() for place in self._units if place < len(cells)):
            return False
        return not any(cell.strip() and not _has_digit(cell) for place, cell in enumerate(cells) if place != self.title)

    def of(self, cells: Sequence[str]) -> Counter[int]:
        """Return the amounts of a row by column, without the cells that hold none."""
        found: Counter[int] = Counter()
        for place, unit in self._units.items():
            with contextlib.suppress(PortfolioError):
                if place < len(cells) and (budget := read_money(cells[place], unit).budget):
                    found[place] = budget.amount
        return found

    def add_up(self, cells: Sequence[str], sums: Counter[int]) -> bool:
        """Return whether the amounts of a row are the sums."""
        own = self.of(cells)
        filled = [place for place in self._units if place < len(cells) and cells[place].strip()]
        return all(own[place] == sums[place] > 0 for place in filled)


def _sums(rows: Sequence[Record], amounts: _Amounts) -> set[int]:
    """Return the places of the rows that are called a sum of some kind and are one: of all rows above, or of those since the last sum."""
    title = amounts.title
    called = {place for place, (_, cells) in enumerate(rows) if title < len(cells) and _SUM_OF.search(cells[title]) and amounts.are_all_of(cells)}
    found: set[int] = set()
    of_all: Counter[int] = Counter()
    since: Counter[int] = Counter()
    for place, (_, cells) in enumerate(rows[: max(called, default=-1) + 1]):
        if place in called and (amounts.add_up(cells, since) or amounts.add_up(cells, of_all)):
            found.add(place)
            since = Counter()
        else:
            own = amounts.of(cells)
            of_all += own
            since += own
    return found


def _headings_with_sums(rows: Sequence[Record], amounts: _Amounts) -> dict[int, str]:
    """Return the places of the rows that are headings with the sums of the rows under them, with their texts.

    A project may lack all but its title and budget. So the table begins with a heading, there is more than one, and all of them add up.
    """
    if not rows or not amounts.are_all_of(rows[0][1]):
        return {}
    places = [place for place, (_, cells) in enumerate(rows) if amounts.are_all_of(cells)]
    if len(places) == 1 or len(places) * 2 >= len(rows):
        return {}
    for place, end in zip(places, [*places[1:], len(rows)], strict=True):
        below: Counter[int] = Counter()
        for _, cells in rows[place + 1 : end]:
            below += amounts.of(cells)
        if not amounts.add_up(rows[place][1], below):
            return {}
    return {place: rows[place][1][amounts.title].strip() for place in places}


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
    """Return whether there is a row between two others that is not a project, or with `gap` an empty line."""
    ends = before[0] + sum(len(_LINE_END.findall(cell)) for cell in before[1])
    between = bisect_right(lines, before[0])
    return (between < len(lines) and lines[between] < row[0]) or (gap and row[0] > ends + 1)


def _headings(names: Sequence[str], rows: list[Record], chosen: Chosen) -> dict[int, str]:
    """Return the places of the rows that are headings of the rows under them, with their texts.

    A title may be all that a project has. So a lone title is a heading only if the table begins with one, each has rows of its own, and all
    are different; a lone text in another column always is.
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
