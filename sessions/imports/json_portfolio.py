"""Make a portfolio from JSON: projects with teams, objectives, people, efforts and dependencies, or just titles.

A wrong field refuses the file and is named by its path: JSON is written by programs, and what a program got wrong once it got
wrong everywhere.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sessions.errors import PortfolioError
from sessions.imports.columns import recognise
from sessions.imports.consistency import made_ids, marked_made, notice_doubled_titles, objectives_named, refuse_cycle, refuse_doubles
from sessions.imports.exported import FORMAT as EXPORTED
from sessions.imports.exported import cards_of_export, note_session_left_out
from sessions.imports.formats import limits
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.formats.json_tree import Node
from sessions.imports.formats.report import Findings, LoadReport, Notice, Place
from sessions.imports.json_card import CardOfObject
from sessions.imports.people import one_decider, participant_of, people_refused, tell_unknown_keys
from sessions.imports.rank_column import read_ranking
from sessions.portfolio.models import TEXT_LIMIT, TITLE_LIMIT, Objective, Portfolio, Project, Team
from sessions.sanitize import clean, quoted

_FORMAT = "portfolio/1"
_HEAD = ("name", "about", "quarter", "quarter_start", "weeks_in_quarter", "horizon_weeks", "session_date", "minutes", "currency")
_PARTS = ("format", "company", "objectives", "teams", "participants", "cards", "projects")
OF_A_PORTFOLIO = frozenset({*_HEAD, *_PARTS})
"""Keys of an object that is a portfolio, or means to be one."""
_PEOPLE_LIMIT = 10_000
_WEEK_LIMIT = 520


def portfolio_from_json(root: Node, encoding: str, findings: Findings) -> LoadReport:
    """Read a portfolio from a JSON tree. Raises PortfolioError with the path of the first field that is wrong."""
    parts = {"cards": root} if isinstance(root.value, list) else root.fields()
    exported = _check_format(parts)
    cards = _cards(parts, findings)
    if cards and all(isinstance(card.value, dict) and {"role", "side"} <= card.value.keys() and "title" not in card.value for card in cards):
        raise people_refused(findings.source)
    if exported:
        cards = cards_of_export(cards)
        note_session_left_out(findings)
    field_of = _recognise_keys(cards)
    objectives = [_objective(node, rank) for rank, node in enumerate(_entries(parts, "objectives"), 1)]
    teams = [_team(node) for node in _entries(parts, "teams")]
    for what, entries in (("objective", objectives), ("team", teams)):
        places = [Place(None, node.path) for node in _entries(parts, f"{what}s")]
        refuse_doubles(what, zip([entry.id for entry in entries], places, strict=True), findings.source)
    # A room may give a card an objective that its portfolio does not know.
    named = set() if exported else {objective.id for objective in objectives}
    projects = _projects(cards, field_of, findings, {team.id for team in teams}, named)
    for name in [key for key in parts if key not in (*_PARTS, *_HEAD) and not exported]:
        findings.skipped.append(Notice(None, clean(name, 60), "this part is not known"))
    if not exported:
        tell_unknown_keys(_entries(parts, "participants"), findings)
    return LoadReport(
        portfolio=Portfolio(
            **_head(parts),
            objectives=tuple(sorted(objectives, key=lambda objective: objective.rank))
            or (() if exported else objectives_named(projects, findings)),
            teams=tuple(teams),
            participants=one_decider([participant_of(node) for node in _entries(parts, "participants")], findings),
            projects=tuple(projects),
        ),
        source=findings.source,
        reader=f"JSON, {encoding}",
        rows_read=len(cards),
        recognised=tuple((clean(key, 100), field) for key, field in field_of.items()),
        kept=tuple(_extra_fields(cards, field_of)),
        **findings.notices(),
    )


def _check_format(parts: dict[str, Node]) -> bool:
    """Refuse a file that says it is something else, before a field of it is blamed. Says whether it is an exported session."""
    node = parts.get("format")
    if node is not None and node.value not in (_FORMAT, EXPORTED):
        node.fail(f"{quoted(str(node.value))} is not a format that can be read as a portfolio; {_FORMAT} and {EXPORTED} are")
    return node is not None and node.value == EXPORTED


def _entries(parts: dict[str, Node], name: str) -> list[Node]:
    return parts[name].items() if name in parts else []


def _cards(parts: dict[str, Node], findings: Findings) -> list[Node]:
    """Return the cards, by either of their names."""
    if "cards" in parts and "projects" in parts:
        raise PortfolioError(f"{findings.source}: cards and projects are two names for the same list; keep one of them.")
    cards = _entries(parts, "cards") or _entries(parts, "projects")
    if not cards:
        raise PortfolioError(f"{findings.source}: there are no projects in it; a list named projects is expected, each with a title.")
    limits.refuse_rows(len(cards), findings.source, "cards")
    return cards


def _recognise_keys(cards: list[Node]) -> dict[str, str]:
    """Return which key of the cards is which field: the names of the format as they are, others as columns are recognised."""
    keys = list(dict.fromkeys(key for card in cards for key in card.fields()))
    found = recognise([key for key in keys if key not in CardOfObject.STRUCTURED])
    found = {key: field for key, field in found.items() if field not in CardOfObject.OF_TABLES or (key == field == "deadline_week")}
    found |= {key: key for key in keys if key in CardOfObject.STRUCTURED}
    return {key: found[key] for key in keys if key in found}


def _extra_fields(cards: list[Node], field_of: dict[str, str]) -> dict[str, None]:
    return dict.fromkeys(clean(key, 100) for card in cards for key in card.fields() if key not in field_of)


def _projects(cards: list[Node], field_of: dict[str, str], findings: Findings, teams: set[str], objectives: set[str]) -> list[Project]:
    """Make the cards, in the order in which they first lie on the board."""
    readers = [CardOfObject(card, field_of) for card in cards]
    given = [reader.text("id", ID_LIMIT) for reader in readers]
    refuse_doubles("project", ((name, card.place) for name, card in zip(given, cards, strict=True) if name), findings.source)
    ids = made_ids(given)
    known = set(ids)
    projects = [reader.project(name, teams, objectives, known) for name, reader in zip(ids, readers, strict=True)]
    projects = marked_made(projects, given)
    refuse_cycle(projects, findings.source)
    notice_doubled_titles(list(zip(projects, [card.place for card in cards], strict=True)), findings)
    ranking = read_ranking([reader.text("rank", ID_LIMIT) for reader in readers])
    return [projects[place] for place in ranking.order]


def _head(parts: dict[str, Node]) -> dict[str, Any]:
    """Read what the portfolio is for: its company, its quarter, its session."""
    fields = {name: node for name, node in parts.items() if name in _HEAD}
    if "company" in parts:
        company = parts["company"]
        fields |= {"name": company} if isinstance(company.value, str) else company.fields()
    head: dict[str, Any] = {name: fields[name].text(TITLE_LIMIT) for name in ("name", "quarter", "currency") if name in fields}
    if "about" in fields:
        head["about"] = fields["about"].text(TEXT_LIMIT)
    for name in ("quarter_start", "session_date"):
        if name in fields:
            head[name] = _date(fields[name])
    for name, limit in (("weeks_in_quarter", 53), ("horizon_weeks", _WEEK_LIMIT), ("minutes", 24 * 60)):
        if name in fields:
            head[name] = fields[name].integer(1, limit)
    if (start := head.get("quarter_start")) and (day := date.fromisoformat(start)).weekday():
        fields["quarter_start"].findings.guess(
            fields["quarter_start"].place, f"{start} is a {day:%A}, not a Monday; weeks are counted from it"
        )
    return head


YEARS = range(1970, 2201)
"""Years that are believed; weeks counted from them stay on the calendar."""


def _date(node: Node) -> str:
    """Read a day; empty text is none."""
    text = node.text(ID_LIMIT)
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        node.fail(f"{quoted(text)} is not a date such as 2026-07-06")
    if day and day.year not in YEARS:
        node.fail(f"{quoted(text)} is not a year of this plan: give one from {YEARS[0]} to {YEARS[-1]}")
    return day.isoformat() if day else ""


def _objective(node: Node, rank: int) -> Objective:
    """Read an objective; one without a rank has that of its place."""
    fields = node.fields()
    text = fields["text"].text(TEXT_LIMIT) if "text" in fields else ""
    name = fields["id"].text(ID_LIMIT) if "id" in fields else f"O{rank}"
    if not name or not (text or "id" in fields):
        node.fail("an objective needs an id and a text")
    return Objective(
        id=name,
        rank=fields["rank"].integer(1, 10_000) if "rank" in fields else rank,
        text=text or name,
        owner=fields["owner"].text(TITLE_LIMIT) if "owner" in fields else "",
        new=fields["new"].flag() if "new" in fields else False,
        note=fields["note"].text(TEXT_LIMIT, keep_lines=True) if "note" in fields else "",
    )


def _team(node: Node) -> Team:
    """Read a team: its usual people, and the weeks with more or fewer."""
    fields = node.fields()
    name = fields["name"].text(TITLE_LIMIT) if "name" in fields else ""
    team_id = fields["id"].text(ID_LIMIT) if "id" in fields else clean(name, ID_LIMIT)
    if not team_id:
        node.fail("a team needs an id")
    if "people" not in fields:
        node.fail("people is missing: how many of the team are free for projects")
    weeks = fields["by_week"].fields() if "by_week" in fields else {}
    exceptions = []
    for week, people in weeks.items():
        if not (week.isascii() and week.isdecimal() and 1 <= int(week[:9]) <= _WEEK_LIMIT):
            people.fail(f"{quoted(week)} is not a week; weeks count from 1 at the quarter's start")
        exceptions.append((int(week), people.tenths(_PEOPLE_LIMIT)))
    return Team(
        id=team_id,
        name=name or team_id,
        people=fields["people"].tenths(_PEOPLE_LIMIT),
        key=fields["key"].flag() if "key" in fields else False,
        by_week=tuple(sorted(exceptions)),
    )
