"""Read what the name of a column says about efforts: of which team they are, in which unit, and how many people the team has."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sessions.imports.formats.cells import ID_LIMIT
from sessions.sanitize import clean
from sessions.wording import tenths

EFFORT, TEAM, CREW = "effort", "team", "crew"
"""The fields that are about efforts: every column of a team is one; only our own exports have a crew."""
WEEKS = {
    "month": Fraction(13, 3), "week": Fraction(1), "day": Fraction(1, 5), "hour": Fraction(1, 40), "minute": Fraction(1, 2_400),
    "second": Fraction(1, 144_000),
}  # fmt: skip
"""Weeks in a unit of time: a week has five days of eight hours, and a quarter's three months have thirteen weeks."""
_SHORT = {
    "mo": "month", "w": "week", "wk": "week", "d": "day", "h": "hour", "hr": "hour", "m": "minute", "min": "minute", "s": "second", "sec": "second",
    "md": "day", "pt": "day", "mt": "day",
}  # fmt: skip
_ELSEWHERE = {
    "month": "monate monaten monat mois meses mesi maanden", "week": "wochen woche semaines semanas settimane weken",
    "day": "tage tagen jours jour días dias giorni dagen", "hour": "stunden stunde std heures horas ore uren",
}  # fmt: skip
_SHORT |= {word: unit for unit, words in _ELSEWHERE.items() for word in words.split()}
_DAYS = "(?-i:M[Dd]s?|PT|MT)"
"""Days of a person, as they are written short in English and German; in small letters they could be points."""
_LONG = f"months?|weeks?|wks?|days?|hours?|hrs?|minutes?|seconds?|{'|'.join(' '.join(_ELSEWHERE.values()).split())}|{_DAYS}"
_PERSON = r"(?:personen|person|mann|man|fte|staff)s?[\s_-]*"
UNIT = re.compile(rf"(?:in\s+)?(?P<person>{_PERSON}|p)?(?P<unit>{_LONG}|mo|min|sec|md|m|w|d|h|s)(?:\s+of\s+(?:work|effort))?", re.IGNORECASE)
_AT_THE_END = re.compile(rf"(?:^|[\s_,:–-]+)(?:in[\s_]+)?(?P<person>{_PERSON}|p)?(?P<unit>{_LONG})$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?P<name>.*?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*", re.DOTALL)
_PEOPLE = re.compile(r"([0-9]{1,5}(?:[.,][0-9])?)\s*(?:people|persons?|ftes?)", re.IGNORECASE)
_EFFORT = re.compile(
    r"(?<![^\W_])(?:[Ee]fforts?|EFFORTS?|[Ww]orkload|(?:Gesamta|Plana|[Aa])ufwand|AUFWAND|[Cc]harge de travail|[Ee]sfuerzo|[Ee]sforço|[Ii]mpegno|"
    r"[Ii]nspanning)(?![a-z])|(?<=[a-z])Efforts?(?![a-z])"
)
_BARE = frozenset({
    "", "total", "overall", "estimated", "estimate", "estimation", "planned", "required", "project", "needed", "work", "team", "teams", "of",
    "the", "by", "geplanter", "geschätzter", "in",
})  # fmt: skip
"""Words beside `effort` that name no team."""
_OTHER = frozenset({
    "actual", "remaining", "spent", "used", "logged", "level", "score", "rating", "size", "points", "type", "category", "impact", "vs", "rank",
    "note", "notes", "ist", "rest", "istaufwand", "restaufwand",
})  # fmt: skip
"""Words beside `effort` that make it something else."""
_EXPORTED_EFFORT = re.compile(r"effort (.+) \(person-weeks, ([0-9]+(?:\.[0-9])?) (?:people|person)\)", re.DOTALL)
_EXPORTED_CREW = re.compile(r"crew (.+) \(people at once\)", re.DOTALL)


class Heading(NamedTuple):
    """What the name of a column says about efforts. `certain`: they are efforts; without a `team` it is another column's, or everyone's."""

    team: str
    certain: bool
    unit: str = ""
    people: int | None = None
    """In tenths."""


def read_heading(header: str) -> Heading:
    """Read `Effort Data team`, `Data team (person-weeks)`, `Effort (days)`, `Web effort (2 people, pd)`, `effort_days`."""
    name, unit, of_person, people = header.strip(), "", False, None
    if match := _IN_BRACKETS.fullmatch(name):
        for part in map(str.strip, re.split("[,;]", match["inside"])):
            if found := UNIT.fullmatch(part):
                name, unit, of_person = match["name"], unit_of(found), _is_of_a_person(found)
            elif heads := _PEOPLE.fullmatch(part):
                name, people = match["name"], int(Decimal(heads[1].replace(",", ".")) * 10)
    if not unit and (found := _AT_THE_END.search(name)):
        name, unit, of_person = name[: found.start()], unit_of(found), _is_of_a_person(found)
    team = re.sub(r"^[\W_]+|[\s_:–-]+$", "", " ".join(_EFFORT.sub(" ", name).split()))
    words = set(re.split(r"[\W_]+", name.casefold()))
    of_a_team = bool(unit or people) and re.search(r"^team\b|\bteam$", name, re.IGNORECASE)
    certain = words.isdisjoint(_OTHER) and bool(of_person or _EFFORT.search(name) or of_a_team)
    bare = all(word in _BARE for word in re.split(r"[\W_]+", team.casefold()))
    return Heading("" if bare else clean(team, ID_LIMIT), certain, unit, people)


def unit_of(match: re.Match[str]) -> str:
    """Return the unit that was found: a plural is its singular, and `pm` are months of a person."""
    unit = match["unit"].casefold()
    if unit == "m" and match["person"]:
        return "month"
    if unit not in _SHORT and len(unit) > 1:
        unit = unit.removesuffix("s")
    return _SHORT.get(unit, unit)


def _is_of_a_person(match: re.Match[str]) -> bool:
    return bool(match["person"]) or match["unit"].casefold().removesuffix("s") in {"md", "pt", "mt"}


def effort_heading(team: str, people: int) -> str:
    """Return the heading of a team's efforts in an exported table, the inverse of `read_exported`."""
    return f"effort {team} (person-weeks, {tenths(people)} {'person' if people == 10 else 'people'})"


def crew_heading(team: str) -> str:
    """Return the heading of a team's crews in an exported table, the inverse of `read_exported`."""
    return f"crew {team} (people at once)"


def read_exported(header: str) -> tuple[str, Heading] | None:
    """Return whether a column of an exported table is efforts or crews, and of which team; None if it is neither."""
    if match := _EXPORTED_EFFORT.fullmatch(header):
        return EFFORT, Heading(match[1], certain=True, unit="week", people=int(Decimal(match[2]) * 10))
    if match := _EXPORTED_CREW.fullmatch(header):
        return CREW, Heading(match[1], certain=True)
    return None
