"""The weeks of a plan and how they are named (METHOD 5.8)."""

from __future__ import annotations

from datetime import date

from sessions.portfolio.models import Portfolio
from sessions.wording import day_month


def first_open_week(portfolio: Portfolio) -> int:
    """Return the first week that can still be planned: 1, or after the quarter began the first Monday on or after the session (METHOD 5.8)."""
    if not portfolio.quarter_start or not portfolio.session_date:
        return 1
    days = (date.fromisoformat(portfolio.session_date) - date.fromisoformat(portfolio.quarter_start)).days
    return -(-days // 7) + 1 if days > 0 else 1


def week_name(portfolio: Portfolio, week: int) -> str:
    """Return a week, with its Monday if the quarter's start is known: week 7 (17 Aug)."""
    monday = portfolio.week_date(week)
    return f"week {week} ({day_month(monday)})" if monday else f"week {week}"
