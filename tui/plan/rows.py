"""The rows of the plan screen: teams with their load and the cards on them, or cards with what they wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sessions.portfolio.models import Team
from sessions.sequencing.plan import Placement, Plan, Stretch, TeamPlan
from sessions.sequencing.reasons import (
    also_short,
    deadline_note,
    gap_note,
    named_card,
    pulled_note,
    runs_on_note,
    runs_out_note,
    runs_out_notes,
    sentence,
    team_name,
)
from sessions.wording import day_month, plural, tenths
from tui.themes import Ink
from tui.widgets.calendar.rows import Axis, Cell, Row

_GAUGE = "▁▂▃▄▅▆▇"
_FULL = "█"


class Meant(NamedTuple):
    """What a row is about: a team, a card, or a card's work in a team."""

    team: str = ""
    card: str = ""


class Table(NamedTuple):
    """The rows, and what each is about by its value."""

    rows: list[Row]
    meant: Mapping[str, Meant]


def axis_of(plan: Plan, legend: str = "") -> Axis:
    """Return the weeks of a plan."""
    workload = plan.workload
    monday = workload.portfolio.week_date
    longest = max((len(tenths(people)) for team in plan.teams for people in (*team.load, *team.capacity)), default=1)

    def name(week: int) -> str:
        day = monday(week)
        return day_month(day) if day else ""

    return Axis(workload.horizon, workload.last_week, plan.first_week, name, longest, legend)


def by_team(plan: Plan) -> Table:
    """Return every team with its load by week, and below it the cards that it is on."""
    rows: list[Row] = []
    meant: dict[str, Meant] = {}
    work: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in plan.stretches:
        work[stretch.team].append(stretch)
    for team, planned in zip(plan.workload.teams, plan.teams, strict=True):
        rows += [Row()] if rows else []
        rows.append(_team_row(plan, team, planned))
        meant[rows[-1].value] = Meant(team.id)
        if team.by_week:
            rows.append(_people_row(plan, team, planned))
        for stretch in sorted(work[team.id], key=lambda each: (each.start, plan.at(each.card).rank)):
            rows.append(_stretch_row(plan, team, stretch))
            meant[rows[-1].value] = Meant(team.id, stretch.card)
    return Table(rows, meant)


def by_card(plan: Plan) -> Table:
    """Return every card by rank as one bar, with what it waits for before it; the cut line is among them."""
    rows: list[Row] = []
    for placed in plan.placements.values():
        if placed.rank == plan.cut_rank:
            rows.append(Row(label=f"cut line: #{placed.rank} does not start in this quarter", line=True, ink="differ"))
        rows.append(_card_row(plan, placed))
    return Table(rows, {card: Meant("", card) for card in plan.placements})


def _team_row(plan: Plan, team: Team, planned: TeamPlan) -> Row:
    people = f"{tenths(team.people)} {'person' if team.people == 10 else 'people'}" if team.people or team.by_week else "no people"
    cells = {
        week: _load_cell(load, capacity)
        for week, (load, capacity) in enumerate(zip(planned.load, planned.capacity, strict=True), 1)
        if week >= plan.first_week
    }
    return Row(team.id, team.name, people, cells, bold=True)


def _load_cell(load: int, capacity: int) -> Cell:
    """Return the load of a week as a gauge and a figure; a full week is a whole block, a team without people a dash."""
    if not capacity:
        return Cell("–", "muted")
    if not load:
        return Cell("·", "muted")
    if load >= capacity:
        return Cell(f"{_FULL}{tenths(load)}", "differ", bold=True)
    return Cell(f"{_GAUGE[load * len(_GAUGE) // capacity]}{tenths(load)}")


def _people_row(plan: Plan, team: Team, planned: TeamPlan) -> Row:
    usual = team.people
    weeks = enumerate(planned.capacity, 1)
    cells = {week: Cell(f" {tenths(people)}", "muted" if people == usual else "wait") for week, people in weeks if week >= plan.first_week}
    return Row(label="  people in the week", cells=cells, ink="muted")


def _stretch_row(plan: Plan, team: Team, stretch: Stretch) -> Row:
    placed = plan.at(stretch.card)
    cells = {week: Cell(tenths(load), ink_of(placed), solid=True) for week, load in enumerate(stretch.loads, stretch.start)}
    return Row(f"{team.id}\n{stretch.card}", f"  {named_card(plan, stretch.card)}", cells=cells, week=stretch.start)


def _card_row(plan: Plan, placed: Placement) -> Row:
    card = placed.card
    if placed.start is None:
        return Row(card, named_card(plan, card), before=sentence(plan, card), ink="muted")
    loads: dict[int, int] = defaultdict(int)
    for block in plan.workload.blocks_of(card):
        for week, load in enumerate(block.loads, placed.start):
            loads[week] += load
    cells = {week: Cell(tenths(load), ink_of(placed), solid=True) for week, load in loads.items()}
    if not cells:
        return Row(card, named_card(plan, card), before=f"{sentence(plan, card)} It needs no team.")
    after = deadline_note(plan, card) or gap_note(plan, card)
    return Row(card, named_card(plan, card), cells=cells, before=waits_for(plan, placed), after=after, week=placed.start)


def waits_for(plan: Plan, placed: Placement) -> str:
    """Return in a few words what a card waits for: Data & BI, ERP on #8. Nothing for one that starts immediately."""
    why = placed.why
    match why.kind:
        case "team" if why.cards:
            on = plan.at(why.cards[0])
            teams = [team_name(plan, short.team) for short in why.shorts if on.card in short.cards] or [team_name(plan, why.teams[0])]
            return f"{', '.join(teams)} on #{on.rank}"
        case "team":
            return f"too few people in {team_name(plan, why.teams[0])}"
        case "needs":
            return f"needs {', '.join(f'#{plan.at(card).rank}' for card in why.cards)}"
        case "gate":
            return "decided not to start earlier"
        case "earliest":
            return "cannot start earlier"
    return ""


def ink_of(placed: Placement) -> Ink:
    """Return the colour of a card's bar: green starts in the quarter, amber later; red misses its deadline."""
    if placed.late:
        return "differ"
    return "start" if placed.status in ("starts", "starts, runs on") else "wait"


def headline(plan: Plan) -> str:
    """Sum up the plan: how many cards start, and which teams run out."""
    status = [placed.status for placed in plan.placements.values()]
    starts = sum(each in ("starts", "starts, runs on") for each in status)
    parts = [f"{plural(starts, 'card')} of {len(status)} {'starts' if starts == 1 else 'start'} in the quarter", *runs_out_notes(plan)]
    return " · ".join(parts)


def about(plan: Plan, meant: Meant) -> str:
    """Return more about the selected row: why a card starts when it does, or the load of a team."""
    if meant.card and meant.card in plan.placements:
        placed, card = plan.at(meant.card), meant.card
        weeks = f"Weeks {placed.start} to {placed.finish}." if placed.start and placed.finish and placed.finish >= placed.start else ""
        notes = [note for note in (pulled_note(plan, card), runs_on_note(plan, card), deadline_note(plan, card), gap_note(plan, card)) if note]
        remark = f"{' · '.join(notes)}." if notes else ""
        return " ".join(part for part in (f"{named_card(plan, card)}:", sentence(plan, card), also_short(plan, card), weeks, remark) if part)
    return _about_team(plan, meant.team) if meant.team else ""


def _about_team(plan: Plan, team: str) -> str:
    planned = next((each for each in plan.teams if each.id == team), None)
    if planned is None:
        return ""
    name = next(each.name for each in plan.workload.teams if each.id == team)
    asked = f"{name}: the cards ask for {tenths(planned.demand)} person-weeks; the quarter has {tenths(planned.available)}."
    note = runs_out_note(plan, planned)
    return f"{asked} {note}." if note else asked
