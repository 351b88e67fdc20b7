"""What can be tried on a plan: a move, people, a dropped or split card, another crew (METHOD 5.6). None of it touches the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sessions.portfolio.models import Benefit, Portfolio, Project, Team, Work
from sessions.portfolio.order import order_after_move
from sessions.sequencing.plan import Plan
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import Workload, prepare
from sessions.wording import free_id


@dataclass(frozen=True, slots=True)
class Move:
    """A card goes to a rank, counted from 1."""

    card: str
    to: int


@dataclass(frozen=True, slots=True)
class Reorder:
    """All cards get a new order."""

    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """A team has more or fewer people, in tenths: in every week, or from a week to a week. It never goes below zero."""

    team: str
    by: int
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """A card is not done, and so takes no one's time."""

    card: str


@dataclass(frozen=True, slots=True)
class Split:
    """The part of a card for one team becomes a card of its own, just below it, that needs the rest. An empty id or title is made up."""

    card: str
    team: str
    new_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Crew:
    """A card is done by this many people of a team together, in tenths."""

    card: str
    team: str
    crew: int


Change = Move | Reorder | People | Drop | Split | Crew


@dataclass(frozen=True)
class _Board:
    """What a plan is made of, while changes are applied."""

    portfolio: Portfolio
    cards: Mapping[str, Project]
    order: tuple[str, ...]
    decided: Mapping[str, str]


def plan_after(plan: Plan, *changes: Change) -> Plan:
    """Return the plan as it would be after some changes, one after the other."""
    workload = plan.workload
    board = before = _Board(workload.portfolio, workload.cards, plan.order, workload.decided)
    for change in changes:
        board = _after(board, change)
    return schedule(_prepared(workload, before, board), board.order)


def _prepared(workload: Workload, before: _Board, board: _Board) -> Workload:
    """Return the workload of a board, the same one if only the order changed."""
    if replace(before, order=board.order) == board:
        return workload
    return prepare(board.portfolio, board.cards, decided=board.decided, gates=workload.gates)


def _after(board: _Board, change: Change) -> _Board:
    match change:
        case Move():
            return replace(board, order=order_after_move(board.order, change.card, change.to))
        case Reorder():
            return replace(board, order=change.order)
        case People():
            teams = tuple(team_after(team, change, board.portfolio.horizon_weeks) for team in board.portfolio.teams)
            return replace(board, portfolio=board.portfolio.model_copy(update={"teams": teams}))
        case Drop():
            return replace(board, decided={**board.decided, change.card: "stop"})
        case Crew():
            card = with_crew(board.cards[change.card], change)
            return replace(board, cards={**board.cards, card.id: card})
        case Split():
            first, second = parts(board.cards[change.card], change, tuple(board.cards), board.portfolio.teams)
            place = board.order.index(first.id) + 1
            order = (*board.order[:place], second.id, *board.order[place:])
            return replace(board, cards={**board.cards, first.id: first, second.id: second}, order=order)


def team_after(team: Team, change: People, horizon: int) -> Team:
    """Return a team with more or fewer people; one that the change is not about as it is."""
    if team.id != change.team:
        return team
    if change.first is None and change.last is None:
        by_week = tuple((week, max(0, people + change.by)) for week, people in team.by_week)
        return team.model_copy(update={"people": max(0, team.people + change.by), "by_week": by_week})
    weeks = dict(team.by_week)
    last = horizon if change.last is None else change.last
    for week in range(change.first or 1, last + 1):
        weeks[week] = max(0, weeks.get(week, team.people) + change.by)
    return team.model_copy(update={"by_week": tuple(sorted(weeks.items()))})


def with_crew(card: Project, change: Crew) -> Project:
    """Return a card with another crew in one team."""
    work = tuple(each.model_copy(update={"crew": change.crew}) if each.team == change.team else each for each in card.work)
    return card.model_copy(update={"work": work})


def parts(card: Project, split: Split, ids: Sequence[str], teams: Sequence[Team] = ()) -> tuple[Project, Project]:
    """Return the two cards that a split makes. The benefit stays with the first; the second needs it and has no rank of last quarter."""
    of_team = tuple(work for work in card.work if work.team == split.team)
    rest = tuple(work for work in card.work if work.team != split.team)
    name = next((team.name for team in teams if team.id == split.team), split.team)
    second = card.model_copy(
        update={
            "id": split.new_id or free_id(card.id, {card.id, *ids}),
            "title": split.title or f"{card.title}: {name} part",
            "work": of_team,
            "needs": (card.id,),
            "parent": card.id,
            "made_id": True,
            "benefit": Benefit(),
            "previous_rank": None,
            "state": "new",
        }
    )
    return card.model_copy(update={"work": rest}), second


def works_of(card: Project) -> tuple[Work, ...]:
    """Return the work of a card that asks anything of a team."""
    return tuple(work for work in card.work if work.effort > 0)
