"""What became of a card's fields, in words: title and sponsor, benefit, effort by team, needs, weeks. Long texts are only named."""

from __future__ import annotations

from sessions.portfolio.models import Project, Work
from sessions.state.session import Session
from sessions.wording import listed, money_name, tenths

_NAMES = {"it_partner": "IT partner", "work": "effort", "order_taker_version": "earlier wording", "fields": "other fields"}
_SHOWN = ("title", "sponsor", "it_partner", "objective", "state", "kind", "earliest_week", "deadline_week")


def field_change(session: Session, old: Project, new: Project, name: str) -> str:
    """Return what became of one field. Long fields are only named: the card itself shows them."""
    label = _NAMES.get(name, name.replace("_", " "))
    before, after = getattr(old, name), getattr(new, name)
    match name:
        case "benefit" if old.benefit.monthly != new.benefit.monthly:
            return f"benefit a month {_amount(session, old.benefit.monthly)} → {_amount(session, new.benefit.monthly)}"
        case "needs":
            return f"needs {_titles(session, before)} → {_titles(session, after)}"
        case "must":
            return "a must" if after else "no longer a must"
        case "work":
            return _efforts(session, old, new) or label
    return f"{label} {_word(before)} → {_word(after)}" if name in _SHOWN else label


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
    # Titles hold an “and” themselves, so none stands between them.
    return ", ".join(session.title_of(card) for card in cards) or "nothing"


def _word(value: object) -> str:
    return "none" if value in (None, "") else str(value).replace("_", " ")


def _amount(session: Session, amount: int | None) -> str:
    return "none" if amount is None else money_name(amount, session.portfolio.currency)
