"""What changed on a card or in a team, in words. Long texts are only named."""

from __future__ import annotations

from textwrap import shorten

from sessions.portfolio.benefits import benefit_sentence, benefit_words, is_rewritten
from sessions.portfolio.models import Project, Team, Work
from sessions.state.session import Session
from sessions.wording import listed, money_name, people_name, tenths

_NAMES = {
    "it_partner": "IT partner", "work": "effort", "order_taker_version": "earlier wording", "fields": "other fields",
    "rule_by": "rule's date", "rule_owner": "rule's owner",
}  # fmt: skip
_SHOWN = ("title", "sponsor", "it_partner", "objective", "state", "kind", "earliest_week", "deadline_week", "rule_by", "rule_owner")
_WORDING = 160
"""Characters of a wording that a sentence quotes."""
_CLAUSES = 3
"""How many stretches of weeks a sentence names."""


def field_change(session: Session, old: Project, new: Project, name: str) -> str:
    """Return what changed in one field. Long fields are only named: the card itself shows them."""
    label = _NAMES.get(name, name.replace("_", " "))
    before, after = getattr(old, name), getattr(new, name)
    match name:
        case "benefit" if is_rewritten(new) and benefit_words(old.benefit) != benefit_words(new.benefit):
            rank = f" at #{session.rank(old.id)}" if old.id in session.cards else ""
            now = benefit_sentence(new.benefit, session.portfolio.currency_of(new.benefit.currency))
            return f"asked as “{_short(new.order_taker_version)}”{rank} · now “{_short(now)}”"
        case "benefit" if (was := _worth(session, old)) != (now := _worth(session, new)):
            return f"benefit a month {was} → {now}"
        case "needs":
            return f"needs {_titles(session, before)} → {_titles(session, after)}"
        case "must":
            return "a must" if after else "no longer a must"
        case "work":
            return _efforts(session, old, new) or label
    return f"{label} {_word(before)} → {_word(after)}" if name in _SHOWN else label


def _short(text: str) -> str:
    """Return a wording as a sentence can hold it."""
    return shorten(text, _WORDING, placeholder="…")


def _efforts(session: Session, old: Project, new: Project) -> str:
    """Return the teams with another effort or crew: effort of Web 4 → 6 person-weeks."""
    names = {team.id: team.name for team in session.teams}
    before, after = {work.team: work for work in old.work}, {work.team: work for work in new.work}
    parts = []
    for team in {**before, **after}:
        was, now = before.get(team), after.get(team)
        if (was.effort if was else 0) != (now.effort if now else 0):
            parts.append(f"effort of {names.get(team, team)} {_effort(was)} → {_effort(now)} person-weeks")
        elif was and now and was.crew != now.crew:
            parts.append(f"crew of {names.get(team, team)} {_crew(was)} → {_crew(now)}")
    return listed(parts)


def _effort(work: Work | None) -> str:
    return tenths(work.effort) if work else "0"


def _crew(work: Work) -> str:
    return "as usual" if work.crew is None else tenths(work.crew)


def _titles(session: Session, cards: tuple[str, ...]) -> str:
    # No “and” between titles, because titles have their own.
    return ", ".join(session.title_of(card) for card in cards) or "nothing"


def _word(value: object) -> str:
    return "none" if value in (None, "") else str(value).replace("_", " ")


def _worth(session: Session, card: Project) -> str:
    monthly = card.benefit.monthly
    return "none" if monthly is None else money_name(monthly, session.portfolio.currency_of(card.benefit.currency))


def team_change(old: Team | None, new: Team, horizon: int) -> str:
    """Return what changed in a team, or that it is new, as a clause."""
    if old is None:
        return f"New team {new.name}: {people_name(new.people)}"
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
        return [f"{people_name(new.people)} instead of {tenths(old.people)}"]
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
    clauses = [f"{people_name(now)} instead of {tenths(was)}{_weeks(first, last, horizon)}" for first, last, was, now in found[:_CLAUSES]]
    return [*clauses, "other weeks"] if len(found) > _CLAUSES else clauses


def _alike(old: Team, new: Team) -> bool:
    """Return whether the number of people changed alike in every week, the exceptions too."""
    by = new.people - old.people
    return dict(new.by_week) == {week: people + by for week, people in old.by_week}


def _weeks(first: int, last: int, horizon: int) -> str:
    if last == horizon:
        return "" if first == 1 else f" from week {first}"
    return f" in week {first}" if first == last else f" in weeks {first} to {last}"
