"""The plan as a table of plain text, for `quarterdeck plan`: every card with its weeks and why, the cut line, and what each team carries."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from sessions.export.plan_rows import person_weeks
from sessions.sanitize import ELLIPSIS, clean
from sessions.sequencing.plan import Plan, TeamPlan
from sessions.sequencing.reasons import WHAT_TO_ADD, deadline_note, gap_note, pulled_note, runs_on_note, sentence, team_name

_WIDEST = 44
"""Cells of the longest title; a longer one is cut."""


def plan_lines(plan: Plan) -> list[str]:
    """Return the lines of the table, or one line of advice for an empty plan."""
    return [WHAT_TO_ADD] if plan.empty else [*_cards(plan), "", *_teams(plan)]


def _cards(plan: Plan) -> list[str]:
    titles = {card: _cut(plan.workload.cards[card].title) for card in plan.order}
    width = max(map(cell_len, [*titles.values(), "Card"]))
    lines = [f"   #  {set_cell_size('Card', width)}  Start  End  Why"]
    for card, placed in plan.placements.items():
        if placed.rank == plan.cut_rank:
            lines.append(f"  ── {clean(plan.workload.portfolio.quarter, 40) or 'the quarter'} ends here ──")
        # A card without effort ends in the week before its start: show no end.
        finish = placed.finish if placed.start and placed.finish and placed.finish >= placed.start else None
        line = f"{placed.rank:>4}  {set_cell_size(titles[card], width)}  {_week(placed.start):>5}  {_week(finish):>3}  {_why(plan, card)}"
        lines.append(line.rstrip())
    return lines


def _why(plan: Plan, card: str) -> str:
    notes = [note(plan, card) for note in (gap_note, pulled_note, runs_on_note, deadline_note)]
    remarks = "; ".join(note for note in notes if note)
    return clean(f"{sentence(plan, card)}{f' ({remarks})' if remarks else ''}", 1000)


def _teams(plan: Plan) -> list[str]:
    names = [_cut(team_name(plan, team.id)) for team in plan.teams]
    width = max(map(cell_len, [*names, "Team"]))
    weeks = f"person-weeks in weeks {plan.first_week} to {plan.workload.last_week}"
    lines = [f"      {set_cell_size('Team', width)}  Asked   Has  Runs out   ({weeks})"]
    for team, name in zip(plan.teams, names, strict=True):
        figures = f"{person_weeks(team.demand):>5}  {person_weeks(team.available):>4}"
        lines.append(f"      {set_cell_size(name, width)}  {figures}  {_runs_out(team)}".rstrip())
    return lines


def _runs_out(team: TeamPlan) -> str:
    if team.runs_out_at is None:
        return ""
    return f"at #{team.runs_out_at}" if team.available else "has no people"


def _week(week: int | None) -> str:
    return "–" if week is None else str(week)


def _cut(text: str) -> str:
    text = clean(text, 200)
    return text if cell_len(text) <= _WIDEST else set_cell_size(text, _WIDEST - 1).rstrip() + ELLIPSIS
