"""The plan of a session: its cards, teams and decisions, scheduled in its order (METHOD 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sessions.portfolio.models import Portfolio, Project, Team
from sessions.sequencing.cycles import find_cycle
from sessions.sequencing.plan import Plan
from sessions.sequencing.schedule import schedule
from sessions.sequencing.weeks import first_open_week
from sessions.sequencing.workload import Workload, prepare
from sessions.state.session import Session

if TYPE_CHECKING:
    from sessions.record.agreed import Decision
    from sessions.record.past import Delivered


def session_plan(session: Session, order: Sequence[str] | None = None) -> Plan:
    """Return the plan of a session as it is now, or with its cards in another order."""
    return schedule(session_workload(session), session.order if order is None else order)


def plan_if_decided(session: Session, words: Mapping[str, str]) -> Plan:
    """Return the plan as it would be if these cards had these decision words, or none, and no week had been decided for them."""
    decided = {card: str(decision.word) for card, decision in session.decisions.items()} | dict(words)
    others = {card: decision for card, decision in session.decisions.items() if card not in words}
    return schedule(_workload(session, decided, _gates(others)), session.order)


def session_workload(session: Session) -> Workload:
    """Return the cards and teams of a session, made ready for planning."""
    return _workload(session, {card: decision.word for card, decision in session.decisions.items()}, _gates(session.decisions))


def first_week(session: Session) -> int:
    """Return the first week that can still be planned."""
    return first_open_week(_portfolio(session))


class _Inputs(NamedTuple):
    """What a plan is made of."""

    portfolio: Portfolio
    cards: Mapping[str, Project]
    teams: tuple[Team, ...]
    decisions: Mapping[str, Decision]
    delivered: Mapping[str, Delivered]


class PlanCache:
    """The latest plan of a session, because several screens ask for it after one change."""

    def __init__(self) -> None:
        self._latest: tuple[_Inputs, Plan] | None = None

    def plan(self, session: Session, order: Sequence[str] | None = None) -> Plan:
        """Return the plan of a session, or of another order of its cards; make it if it is not the latest one."""
        order = session.order if order is None else tuple(order)
        return self.known(session, order) or self.add(session, self.make(session, order))

    def known(self, session: Session, order: Sequence[str] | None = None) -> Plan | None:
        """Return the plan if it is the latest one, else None: for a caller that must not wait."""
        order = session.order if order is None else order
        if self.known_workload(session) is None or self._latest is None or self._latest[1].order != order:
            return None
        return self._latest[1]

    def make(self, session: Session, order: Sequence[str]) -> Plan:
        """Return a new plan without keeping it, so that a thread may make it."""
        return schedule(self.known_workload(session) or session_workload(session), order)

    def add(self, session: Session, plan: Plan) -> Plan:
        """Keep a plan that was made of a session, and return it."""
        self._latest = _inputs(session), plan
        return plan

    def known_workload(self, session: Session) -> Workload | None:
        """Return the workload of the latest plan if only the order has changed since. Versions of a session share what has not changed."""
        if self._latest is None or any(known is not its for known, its in zip(self._latest[0], _inputs(session), strict=True)):
            return None
        return self._latest[1].workload


def _inputs(session: Session) -> _Inputs:
    return _Inputs(session.portfolio, session.cards, session.teams, session.decisions, session.delivered)


def _gates(decisions: Mapping[str, Decision]) -> dict[str, int]:
    """Return the weeks before which the room itself decided not to start; a week that the plan proposed moves with the plan."""
    return {card: each.week for card, each in decisions.items() if each.word in ("start", "start_after") and each.week and not each.proposed}


def _workload(session: Session, words: Mapping[str, str], gates: Mapping[str, int]) -> Workload:
    # A delivered card takes no capacity, even if the room has yet to decide on its adoption.
    decided = {**words, **dict.fromkeys(session.delivered.keys() & session.cards.keys(), "done")}
    return prepare(_portfolio(session), _without_cycles(session.cards), decided=decided, gates=gates)


def _without_cycles(cards: Mapping[str, Project]) -> Mapping[str, Project]:
    """Return the cards with one dependency of every cycle left out.

    No file and no command makes a cycle, but a record from elsewhere may hold one, and its session must open all the same.
    """
    needs = {card: each.needs for card, each in cards.items() if each.needs}
    result = cards
    while cycle := find_cycle(needs):
        last, first = cycle[-2], cycle[-1]
        needs[last] = tuple(need for need in needs[last] if need != first)
        result = {**result, last: result[last].model_copy(update={"needs": needs[last]})}
    return result


def _portfolio(session: Session) -> Portfolio:
    day = session.day
    return session.portfolio.model_copy(update={"teams": session.teams, "session_date": day, "projects": ()})
