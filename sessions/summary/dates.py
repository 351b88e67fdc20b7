"""Weeks of the plan as days: a reader of the page has no week numbers at hand."""

from __future__ import annotations

from datetime import timedelta

from sessions.portfolio.models import Portfolio
from sessions.wording import day_month

_FRIDAY = timedelta(days=4)


def monday(portfolio: Portfolio, week: int) -> str:
    """Return the first day of a week: 17 Aug; or its number, if the portfolio does not say when the quarter begins."""
    day = portfolio.week_date(week)
    return day_month(day) if day else f"week {week}"


def friday(portfolio: Portfolio, week: int) -> str:
    """Return the last working day of a week: 21 Aug; or its number."""
    day = portfolio.week_date(week)
    return day_month(day + _FRIDAY) if day else f"week {week}"


def on(portfolio: Portfolio, week: int) -> str:
    """Return when something starts, as a sentence says it: on 17 Aug; in week 7."""
    return f"{'on' if portfolio.quarter_start else 'in'} {monday(portfolio, week)}"
