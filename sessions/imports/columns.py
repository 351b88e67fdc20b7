"""The names by which people call what a card has. Case, accents, spaces, underscores and camelCase make no difference.

For every field the names are in the order of preference: if two columns could be the same field, the earlier
name wins and the other column stays a named field of the card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from sessions.errors import PortfolioError
from sessions.imports.formats.csv_table import LONGEST_NAME, plain
from sessions.imports.money import Unit, read_unit
from sessions.imports.planned.effort_headings import EFFORT
from sessions.imports.vocabulary import COLUMNS_ELSEWHERE
from sessions.sanitize import quoted

NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title", "project title", "investment title", "initiative title", "card title", "project name", "investment name",
        "initiative name", "program name", "programme name", "epic name", "name", "summary", "issue summary", "subject",
        "project", "initiative", "investment", "programme", "program", "epic", "card", "task", "what",
    ),
    "apart": (),
    "id": (
        "id", "card id", "project id", "unique id", "key", "issue key", "uid", "unique investment identifier", "identifier", "project code",
        "project number", "code", "reference", "ref", "id number", "gmpp id number", "gmpp id", "initiative id",
        "investment id", "programme id", "program id", "epic id", "request id", "demand id",
    ),
    "sponsor": (
        "sponsor", "business sponsor", "executive sponsor", "project sponsor", "sponsor name", "champion", "business owner",
        "project owner", "owner", "department", "business unit", "agency name", "ministry",
    ),
    "it_partner": ("it partner", "it owner", "it lead", "technical owner", "technical lead", "tech lead", "delivery lead", "it contact"),
    "description": (
        "description", "project description", "brief summary", "summary of investment", "long description", "description aims", "details", "about",
        "scope", "summary",
    ),
    "benefit": (
        "benefit", "benefits", "business benefit", "business benefits", "expected benefit", "expected benefits", "business value", "value",
        "expected outcome", "outcome", "justification", "why",
    ),
    "benefit_monthly": ("benefit monthly", "monthly benefit", "benefit per month", "benefit a month", "value per month", "monthly value"),
    "benefit_currency": ("benefit currency",),
    "benefit_change": ("benefit change",),
    "benefit_effect": ("benefit effect",),
    "benefit_business_effect": ("benefit business effect",),
    "budget": (
        "total budget", "budget", "project budget", "budget amount", "approved budget", "total cost", "estimated cost", "planned cost",
        "project cost", "cost", "estimated budget", "costs", "amount", "funding", "total project cost", "lifecycle cost", "whole life cost",
        "whole life costs", "total whole life costs", "whole life cost total baseline", "total baseline whole life costs",
        "total budgeted whole life costs",
    ),
    "budget_currency": ("budget currency", "currency", "currency code", "ccy"),
    "rank": ("rank", "current rank", "order", "position", "priority", "priority rank", "prio"),
    "objective": (
        "objective", "business objective", "strategic objective", "objectives", "strategic goal", "business goal", "goal", "strategy",
    ),
    "adoption_who": ("adoption who", "adopters", "who uses it"),
    "adoption_measure": ("adoption measure", "adoption metric", "success measure", "success metric"),
    "adoption_baseline": ("adoption baseline", "baseline"),
    "adoption_target": ("adoption target", "target"),
    "adoption_by": ("adoption by", "adoption date", "adopted by date"),
    "adoption_plan_owner": ("adoption plan owner", "adoption owner", "plan owner"),
    "kind": ("kind", "card kind"),
    "state": ("state", "status", "project status", "project state"),
    "must": ("must", "mandatory", "must do"),
    "rule": ("must rule", "rule", "must because"),
    "rule_by": ("must by", "rule by", "must date", "rule date"),
    "rule_owner": ("must owner", "rule owner"),
    "origin": ("origin",),
    "team": ("team", "team name", "squad", "delivery team", "assigned team", "responsible team"),
    "effort": ("effort", "team effort", "estimated effort", "total effort"),
    "needs": (
        "needs", "depends on", "dependencies", "dependency", "dependent on", "predecessors", "predecessor", "blocked by", "is blocked by",
        "waits for", "prerequisites", "prerequisite", "requires",
    ),
    "earliest_week": ("earliest week", "not before week", "earliest start week"),
    "deadline_week": ("deadline week", "latest week", "deadline", "due date", "due", "due by", "needed by", "must be done by", "finish by"),
    "previous_rank": ("previous rank", "last rank", "rank last quarter", "former rank"),
    "order_taker_version": ("order taker version",),
    "arguments_for": ("arguments for", "for", "pros", "advantages"),
    "arguments_against": ("arguments against", "against", "cons", "disadvantages"),
    "note": ("note", "notes", "comment", "comments", "remark", "remarks"),
}  # fmt: skip
"""Field of a card -> names of columns, best first. The fields are in the order in which they choose."""

Chosen = Mapping[str, str]
"""What people said about columns: the name of each, and its field, `KEEP` or `IGNORE`."""
KEEP, IGNORE = "keep", "ignore"
SEVERAL = (KEEP, IGNORE, EFFORT)
"""What more than one column can be."""
NOTHING_CHOSEN: Chosen = MappingProxyType({})
TELL_APART = ("title", "id")
"""Fields that tell the cards apart: a column that repeats itself makes way for another one that could be the field."""
_DISTINCT = 0.8
"""The least share of distinct values in a column that does."""
AMOUNTS = ("budget", "benefit_monthly")
"""Fields whose columns may name a unit without brackets."""
_WORD_ENDS = re.compile(r"[\s_,:]+(?:[-–]\s+)?|(?<=[a-z])(?=[A-Z])")
_A_VALUE = re.compile(r"<?https?://|[0-9]{4}-[0-9]{2}-[0-9]{2}|(?!(?:19|20)[0-9]{2}$)[0-9][0-9.,]{2,}$")
"""An address, a date or an amount: a line with one is no header. Years and numbers of months may be names."""
_LONGEST_UNIT = 4
_UNIT = re.compile(r"^(?P<name>.*?)\s*[(\[](?P<unit>[^()\[\]]*)[)\]]\s*$")


_PLAIN = {field: tuple(map(plain, (*names, *COLUMNS_ELSEWHERE.get(field, ())))) for field, names in NAMES.items()}
_LIKE_A_TITLE = re.compile(r"name|tit(?:le|el|re|ul|olo)|pro[jy]e[kc]t|vorhaben|initiative", re.IGNORECASE)
_BARE, _QUOTABLE = re.compile(r"\w+"), re.compile(r"[\w .,/()-]+")
"""Names that a shell takes as they are, or between quotation marks."""
_TITLES = frozenset(_PLAIN["title"])


def chosen_columns(texts: Iterable[str]) -> Chosen:
    """Read choices such as `title=Project name`. Raises PortfolioError: no such field, or a field or column chosen twice."""
    fields = {plain(name): field for field, names in reversed([*NAMES.items()]) for name in names} | {plain(field): field for field in NAMES}
    fields |= {KEEP: KEEP, IGNORE: IGNORE, "amountamonth": "benefit_monthly", "deadline": "deadline_week", "secondtitle": "apart"}
    chosen: dict[str, str] = {}
    for text in texts:
        field, _, column = (part.strip() for part in text.partition("="))
        known = fields.get(plain(field))
        if known is None or not column:
            some = "title, id, sponsor, benefit, benefit monthly, budget, objective, rank, state, team, effort, needs, deadline, apart, keep, ignore"
            raise PortfolioError(f"{quoted(text)} is not a choice of a column; write FIELD=NAME, with a field such as {some}.")
        if plain(column) in map(plain, chosen) or (known in chosen.values() and known not in SEVERAL):
            raise PortfolioError(f"{quoted(text)}: the column or the field was chosen before; a column is one field, and a field is one column.")
        chosen[column] = known
    return chosen


def is_title(name: str, chosen: Chosen = NOTHING_CHOSEN) -> bool:
    """Return whether a column of this name may be the title."""
    if title := next((column for column, field in chosen.items() if field == "title"), ""):
        return name.strip() == title or (plain(name) == plain(title) != "")
    match = _UNIT.match(name[:LONGEST_NAME])
    return plain(match["name"] if match else name) in _TITLES


def has_title(names: Sequence[str], chosen: Chosen = NOTHING_CHOSEN) -> bool:
    """Return whether one of the names may be the title's."""
    return any(is_title(name, chosen) for name in names)


def likely_title(headers: Iterable[str]) -> str:
    """Return the first column that is called as a title could be, in words of its own; empty if none is."""
    return next((header for header in headers if _LIKE_A_TITLE.search(header)), "")


def title_choice(headers: Iterable[str]) -> str:
    """Return how the likely title is chosen on a command line."""
    likely = likely_title(headers)
    return f"title={likely}" if _BARE.fullmatch(likely) else f'title="{likely}"' if _QUOTABLE.fullmatch(likely) else "title=NAME"


def hardly_a_name(headers: Iterable[str]) -> str:
    """Return the first of the names that is rather a value; empty if all may be names."""
    return next(filter(_A_VALUE.match, headers), "")


def doubt_of_header(headers: Sequence[str], title: str) -> str:
    """Return why the header, in which the title was chosen, may really be a project."""
    if value := hardly_a_name(headers):
        return f"{quoted(value)} is hardly the name of a column; if it is not one, put names above"
    if recognise(headers) or likely_title([title]):
        return ""
    return f"the first line, {quoted(title)}, is read as names of columns; if it is a project, put names above"


def title_advice(headers: Sequence[str], free: Iterable[str]) -> str:
    """Return what to do about columns none of which is the title; `free` are those that are no other field either."""
    if value := hardly_a_name(headers):
        return f"{quoted(value)} is hardly the name of a column: put a line of names above the rows, one of them title"
    return f"name one of them title (or {', '.join(NAMES['title'][1:8])}), or choose it with --column {title_choice(free)}"


def said_of(headers: Sequence[str], chosen: Chosen) -> dict[str, str]:
    """Return what was chosen for the columns: header -> field. The column of the very name comes before one that is like it."""
    alike = {plain(header): header for header in reversed(headers) if plain(header)}
    columns = {column: column if column in headers else alike.get(plain(column)) for column in chosen}
    return {header: chosen[column] for column, header in columns.items() if header is not None}


def recognise(headers: Sequence[str], distinct: Callable[[str], float] | None = None, chosen: Chosen = NOTHING_CHOSEN) -> dict[str, str]:
    """Return which column is which field: column name -> field. A column serves one field, a field takes one column.

    `distinct` returns which share of a column's values are different ones, if there are rows to know it from. What was chosen comes first.
    """
    said = said_of(headers, chosen)
    by_name: dict[str, str] = {}
    by_amount: dict[str, str] = {}
    for header in headers:
        by_name.setdefault(plain(header), header)
        bare = by_name if _UNIT.match(header) else by_amount
        bare.setdefault(plain(without_unit(header)[0]), header)
    found = {header: field for header, field in said.items() if field in NAMES}
    for field, names in _PLAIN.items():
        if field in said.values() and field not in SEVERAL:
            continue
        named = {**by_amount, **by_name} if field in AMOUNTS else by_name
        columns = [named[name] for name in names if name in named and named[name] not in found.keys() | said.keys()]
        if columns:
            repeats = distinct is not None and field in TELL_APART and distinct(columns[0]) < _DISTINCT
            found[max(columns, key=distinct) if distinct and repeats else columns[0]] = field
    return {header: found[header] for header in headers if header in found}


def without_unit(header: str) -> tuple[str, str]:
    """Split a header like `Planned Cost ($ M)`, `Budget in £m` or `cost_usd` into its name and its unit, which is empty if there is none."""
    if match := _UNIT.match(header):
        text = match["unit"].strip()
        unit = next((part for part in (text, *re.split("[,;]", text)) if read_unit(part)), "")
        name, inner = ("", "") if unit else without_unit(match["name"])
        # `Cost (£m) (without VAT)`: the unit is not always in the last brackets.
        return (name, inner) if inner and read_unit(inner) else (match["name"], unit or text)
    words = _WORD_ENDS.split(header.strip())
    for start in range(max(1, len(words) - _LONGEST_UNIT), len(words)):
        ending = " ".join(words[start:])
        unit = read_unit(ending)
        # `Plan B` is no plan in billions; `cost_m` is a cost in millions.
        if unit and (unit.currency or len(ending) > 1 or (header[-2:-1] == "_" and plain("".join(words[:start])) in _PLAIN["budget"])):
            return " ".join(words[:start]), ending
    return header, ""


def unit_of(header: str) -> Unit:
    """Return what the amounts under a header are in."""
    return read_unit(without_unit(header)[1]) or Unit()
