"""What became of a team, in words: which people it has instead of which, and from which week on."""

from __future__ import annotations

from sessions.portfolio.models import Team
from sessions.wording import listed, tenths

_CLAUSES = 3
"""How many stretches of weeks are told."""


def team_change(old: Team | None, new: Team, horizon: int) -> str:
    """Return what became of a team, or that it is new, in a clause."""
    if old is None:
        return f"New team {new.name}: {_people(new.people)}"
    name = old.name if old.name == new.name else f"{old.name} is now called {new.name}"
    changes = people_changes(old, new, horizon)
    if old.key != new.key:
        changes.insert(0, "a key team" if new.key else "no longer a key team")
    if changes:
        return f"{name}: {listed(changes)}"
    return name if old.name != new.name else f"{name} was changed"


def people_changes(old: Team, new: Team, horizon: int) -> list[str]:
    """Return in which weeks of the plan a team has other people: 3 people instead of 2 from week 5."""
    before, after = dict(old.by_week), dict(new.by_week)
    if old.people != new.people and (before == after or _alike(old, new)):
        return [f"{_people(new.people)} instead of {tenths(old.people)}"]
    # A run of weeks with the same change is one clause; week 0 and the week after the last end a run.
    found: list[tuple[int, int, int, int]] = []
    for week in range(1, horizon + 1):
        change = before.get(week, old.people), after.get(week, new.people)
        if change[0] == change[1]:
            continue
        if found and found[-1][1:] == (week - 1, *change):
            found[-1] = found[-1][0], week, *change
        else:
            found.append((week, week, *change))
    clauses = [f"{_people(now)} instead of {tenths(was)}{_weeks(first, last, horizon)}" for first, last, was, now in found[:_CLAUSES]]
    return [*clauses, "other weeks"] if len(found) > _CLAUSES else clauses


def _alike(old: Team, new: Team) -> bool:
    """Return whether a team has so many people more or fewer in every week, the exceptions too."""
    by = new.people - old.people
    return dict(new.by_week) == {week: people + by for week, people in old.by_week}


def _people(number: int) -> str:
    return "nobody" if not number else f"{tenths(number)} {'person' if number == 10 else 'people'}"


def _weeks(first: int, last: int, horizon: int) -> str:
    if last == horizon:
        return "" if first == 1 else f" from week {first}"
    return f" in week {first}" if first == last else f" in weeks {first} to {last}"
