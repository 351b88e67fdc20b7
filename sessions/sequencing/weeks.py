"""The weeks of a plan and how they are named (METHOD 5.8)."""

from __future__ import annotations

from datetime import date, timedelta

from sessions.portfolio.models import Portfolio, Project
from sessions.wording import date_of, day_month, long_date, weekday


def first_open_week(portfolio: Portfolio) -> int:
    """Return the first week that can still be planned: 1, or after the quarter began the first Monday on or after the session (METHOD 5.8)."""
    if not portfolio.quarter_start or not portfolio.session_date:
        return 1
    days = (date.fromisoformat(portfolio.session_date) - date.fromisoformat(portfolio.quarter_start)).days
    return -(-days // 7) + 1 if days > 0 else 1


def start_day(portfolio: Portfolio, week: int) -> str:
    """Return a week's first day, as a sentence says it after "from": 17 August; the week itself if the quarter's start is not known."""
    monday = portfolio.week_date(week)
    return _day(portfolio, monday) if monday else f"week {week}"


def on_start_day(portfolio: Portfolio, week: int) -> str:
    """Return when work begins that begins with a week: on Monday 17 August; in week 7 if the quarter's start is not known."""
    monday = portfolio.week_date(week)
    return f"on {weekday(monday)} {_day(portfolio, monday)}" if monday else f"in week {week}"


def end_day(portfolio: Portfolio, week: int) -> str:
    """Return a week's last working day: 21 August; Friday of week 7 if the quarter's start is not known."""
    monday = portfolio.week_date(week)
    return _day(portfolio, monday + timedelta(days=4)) if monday else f"Friday of week {week}"


def deadline_day(portfolio: Portfolio, card: Project) -> str:
    """Return a card's deadline: the date as it was entered, or the last working day of its week; empty if it has none."""
    if day := date_of(card.deadline):
        return _day(portfolio, day)
    return end_day(portfolio, card.deadline_week) if card.deadline_week is not None else ""


def short_start(portfolio: Portfolio, week: int | None) -> str:
    """Return a week's first day for narrow places: 17 Aug; "no place" for none."""
    return _in_short(portfolio, week, 0)


def on_short_start(portfolio: Portfolio, week: int) -> str:
    """Return when work begins, for narrow places: on 17 Aug; in week 7."""
    return f"{'on' if portfolio.quarter_start else 'in'} {short_start(portfolio, week)}"


def short_end(portfolio: Portfolio, week: int | None) -> str:
    """Return a week's last working day for narrow places: 21 Aug."""
    return _in_short(portfolio, week, 4)


def _in_short(portfolio: Portfolio, week: int | None, days: int) -> str:
    if week is None:
        return "no place"
    monday = portfolio.week_date(week)
    return day_month(monday + timedelta(days=days)) if monday else f"week {week}"


def _day(portfolio: Portfolio, day: date) -> str:
    """Return a date with its year if that is not the year in which the quarter begins."""
    return long_date(day, year=f"{day.year}" != portfolio.quarter_start[:4])
