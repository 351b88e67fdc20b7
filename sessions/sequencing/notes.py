"""Short remarks beside a card and beside the cut line (METHOD 5.2, 5.5)."""

from __future__ import annotations

from sessions.sequencing.plan import Plan, TeamPlan
from sessions.sequencing.reasons import named_card


def gap_note(plan: Plan, card: str) -> str:
    """Return that a card below the cut line starts all the same, or nothing."""
    return "fits in a gap" if plan.fits_in_gap(card) else ""


def pulled_note(plan: Plan, card: str) -> str:
    """Return with which card a needed one was placed, or nothing."""
    by = plan.at(card).pulled_by
    return f"placed with {named_card(plan, by)}, which needs it" if by else ""


def runs_on_note(plan: Plan, card: str) -> str:
    """Return until when a card that starts in the quarter runs on after it, or nothing."""
    placed = plan.at(card)
    return f"runs on until the end of week {placed.finish}" if placed.status == "starts, runs on" else ""


def deadline_note(plan: Plan, card: str) -> str:
    """Return that a card misses its deadline (K-DEADLINE), or nothing."""
    placed, deadline = plan.at(card), plan.workload.cards[card].deadline_week
    if not placed.late or deadline is None:
        return ""
    ends = "has no place in the plan" if placed.finish is None else f"ends in week {placed.finish}"
    return f"{ends}, its deadline is week {deadline}"


def runs_out_note(plan: Plan, team: TeamPlan) -> str:
    """Return at which rank the quarter's weeks of a team are gone: Data & BI runs out at #10. Nothing where they suffice."""
    if team.runs_out_at is None:
        return ""
    name = next(each.name for each in plan.workload.teams if each.id == team.id)
    return f"{name} runs out at #{team.runs_out_at}" if team.available else f"{name} has no people"


def runs_out_notes(plan: Plan) -> tuple[str, ...]:
    """Return the remarks of all teams that run out, the one that does so first at the front."""
    out = sorted((team.runs_out_at, index) for index, team in enumerate(plan.teams) if team.runs_out_at is not None)
    return tuple(runs_out_note(plan, plan.teams[index]) for _, index in out)
