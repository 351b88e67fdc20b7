"""A small picture of the plan, of plain characters: the first cards, week by week.

The titles come last on their lines, so that no width of a character can push a bar aside.
"""

from __future__ import annotations

from sessions.deciding.session_plan import session_plan
from sessions.deciding.words import WORD_NAMES
from sessions.portfolio.models import Portfolio
from sessions.sequencing.plan import Placement
from sessions.sequencing.weeks import short_start
from sessions.state.session import Session
from sessions.summary.markdown_escape import literal
from sessions.wording import day_month

_CARDS = 10
_WORK, _PROPOSED, _IDLE, _ON = "▆▆", "░░", "··", "▸ "
_TITLE = 46
"""Characters of a title: with its bar it fits across a printed page."""
_WIDEST = 26
"""Weeks that have a place beside the titles."""


def plan_picture(session: Session) -> list[str]:
    """Return the first cards of the board over the weeks of the quarter, as a block of code; nothing without a plan."""
    plan = session_plan(session)
    if plan.empty:
        return []
    weeks = min(session.portfolio.weeks_in_quarter, _WIDEST)
    cards = session.order[:_CARDS]
    rows = [_row(session, plan.at(card), weeks) for card in cards]
    legend = ["", f"     {_PROPOSED} not decided"] if any(card not in session.decisions for card in cards) else []
    return ["```text", _axis(session.portfolio, weeks), *rows, *legend, "```"]


def _axis(portfolio: Portfolio, weeks: int) -> str:
    """Return the days of some Mondays above their weeks: every fourth one has room for its name."""
    days = [portfolio.week_date(week) for week in range(1, weeks + 1, 4)]
    names = [day_month(day) if day else f"week {week}" for week, day in zip(range(1, weeks + 1, 4), days, strict=True)]
    return "     " + "".join(name.ljust(8) for name in names).rstrip()


def _row(session: Session, placed: Placement, weeks: int) -> str:
    start, finish = placed.start, placed.finish or 0
    busy = range(start, finish + 1) if start else range(0)
    work = _WORK if placed.card in session.decisions else _PROPOSED
    cells = "".join(work if week in busy else _IDLE for week in range(1, weeks + 1))
    after = _ON if start is not None and finish > weeks else "  "
    title = _cut(literal(session.cards[placed.card].title))
    return f"{placed.rank:>3}  {cells} {after}{title}{_note(session, placed, weeks)}"


def _cut(title: str) -> str:
    """Return a title, cut after a word if it is too long."""
    if len(title) <= _TITLE:
        return title
    return f"{title[: _TITLE - 1].rpartition(' ')[0] or title[: _TITLE - 1]}…"


def _note(session: Session, placed: Placement, weeks: int) -> str:
    """Return why a card has no bar, if it has none."""
    decision = session.decisions.get(placed.card)
    if placed.card in session.delivered:
        return " (delivered)"
    if placed.start is None:
        word = WORD_NAMES[decision.word].lower() if decision else "done" if placed.status == "done" else "no place in the plan"
        return f" ({word})"
    return f" (from {short_start(session.portfolio, placed.start)})" if placed.start > weeks else ""
