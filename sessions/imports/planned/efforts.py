"""Read the efforts of a table: in one column beside a column of teams, or in one column for each team."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sessions.imports.formats.cells import ID_LIMIT, NOTHING
from sessions.imports.formats.csv_table import Table
from sessions.imports.formats.report import Findings, Place
from sessions.imports.planned.effort_headings import CREW, EFFORT, TEAM, UNIT, WEEKS, Heading, read_exported, read_heading, unit_of
from sessions.portfolio.models import Team, Work
from sessions.portfolio.numbers import number_of
from sessions.sanitize import clean, quoted
from sessions.wording import plural, shortened

EVERYONE = "Everyone"
"""The team whose efforts they are if the file names none."""
_LIMIT = 1_000_000
"""The largest effort or crew that is believed, in tenths."""
_ONE = 10
"""The people of a team whose size is unknown, in tenths."""
_HALF = 0.5
"""The least share of the values that must be efforts in a column named as efforts."""
_PIECE = re.compile(r"([0-9.,][0-9.,'’\s]*)([^0-9]*)")
_BESIDE = {
    "day": "in days: five are a week", "hour": "in hours: forty are a week", "minute": "in minutes: 2,400 are a week",
    "second": "in seconds: 144,000 are a week", "month": "in months of 4⅓ weeks",
}  # fmt: skip
"""What the report says about a unit."""
_UNSAID = "figures without a unit are weeks of a person; if they are days, --efforts-in days or F3 says so"
Keep = Callable[[str, str], None]
"""Leaves the cell of a column as a named field, and says why; without a reason it says nothing."""


def with_efforts(table: Table, field_of: Mapping[str, str], said: Collection[str], *, exported: bool) -> dict[str, str]:
    """Return which column is which field, with the columns of efforts; those that were `said` to be something stay it."""
    found = {header: field for header, field in field_of.items() if header in said or field not in (EFFORT, TEAM)}
    free = [header for header in table.headers if header not in found and header not in said]
    if exported:
        own = {header: kind for header in free if (read := read_exported(header)) for kind in read[:1]}
        return _in_order(table, {**found, **own})
    efforts = [header for header, field in found.items() if field == EFFORT]
    named = [header for header in free if read_heading(header).certain and _is_filled(table, header)]
    bare = [header for header in named if not read_heading(header).team]
    of_teams = [header for header in named if header not in bare]
    # Beside a column for each team, one of no team is their sum.
    efforts += of_teams or ([] if efforts else bare[:1])
    teams = [header for header, field in field_of.items() if field == TEAM]
    alone = any(not read_heading(header).team for header in efforts) or (len(efforts) == 1 and not read_heading(efforts[0]).certain)
    beside = {header: TEAM for header in teams if alone}
    return _in_order(table, {**found, **dict.fromkeys(efforts, EFFORT), **beside})


def _in_order(table: Table, field_of: Mapping[str, str]) -> dict[str, str]:
    return {header: field_of[header] for header in table.headers if header in field_of}


def _is_filled(table: Table, header: str) -> bool:
    """Return whether most values of a column are efforts."""
    place = table.headers.index(header)
    filled = [cell for row in table.rows if (cell := row.cells[place]).strip().casefold() not in NOTHING]
    return bool(filled) and sum(1 for cell in filled if _weeks_in(cell, "week") is not None) >= _HALF * len(filled)


def _weeks_in(cell: str, unit: str) -> Fraction | None:
    """Return the weeks in `3`, `2,5`, `2w 4d`, `40 hours`; None if it is not an effort."""
    pieces = list(_PIECE.finditer(cell.strip()))
    if not pieces or pieces[0].start() or not 0 < len(cell) <= 60:
        return None
    weeks = Fraction(0)
    for piece in pieces:
        number, word = number_of(piece[1]), piece[2].strip(" \t\n,;.")
        found = UNIT.fullmatch(word) if word else None
        if number is None or (word and not found):
            return None
        weeks += number * WEEKS[unit_of(found) if found else unit]
    return weeks


class Efforts:
    """Reads the efforts of the rows, and knows the teams whose they are."""

    def __init__(self, field_of: Mapping[str, str], unit: str = "", *, exported: bool) -> None:
        """Read the columns of efforts; the figures of those that name no unit are in `unit`, else in weeks."""
        self._unit = unit
        of = read_exported if exported else lambda header: ("", read_heading(header))
        read = {header: found[1] for header, field in field_of.items() if field in (EFFORT, CREW) and (found := of(header))}
        self._columns = {header: heading for header, heading in read.items() if field_of[header] == EFFORT}
        self._crews = {heading.team: header for header, heading in read.items() if field_of[header] == CREW}
        self._team_column = next((header for header, field in field_of.items() if field == TEAM), "")
        self._alone = next((header for header, heading in self._columns.items() if not heading.team), "")
        # A lone column of an unusual name is of no team; beside a column of teams it is of theirs.
        if len(self._columns) == 1 and not next(iter(self._columns.values())).certain:
            self._alone = next(iter(self._columns))
        self._people = {heading.team: heading.people for header, heading in self._columns.items() if header != self._alone}
        self._rounded = 0

    def of(self, cells: Mapping[str, str], keep: Keep) -> tuple[Work, ...]:
        """Return the efforts of a row. Any other text stays in the table."""
        efforts = dict[str, int]()
        for header, heading in self._columns.items():
            if cells[header].strip().casefold() in NOTHING:
                if header == self._alone and self._team_column:
                    keep(self._team_column, "")
                continue
            team = self._team(header, heading, cells)
            tenths = self._tenths(cells[header], heading.unit or self._unit or "week")
            if tenths is None or not team:
                keep(header, f"{quoted(cells[header])} is not an effort" if team else "no team is named beside it")
            else:
                efforts[team] = min(_LIMIT, efforts.get(team, 0) + tenths)
                self._people.setdefault(team, None)
        return tuple(Work(team=team, effort=effort, crew=self._crew(team, cells, keep)) for team, effort in efforts.items())

    def _team(self, header: str, heading: Heading, cells: Mapping[str, str]) -> str:
        if header != self._alone:
            return heading.team
        return clean(cells[self._team_column], ID_LIMIT) if self._team_column else EVERYONE

    def _crew(self, team: str, cells: Mapping[str, str], keep: Keep) -> int | None:
        header = self._crews.get(team, "")
        if not header or not cells[header].strip():
            return None
        tenths = self._tenths(cells[header], "week")
        if not tenths:
            keep(header, f"{quoted(cells[header])} is not a crew")
        return tenths or None

    def _tenths(self, cell: str, unit: str) -> int | None:
        weeks = _weeks_in(cell, unit)
        if weeks is None or not 0 <= weeks * 10 <= _LIMIT:
            return None
        exact = weeks * 10
        tenths = int((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        self._rounded += tenths != exact
        return tenths or (1 if weeks else 0)

    def teams(self) -> tuple[Team, ...]:
        """Return the teams of the efforts that were read."""
        return tuple(Team(id=team, name=team, people=_ONE if people is None else people) for team, people in self._people.items())

    def report(self, findings: Findings, *, exported: bool) -> None:
        """Report what was assumed of units and teams, once for the table."""
        if exported or not self._people:
            return
        for unit in dict.fromkeys(heading.unit for heading in self._columns.values()):
            headers = shortened([header for header, heading in self._columns.items() if heading.unit == unit])
            findings.found = findings.found._replace(efforts=findings.found.efforts or not unit)
            if beside := _BESIDE.get(unit or self._unit, "" if unit or self._unit else _UNSAID):
                findings.guess(Place(None, headers), beside)
        if self._rounded:
            findings.guess(Place(None, ""), f"{plural(self._rounded, 'effort')} rounded to a tenth of a week")
        if unknown := [quoted(team) for team, people in self._people.items() if people is None]:
            teams = shortened(unknown)
            findings.guess(Place(None, ""), f"no number of people is given for {teams}: one each is assumed; e in the plan (P) changes it")

