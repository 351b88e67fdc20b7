"""The sentences that say when a card starts and why not sooner (METHOD 5.3): dates for the room, week numbers only if no date is known."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.sequencing.plan import Placement, Plan, Short, TeamPlan
from sessions.sequencing.weeks import deadline_day, end_day, start_day
from sessions.sequencing.workload import IN_FLIGHT
from sessions.wording import listed, tenths

WHAT_TO_ADD = "To see when each card can start: add teams with their people, and to each card the effort it needs of them."
"""The advice for an empty plan."""

CANNOT_START_EARLIER = "The project itself cannot start earlier."

_DECIDED = {"stop": "Stopped.", "not_now": "Not now.", "return": "Sent back.", "hold": "On hold."}


def sentence(plan: Plan, card: str) -> str:
    """Return when a card starts and why not sooner; nothing if the plan is empty."""
    placed = plan.at(card)
    if plan.empty:
        return ""
    if placed.start is None:
        return _not_at_all(plan, placed)
    if placed.start == plan.first_week:
        return "Goes on." if placed.lane == IN_FLIGHT else "Can start now."
    opening = "Interrupted until" if placed.interrupted else "Yes, from"
    return f"{opening} {start_day(plan.workload.portfolio, placed.start)}. {because(plan, card)}"


def because(plan: Plan, card: str) -> str:
    """Return the sentence that says why a card does not start sooner, or at all; nothing for one that can start now."""
    placed = plan.at(card)
    if plan.empty:
        return ""
    match placed.why.kind:
        case "team":
            return _team_clause(plan, placed)
        case "needs":
            return f"It waits for {named_cards(plan, placed.why.cards)} until then."
        case "gate":
            return "It was decided not to start earlier."
        case "earliest":
            return CANNOT_START_EARLIER
        case "free":
            return ""
    return _not_at_all(plan, placed)


def also_short(plan: Plan, card: str) -> str:
    """Return the other teams that are short but are not in the reason's sentence, or nothing."""
    shorts = plan.at(card).why.shorts
    named = _on_the_same(shorts)
    rest = [short for short in shorts if short not in named]
    if not rest:
        return ""
    return f"Also short: {listed([_also(plan, short) for short in rest])}."


def named_card(plan: Plan, card: str) -> str:
    """Return a card with its rank: #3 Northwest price lists and tax; the bare id if it is not in the plan."""
    placed = plan.placements.get(card)
    return f"#{placed.rank} {plan.workload.cards[card].title}" if placed else card


def named_cards(plan: Plan, cards: Sequence[str]) -> str:
    """Return cards with their ranks, as a sentence lists them."""
    return listed([named_card(plan, card) for card in cards])


def team_name(plan: Plan, team: str) -> str:
    """Return a team's name."""
    return next((each.name for each in plan.workload.teams if each.id == team), team)


def _team_clause(plan: Plan, placed: Placement) -> str:
    why = placed.why
    if not why.cards:
        return f"{_the_team([team_name(plan, why.teams[0])])} has too few people until then."
    teams = [team_name(plan, short.team) for short in _on_the_same(why.shorts)]
    verb = "is" if len(teams) == 1 else "are"
    return f"{_the_team(teams)} {verb} on {named_card(plan, why.cards[0])} until then."


def _the_team(names: Sequence[str]) -> str:
    """Return teams as a sentence begins with them: The Web team, The Data and ERP teams."""
    if len(names) > 1:
        return f"The {listed(names)} teams"
    return f"The {names[0]}{'' if names[0].casefold().endswith('team') else ' team'}"


def _on_the_same(shorts: Sequence[Short]) -> list[Short]:
    """Return the short teams of which one sentence is true: those on the very card that the first of them is on."""
    if not shorts:
        return []
    first = shorts[0].cards[:1]
    return [short for short in shorts if short is shorts[0] or (first and first[0] in short.cards)]


def _also(plan: Plan, short: Short) -> str:
    name = team_name(plan, short.team)
    return f"{name} (on {named_card(plan, short.cards[0])})" if short.cards else f"{name} (too few people)"


def _not_at_all(plan: Plan, placed: Placement) -> str:
    why = placed.why
    match why.kind:
        case "no-capacity":
            return _no_capacity(plan, placed)
        case "beyond-horizon":
            # Name the team's size, which may only be assumed.
            names = [f"{team_name(plan, team)} ({_people(plan, team)})" for team in why.teams]
            room = f": {listed(names)} {'has' if len(names) == 1 else 'have'} no room for it before that" if names else ""
            return f"Not within {plan.workload.horizon} weeks{room}."
        case "needs-unplaced":
            return f"Waits for {named_cards(plan, why.cards)}, which {'is' if len(why.cards) == 1 else 'are'} not planned."
        case _:
            if placed.status == "done":
                return "Delivered: it takes no one's time any more." if plan.workload.cards[placed.card].state == "adopt" else "Done."
            return _DECIDED.get(plan.workload.decided.get(placed.card, ""), "")


def _people(plan: Plan, team: str) -> str:
    """Return how many people a team has in its fullest week."""
    index = next(index for index, each in enumerate(plan.workload.teams) if each.id == team)
    most = tenths(max(plan.workload.capacity[index]))
    return f"{most} {'person' if most == '1' else 'people'}"


def _no_capacity(plan: Plan, placed: Placement) -> str:
    """Return the sentence on a team without people, or a crew larger than its team (METHOD 5.8)."""
    workload = plan.workload
    index = next(index for index, team in enumerate(workload.teams) if team.id == placed.why.teams[0])
    name, largest = workload.teams[index].name, max(workload.capacity[index])
    if not largest:
        return f"Not before someone is found for {name}: it has no people."
    crew = next(block.crew for block in workload.blocks_of(placed.card) if block.team == index)
    return f"Not with a crew of {tenths(crew)}: {name} has {tenths(largest)} at most, and {tenths(largest)} would fit."


def gap_note(plan: Plan, card: str) -> str:
    """Return the note on a card below the cut line that starts anyway, or nothing."""
    return "fits in a gap" if plan.fits_in_gap(card) else ""


def pulled_note(plan: Plan, card: str) -> str:
    """Return the card with which a dependency was placed, or nothing."""
    by = plan.at(card).pulled_by
    return f"placed with {named_card(plan, by)}, which needs it" if by else ""


def runs_on_note(plan: Plan, card: str) -> str:
    """Return until when a card that starts in the quarter runs on after it, or nothing."""
    placed = plan.at(card)
    if placed.status != "starts, runs on" or placed.finish is None:
        return ""
    return f"runs on until {end_day(plan.workload.portfolio, placed.finish)}"


def deadline_note(plan: Plan, card: str) -> str:
    """Return the clause on a missed deadline (K-DEADLINE), or nothing."""
    placed, portfolio, dated = plan.at(card), plan.workload.portfolio, plan.workload.cards[card]
    if not placed.late or dated.deadline_week is None:
        return ""
    day = deadline_day(portfolio, dated)
    if dated.deadline_week < 1:
        return f"its deadline, {day}, is before the quarter" if portfolio.quarter_start else "its deadline is before the quarter"
    if placed.finish is None:
        return f"has no place in the plan; its deadline is {day}"
    return f"ends on {end_day(portfolio, placed.finish)}, after its deadline, {day}"


def runs_out_note(plan: Plan, team: TeamPlan) -> str:
    """Return at which rank the quarter's weeks of a team are gone: Data & BI runs out at #10. Nothing if they suffice."""
    if team.runs_out_at is None:
        return ""
    name = next(each.name for each in plan.workload.teams if each.id == team.id)
    return f"{name} runs out at #{team.runs_out_at}" if team.available else f"{name} has no people"


def runs_out_notes(plan: Plan) -> tuple[str, ...]:
    """Return the remarks of all teams that run out, the one that does so first at the front."""
    out = sorted((team.runs_out_at, index) for index, team in enumerate(plan.teams) if team.runs_out_at is not None)
    return tuple(runs_out_note(plan, plan.teams[index]) for _, index in out)
