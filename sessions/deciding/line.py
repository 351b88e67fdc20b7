"""The line that the room draws without capacity data: above it Start, below it Not now (METHOD 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sessions.record.choices import DecisionWord
from sessions.state.session import Session
from sessions.wording import money_sum, plural

if TYPE_CHECKING:
    from sessions.record.events import Line

TAKES_NO_MONEY: frozenset[DecisionWord] = frozenset({"hold", "not_now", "return", "stop", "done", "accept_below_target"})
"""Words of cards that an amount passes over: what does not start, and what is finished."""


class Above(NamedTuple):
    """What is above a line: how many projects, their budgets each with its currency, and how many of them name none."""

    projects: int
    budgets: tuple[tuple[int, str], ...]
    without_budget: int


def has_capacity_data(session: Session) -> bool:
    """Return whether there is something to plan by: any card with effort of a known team. Then the plan draws the line."""
    teams = {team.id for team in session.teams}
    return bool(teams) and any(work.effort > 0 and work.team in teams for card in session.cards.values() for work in card.work)


def needs_line(session: Session) -> bool:
    """Return whether nothing says what can start: neither a plan nor the room's line."""
    return session.line is None and not has_capacity_data(session)


def above_line(session: Session, line: Line) -> Above:
    """Return what is above a line in the order of the board. An amount ends at the last card that it pays."""
    projects = spent = without = 0
    budgets: list[tuple[int, str]] = []
    for rank, card in enumerate(session.order, 1):
        paid = not session.over(card, TAKES_NO_MONEY)
        asked = session.cards[card].budget if paid else None
        amount = asked.amount if asked else 0
        if projects == line.projects or (line.amount is not None and spent + amount > line.amount):
            break
        projects = rank if paid or line.projects is not None else projects
        spent, without = spent + amount, without + (paid and asked is None)
        if asked:
            budgets.append((amount, asked.currency or session.portfolio.currency))
    return Above(projects, tuple(budgets), without)


def line_rank(session: Session) -> int | None:
    """Return the rank of the last card above the room's line, 0 if all are below it, None without a line or with a plan instead."""
    if session.line is None or has_capacity_data(session):
        return None
    if session.line.projects is not None:
        return min(session.line.projects, len(session.order))
    return above_line(session, session.line).projects


def currencies_of_budgets(session: Session) -> frozenset[str]:
    """Return the currencies in which the cards ask for money; none if no card does."""
    budgets = (card.budget for card in session.cards.values() if card.budget)
    return frozenset(each.currency or session.portfolio.currency for each in budgets)


def currency_of_budgets(session: Session) -> str:
    """Return the one currency of all budgets, or that of the portfolio."""
    found = currencies_of_budgets(session)
    return next(iter(found)) if len(found) == 1 else session.portfolio.currency


def line_words(session: Session, line: Line) -> str:
    """Return what a line means on the board as it is: 7 projects, $11,600,000."""
    above = above_line(session, line)
    words = plural(above.projects, "project")
    if budget := money_sum(above.budgets):
        words += f", {budget}"
        words += f" ({above.without_budget} without a budget)" if above.without_budget else ""
    return words


def drawn_words(session: Session) -> str:
    """Return what the line is now: Start above the line: 7 projects."""
    return f"Start above the line: {line_words(session, session.line)}" if session.line else "There is no line any more"
