"""A field of a card as people read it, to say how it was and how it is."""

from __future__ import annotations

from datetime import timedelta

from sessions.portfolio.benefits import benefit_sentence
from sessions.portfolio.models import Portfolio, Project
from sessions.wording import date_of, listed, long_date, money_name, tenths

FIELD_NAMES = {
    "it_partner": "IT partner", "plan_owner": "owner of the adoption plan", "work": "effort", "rule_by": "rule's date", "deadline_week": "deadline",
}  # fmt: skip
"""Fields that people call by another name."""


def field_words(card: Project, field: str, portfolio: Portfolio) -> str:
    """Return what a field of a card of a portfolio says; empty if it says nothing."""
    currency = portfolio.currency
    match field:
        case "benefit":
            return benefit_sentence(card.benefit, card.benefit.currency or currency)
        case "adoption":
            plan = card.adoption
            reaches = f" reaches {plan.target}" if plan.target else ""
            return f"{plan.measure}{reaches}{f' by {plan.by}' if plan.by else ''}"
        case "plan_owner":
            return card.adoption.plan_owner
        case "budget":
            return money_name(card.budget.amount, card.budget.currency or currency) if card.budget else ""
        case "objective":
            return next((each.text for each in portfolio.objectives if each.id == card.objective), card.objective)
        case "must":
            return "a must" if card.must else ""
        case "needs":
            titles = {each.id: each.title for each in portfolio.projects}
            return ", ".join(titles.get(need, need) for need in card.needs)
        case "work":
            teams = {each.id: each.name for each in portfolio.teams}
            return listed([f"{teams.get(each.team, each.team)} {tenths(each.effort)}" for each in card.work if each.effort])
        case "deadline_week":
            monday = portfolio.week_date(card.deadline_week) if card.deadline_week is not None else None
            day = date_of(card.deadline) or (monday + timedelta(days=4) if monday else None)
            return long_date(day, year=True) if day else "" if card.deadline_week is None else f"week {card.deadline_week}"
    value = getattr(card, field)
    return "" if value is None else str(value)
