"""A plan as plain data, for scripts and spreadsheets: weeks are whole numbers or nothing, effort is in person-weeks."""

from __future__ import annotations

from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.reasons import sentence


def plan_data(plan: Plan) -> dict[str, object]:
    """Return a plan as `quarterdeck plan --json` prints it. If there is nothing to plan by, weeks, status and what is waited for are None."""
    return {
        "cards": [_card(plan, placed) for placed in plan.placements.values()],
        "cut_rank": plan.cut_rank,
        "teams": [
            {
                "id": team.id,
                "demand": person_weeks(team.demand),
                "capacity": person_weeks(team.available),
                "runs_out_at": team.runs_out_at,
            }
            for team in plan.teams
        ],
    }


def person_weeks(tenths: int) -> int | float:
    """Return tenths as a figure: an integer if possible."""
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def _card(plan: Plan, placed: Placement) -> dict[str, object]:
    title = plan.workload.cards[placed.card].title
    return {"id": placed.card, "rank": placed.rank, "title": title, **card_data(plan, placed)}


def card_data(plan: Plan, placed: Placement) -> dict[str, object]:
    """Return what the plan says about one card, without what the card is."""
    why = placed.why
    if plan.empty:
        return {"start": None, "finish": None, "status": None, "reason": "", "waits_for": None, "pulled_by": None}
    return {
        "start": placed.start,
        "finish": placed.finish,
        "status": placed.status,
        "reason": sentence(plan, placed.card),
        "waits_for": {"kind": why.kind, "teams": list(why.teams), "cards": list(why.cards)},
        "pulled_by": placed.pulled_by,
    }
