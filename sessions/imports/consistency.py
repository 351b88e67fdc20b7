"""What must hold between the parts of a portfolio: ids are unique, what is named exists, nothing waits for itself.

Both readers use it, so that a table and a JSON file are held to the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions.errors import PortfolioError
from sessions.imports.formats.cells import ID_LIMIT
from sessions.imports.formats.report import Findings, Notice, Place
from sessions.imports.planned.needs import cycle_in_words, cycles
from sessions.portfolio.checks import same_title
from sessions.portfolio.models import Objective, Project
from sessions.sanitize import quoted
from sessions.wording import LIST_LIMIT, plural, shortened


def refuse_doubles(what: str, ids: Iterable[tuple[str, Place]], source: str) -> None:
    """Refuse ids that appear twice, with every place they appear."""
    if told := doubles(what, ids):
        raise PortfolioError(f"{source}: {told}.")


def doubles(what: str, ids: Iterable[tuple[str, Place]]) -> str:
    """Return which ids appear twice, with every place they appear; nothing if none does."""
    found = [(name, places) for name, places in _grouped(ids) if len(places) > 1]
    if not found:
        return ""
    told = [f"{quoted(name)} ({_places(places)})" for name, places in found[:LIST_LIMIT]]
    more = f" and {len(found) - LIST_LIMIT} more" if len(found) > LIST_LIMIT else ""
    return f"every {what} needs an id of its own, but these appear more than once: {', '.join(told)}{more}"


def notice_doubled_titles(projects: Sequence[tuple[Project, Place]], findings: Findings) -> None:
    """Note titles that appear more than once. Real portfolios have them, so they are not an error (K-DUP)."""
    titles = [(same_title(project.title), place) for project, place in projects]
    shown = {same_title(project.title): project.title for project, _ in reversed(projects)}
    for title, places in _grouped(titles):
        if len(places) > 1:
            findings.noticed.append(Notice(None, "", f"the title {quoted(shown[title])} appears more than once ({_places(places)})"))


def notice_done(projects: Sequence[Project], findings: Findings) -> None:
    """Note what is done already: no one needs to vote on it."""
    if done := [quoted(project.title) for project in projects if project.state == "done"]:
        are = f"{plural(len(done), 'project')} {'is' if len(done) == 1 else 'are'}"
        findings.noticed.append(Notice(None, "", f"{are} done, as the file says: {shortened(done)}; W withdraws a card"))


def _grouped(named: Iterable[tuple[str, Place]]) -> list[tuple[str, list[Place]]]:
    groups: dict[str, list[Place]] = {}
    for name, place in named:
        groups.setdefault(name, []).append(place)
    return list(groups.items())


def _places(places: Sequence[Place]) -> str:
    """Return `lines 3 and 8`, or the paths."""
    lines = [str(place.line) for place in places if place.line is not None]
    shown = lines or [place.path for place in places]
    return ("lines " if lines else "") + (" and ".join(shown) if len(shown) == 2 else shortened(shown))


def made_ids(given: Sequence[str], prefix: str = "C") -> list[str]:
    """Fill the gaps among ids: `C01`, `C02`... by place, all of one width, passing over what is taken already."""
    taken = set(given)
    width = max(len(str(len(given))), 2)
    made = []
    for number, name in enumerate(given, 1):
        new = name or _free_id(prefix, number, width, taken)
        taken.add(new)
        made.append(new)
    return made


def unique_ids(given: Sequence[str]) -> tuple[list[str], dict[int, int]]:
    """Return the ids with a suffix on every repeated one, `A-2`, and the places of these with the place that has the id first."""
    taken, first, copies = set(given), dict[str, int](), dict[str, int]()
    ids, repeated = list(given), dict[int, int]()
    for place, name in enumerate(given):
        if not name or first.setdefault(name, place) == place:
            continue
        copy = copies.get(name, 1) + 1
        while (new := f"{name[: ID_LIMIT - len(f'-{copy}')]}-{copy}") in taken:
            copy += 1
        copies[name] = copy
        taken.add(new)
        ids[place], repeated[place] = new, first[name]
    return ids, repeated


def marked_made(projects: Sequence[Project], given: Sequence[str]) -> list[Project]:
    """Return the projects, those that were given no id marked as having one that was made up."""
    return [project if name else project.model_copy(update={"made_id": True}) for project, name in zip(projects, given, strict=True)]


def _free_id(prefix: str, number: int, width: int, taken: set[str]) -> str:
    step = len(taken) + 1
    while (name := f"{prefix}{number:0{width}}") in taken:
        number += step
    return name


def objectives_named(projects: Sequence[Project], findings: Findings) -> tuple[Objective, ...]:
    """Make an objective of every name that the cards use, ranked as they first appear, or by their number (`O1`, `O2`)."""
    names = list(dict.fromkeys(project.objective for project in projects if project.objective))
    by_number = bool(names) and all(name[:1].isalpha() and name[1:].isdecimal() for name in names)
    if by_number:
        names.sort(key=lambda name: (name[0], int(name[1:]), name))
    if names:
        how = "by their number" if by_number else "as they first appear"
        findings.guess(Place(None, ""), f"{plural(len(names), 'objective')} taken from the cards, ranked {how}")
    return tuple(Objective(id=name, rank=rank, text=name) for rank, name in enumerate(names, 1))


def refuse_cycle(projects: Sequence[Project], source: str) -> None:
    """Refuse cards that wait for each other, naming the cycle: `P06 -> P07 -> P08 -> P06`."""
    for cycle in cycles(projects):
        raise PortfolioError(f"{source}: these cards wait for each other in a cycle, so none could start: {cycle_in_words(cycle)}.")
