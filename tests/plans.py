"""What the tests of sequencing plan: the sample as it was first ranked, as it was decided in the end, and small boards written as text.

Imported as `plans`, as `support` is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from larkfield import meeting
from support import FIXTURES, sample

from sessions.deciding.session_plan import session_plan
from sessions.portfolio.models import Benefit, Portfolio, Project, Team, Work
from sessions.sequencing.plan import Placement, Plan
from sessions.sequencing.schedule import schedule
from sessions.sequencing.workload import prepare


def expected() -> dict[str, Any]:
    """Return the outputs of the reference implementation."""
    data: dict[str, Any] = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))
    return data


def ranked_sample() -> Portfolio:
    """Return the sample in the order of the first ballot."""
    portfolio = sample()
    cards = {card.id: card for card in portfolio.projects}
    return portfolio.model_copy(update={"projects": tuple(cards[each] for each in expected()["points_r1"]["sides"]["order"])})


def plan_of(portfolio: Portfolio, order: Sequence[str], **decided: Any) -> Plan:
    """Plan the cards of a portfolio in an order; `decided` and `gates` as `prepare` takes them."""
    return schedule(prepare(portfolio, {card.id: card for card in portfolio.projects}, **decided), order)


def first_plan(portfolio: Portfolio | None = None) -> Plan:
    """Plan the sample, or another portfolio with its cards, in the order of the first ballot."""
    portfolio = portfolio or sample()
    return plan_of(portfolio, expected()["points_r1"]["sides"]["order"])


def final_plan() -> Plan:
    """Plan the sample as the meeting left it: P01 split, the final order, the decisions."""
    return session_plan(meeting(close=False).session)


def as_expected(plan: Plan) -> dict[str, dict[str, Any]]:
    """Return the planned cards as the reference writes them."""
    return {card: _reference(placed) for card, placed in plan.placements.items() if placed.status not in ("out", "done")}


def _reference(placed: Placement) -> dict[str, Any]:
    why = placed.why
    written: dict[str, list[Any]] = {
        "free": ["free", None],
        "team": ["team", [*why.teams], [*why.cards]],
        "needs": ["needs", *why.cards],
        "no-capacity": ["no-capacity", *why.teams],
    }
    found: dict[str, Any] = {"start": placed.start, "finish": placed.finish, "why": written.get(why.kind, [why.kind])}
    return found | {"bound": placed.bound, "pulled": placed.pulled_by} if placed.start else found


def team(name: str, people: int, **weeks: int) -> Team:
    """Make a team whose id is its name; `w5=0` says that it has no one in week 5. Tenths."""
    return Team(id=name, name=name.title(), people=people, by_week=tuple((int(week[1:]), count) for week, count in weeks.items()))


def card(name: str, work: str = "", **fields: Any) -> Project:
    """Make a card from its work in tenths: `DATA 40@20, WEB 20` is 4 person-weeks of Data by 2 people and 2 of Web by the default crew."""
    works = []
    for part in work.split(",") if work else ():
        ident, _, figures = part.strip().partition(" ")
        effort, _, crew = figures.partition("@")
        works.append(Work(team=ident, effort=int(effort), crew=int(crew) if crew else None))
    monthly = fields.pop("monthly", None)
    return Project(id=name, title=f"Card {name}", work=tuple(works), benefit=Benefit(monthly=monthly), **fields)


def board(*parts: Team | Project, decided: Mapping[str, str] | None = None, gates: Mapping[str, int] | None = None, **fields: Any) -> Plan:
    """Plan cards in the order in which they are given, with these teams."""
    teams = tuple(each for each in parts if isinstance(each, Team))
    cards = tuple(each for each in parts if isinstance(each, Project))
    return plan_of(Portfolio(teams=teams, projects=cards, **fields), [each.id for each in cards], decided=decided, gates=gates)


def mini() -> Plan:
    """Plan the worked example of METHOD 5.4."""
    return board(
        team("DATA", 20),
        team("WEB", 10, w5=0),
        team("MOB", 0),
        card("A", "DATA 50@20", state="in_flight"),
        card("B", "DATA 40@20, WEB 20@10"),
        card("C", "WEB 30@10", needs=("D",)),
        card("D", "DATA 10@10"),
        card("E", "MOB 20@10"),
        card("F", needs=("B",)),
        card("G", "WEB 25@10", earliest_week=3),
        gates={"G": 6},
    )


def weeks(plan: Plan) -> dict[str, tuple[int | None, int | None]]:
    """Return the start and finish of every card."""
    return {card: (placed.start, placed.finish) for card, placed in plan.placements.items()}
