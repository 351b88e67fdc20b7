"""Make one portfolio of several files: each card says from which it is, and one id in two of them becomes two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sessions.errors import PortfolioError
from sessions.imports.columns import said_of
from sessions.imports.consistency import made_ids, unique_ids
from sessions.imports.formats.csv_table import free_name
from sessions.imports.formats.limits import refuse_rows
from sessions.imports.formats.report import Findings, LoadReport, Notice, Place
from sessions.imports.planned.needs import Names, told_unknown, without_cycles
from sessions.imports.portfolio import NOTHING_SAID, Said, load_portfolio
from sessions.portfolio.checks import same_title
from sessions.portfolio.models import Objective, Portfolio, Project, Team
from sessions.sanitize import quoted
from sessions.wording import listed, plural, shortened, tenths

_FILE = "File"
"""The named field of a card that says from which file it is."""


def load_portfolios(paths: Sequence[Path], said: Said = NOTHING_SAID) -> LoadReport:
    """Read one portfolio from one or more files; what is `said` of a column or a sheet is about the files that have it.

    Raises PortfolioError as `load_portfolio` does, and if none has it.
    """
    of_each = said_of_one(said, len(paths))
    reports = [load_portfolio(path, *of_each) for path in paths]
    if len(reports) > 1:
        headers = [use.column for report in reports for use in report.columns]
        missing = [quoted(column) for column in said.columns if not said_of(headers, {column: said.columns[column]})]
        sheets = [sheet for report in reports for sheet in report.found.sheets]
        if missing or (said.how.sheet and said.how.sheet not in sheets):
            what = f"column is called {missing[0]}" if missing else f"sheet is called {quoted(said.how.sheet)}"
            raise PortfolioError(f"{listed([report.source for report in reports])}: no {what}.")
    return joined(reports)


def said_of_one(said: Said, files: int) -> Said:
    """Return what people said about the file, or about the files, for each of them."""
    return said._replace(how=said.how._replace(several=files > 1))


def joined(reports: Sequence[LoadReport]) -> LoadReport:
    """Return the portfolios of several files as one, in the order of the files. One stays as it is. Raises PortfolioError: too many cards."""
    if len(reports) == 1:
        return reports[0]
    sources = _told_apart([report.source for report in reports])
    findings = Findings(listed(sources))
    projects, reports = _with_needs(_projects(reports, sources, findings), reports, findings)
    portfolios = [report.portfolio for report in reports]
    first = next((each for each in portfolios if each.quarter), portfolios[0])
    currencies = {each.currency for each in portfolios}
    portfolio = first.model_copy(
        update={
            "currency": currencies.pop() if len(currencies) == 1 else "",
            "objectives": _objectives(portfolios),
            "teams": _teams(portfolios, findings),
            "participants": next((each.participants for each in portfolios if each.participants), ()),
            "projects": _with_currencies(projects, reports, alike=not currencies),
        }
    )
    return LoadReport(
        portfolio=portfolio,
        source=findings.source,
        reader=plural(len(reports), "file"),
        rows_read=sum(report.rows_read for report in reports),
        **findings.notices(),
        parts=tuple(reports),
    )


def _told_apart(sources: Sequence[str]) -> list[str]:
    """Return the names of the files; two of one name have a number."""
    names: list[str] = []
    for source in sources:
        names.append(free_name(source, names))
    return names


def _projects(reports: Sequence[LoadReport], sources: Sequence[str], findings: Findings) -> list[Project]:
    """Return the cards of all files, each with an id of its own and the file that it is from."""
    cards = [(place, card) for place, report in enumerate(reports) for card in report.portfolio.projects]
    refuse_rows(len(cards), findings.source, "cards")
    # An id that was made up in one file says nothing in the others.
    unique, repeated = unique_ids(["" if card.made_id else card.id for _, card in cards])
    ids = made_ids(unique)
    for number, first in repeated.items():
        text = f"{quoted(cards[number][1].id)} is an id of {sources[cards[first][0]]} too; this card becomes {ids[number]}"
        findings.guess(Place(None, sources[cards[number][0]]), text)
    new = {(place, card.id): name for (place, card), name in zip(cards, ids, strict=True)}
    field = free_name(_FILE, {name for _, card in cards for name, _ in card.fields})
    _notice_titles(cards, sources, findings)
    return [
        card.model_copy(
            update={
                "id": name,
                "made_id": card.made_id or number in repeated,
                "needs": tuple(new[place, need] for need in card.needs),
                "parent": new.get((place, card.parent), card.parent),
                "fields": (*card.fields, (field, sources[place])),
            }
        )
        for number, ((place, card), name) in enumerate(zip(cards, ids, strict=True))
    ]


def _with_needs(projects: Sequence[Project], reports: Sequence[LoadReport], findings: Findings) -> tuple[list[Project], list[LoadReport]]:
    """Return the cards with what they need of other files, and the reports without saying that it is not there."""
    given = [card.id for report in reports for card in report.portfolio.projects]
    names = Names([card.id for card in projects], given, [card.title for card in projects])
    cards, told, rest = list[Project](), list[LoadReport](), iter(projects)
    for report in reports:
        ids, titles = [card.id for card in report.portfolio.projects], [card.title for card in report.portfolio.projects]
        own = Names(ids, ids, titles)
        column = next((column for column, field in report.recognised if field == "needs"), "")
        answered: set[tuple[str, str]] = set()
        for _, card in zip(report.portfolio.projects, rest, strict=False):
            unknown = own.needed(dict(card.fields).get(column, "")).unknown
            found = [names.needed(name).ids for name in unknown]
            needs = dict.fromkeys((*card.needs, *(need for known in found for need in known if need != card.id)))
            changes: dict[str, object] = {"needs": tuple(needs)}
            if unknown and all(found):
                changes["fields"] = tuple((name, text) for name, text in card.fields if name != column)
                answered.add((column, f"{told_unknown(unknown)}; kept as a named field"))
            cards.append(card.model_copy(update=changes) if unknown else card)
        guessed = tuple(notice for notice in report.guessed if (notice.path, notice.text) not in answered)
        told.append(replace(report, guessed=guessed))
    places = {card.id: Place(None, card.title) for card in cards}
    return without_cycles(cards, places, findings), told


def _notice_titles(cards: Sequence[tuple[int, Project]], sources: Sequence[str], findings: Findings) -> None:
    """Note titles that are in more than one file."""
    files: dict[str, dict[int, str]] = {}
    for place, card in cards:
        files.setdefault(same_title(card.title), {}).setdefault(place, card.title)
    for titles in files.values():
        if len(titles) > 1:
            where = shortened([sources[place] for place in titles])
            findings.noticed.append(Notice(None, "", f"the title {quoted(next(iter(titles.values())))} is in more than one file ({where})"))


def _with_currencies(projects: Sequence[Project], reports: Sequence[LoadReport], *, alike: bool) -> tuple[Project, ...]:
    """Return the cards, with the currency of their file beside their amounts if the files have different ones."""
    if alike:
        return tuple(projects)
    currencies = [report.portfolio.currency for report in reports for _ in report.portfolio.projects]
    result = []
    for card, currency in zip(projects, currencies, strict=True):
        budget, benefit = card.budget, card.benefit
        if budget and not budget.currency:
            budget = budget.model_copy(update={"currency": currency})
        if benefit.monthly is not None and not benefit.currency:
            benefit = benefit.model_copy(update={"currency": currency})
        result.append(card.model_copy(update={"budget": budget, "benefit": benefit}))
    return tuple(result)


def _objectives(portfolios: Sequence[Portfolio]) -> tuple[Objective, ...]:
    """Return the objectives of all files, ranked as they are there, the first file's before the others' of that rank."""
    found: dict[str, Objective] = {}
    for portfolio in portfolios:
        for objective in portfolio.objectives:
            found.setdefault(objective.id, objective)
    ranked = sorted(found.values(), key=lambda objective: objective.rank)
    return tuple(objective.model_copy(update={"rank": rank}) for rank, objective in enumerate(ranked, 1))


def _teams(portfolios: Sequence[Portfolio], findings: Findings) -> tuple[Team, ...]:
    """Return the teams of all files; one that is larger in another file is taken from there."""
    found: dict[str, Team] = {}
    for portfolio in portfolios:
        for team in portfolio.teams:
            here = found.setdefault(team.id, team)
            if here.people != team.people:
                larger = max(here, team, key=lambda each: each.people)
                found[team.id] = larger
                findings.guess(Place(None, ""), f"the team {quoted(team.name)} differs between the files; it has {tenths(larger.people)} people")
    return tuple(found.values())
