"""The plan of a session: its cards, teams and decisions, scheduled in its order (METHOD 5).

The plan of the latest version is kept beside the session, because the board, the proposals and the detail all ask for it after one change.
"""

from __future__ import annotations

from collections.abc import Mapping

from sessions.portfolio.models import Portfolio, Project
from sessions.record.events import Decision
from sessions.sequencing.cycles import find_circle
from sessions.sequencing.plan import Plan
from sessions.sequencing.replan import replanned
from sessions.sequencing.schedule import plan
from sessions.sequencing.weeks import first_open_week
from sessions.sequencing.workload import Workload, prepare
from sessions.state.session import Session


def plan_of(session: Session) -> Plan:
    """Return the plan of a session as it is now."""
    kept: Plan | None = kept_plan(session)
    if kept is None:
        kept = keep_plan(session, ordered_plan(session, session.order))
    return kept


def ordered_plan(session: Session, order: tuple[str, ...], before: Plan | None = None) -> Plan:
    """Return the plan of a session's cards in an order: made from `before`, or from the plan that is kept, where only the order differs."""
    workload, kept = workload_of(session), session.memo.kept
    for known in (before, kept[4] if kept else None):
        if known is not None and known.workload is workload:
            return replanned(known, order)
    return plan(workload, order)


def kept_plan(session: Session) -> Plan | None:
    """Return the plan of a session where it was made already, else None: for who must not wait."""
    kept = session.memo.kept
    if kept is not None and kept[0] is session.ranking and _same_work(kept, session):
        result: Plan = kept[4]
        return result
    return None


def keep_plan(session: Session, made: Plan) -> Plan:
    """Keep the plan that was made for a session, and give it."""
    session.memo.kept = (session.ranking, session.cards, session.teams, session.decisions, made)
    return made


def workload_of(session: Session) -> Workload:
    """Return the cards and teams of a session made ready; those of the latest plan where only the order has changed since."""
    kept = session.memo.kept
    if kept is not None and _same_work(kept, session):
        workload: Workload = kept[4].workload
        return workload
    return _prepared(session, {card: decision.word for card, decision in session.decisions.items()}, gates_of(session.decisions))


def first_week(session: Session) -> int:
    """Return the first week that can still be planned."""
    return first_open_week(_portfolio(session))


def plan_with(session: Session, words: Mapping[str, str]) -> Plan:
    """Return the plan as it would be if these cards had these decision words, or none, and no week had been decided for them."""
    decided = {card: str(decision.word) for card, decision in session.decisions.items()} | dict(words)
    open_ = {card: decision for card, decision in session.decisions.items() if card not in words}
    return plan(_prepared(session, decided, gates_of(open_)), session.order)


def gates_of(decisions: Mapping[str, Decision]) -> dict[str, int]:
    """Return the weeks before which the room itself decided not to start; a week that was proposed by the plan moves with the plan."""
    return {card: each.week for card, each in decisions.items() if each.word in ("start", "start_after") and each.week and not each.proposed}


def _prepared(session: Session, words: Mapping[str, str], gates: Mapping[str, int]) -> Workload:
    return prepare(_portfolio(session), _without_circles(session.cards), decided=words, gates=gates)


def _without_circles(cards: Mapping[str, Project]) -> Mapping[str, Project]:
    """Return the cards with one need of every circle left out.

    Neither a file nor a command brings a circle in, but a record made elsewhere may hold one, and a session must open all the same.
    """
    needs = {card: each.needs for card, each in cards.items() if each.needs}
    result = cards
    while circle := find_circle(needs):
        last, first = circle[-2], circle[-1]
        needs[last] = tuple(need for need in needs[last] if need != first)
        result = {**result, last: result[last].model_copy(update={"needs": needs[last]})}
    return result


def _same_work(kept: tuple[object, ...], session: Session) -> bool:
    return kept[1] is session.cards and kept[2] is session.teams and kept[3] is session.decisions


def _portfolio(session: Session) -> Portfolio:
    day = session.portfolio.session_date or session.opened_at[:10]
    return session.portfolio.model_copy(update={"teams": session.teams, "session_date": day, "projects": ()})
