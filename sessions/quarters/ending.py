"""How a session ended, as the next one of its series keeps it: a copy, so that the record of the next one needs no other."""

from __future__ import annotations

from sessions.deciding.adopting import deliveries, is_done
from sessions.portfolio.models import Portfolio, Project
from sessions.quarters.matching import earlier_ids, series_of
from sessions.quarters.partnership import past_partnership
from sessions.record.events import ActionAgreed, Decision, Delivered, Past, PastPhase, QuestionParked
from sessions.state.session import Session
from sessions.wording import iso_date

_STARTED = frozenset({"in_flight", "adopt", "done"})
"""States of cards that have begun."""


def past_of(session: Session) -> Past:
    """Return a session at its end, not yet matched with the cards of another one."""
    return Past(
        session=session.id,
        title=session.title,
        quarter=session.quarter,
        date=held_on(session),
        series=series_of(session),
        order=session.order,
        cards=session.board,
        decisions=tuple(session.decisions[card] for card in session.order if card in session.decisions),
        participants=tuple(session.people.values()),
        decider=session.decider,
        objectives=session.objectives,
        teams=session.teams,
        dissents=session.dissents,
        actions=(*left_open(session)[0], *session.actions),
        parked=(*left_open(session)[1], *session.parked),
        phases=_phases(session),
        delivered=_adopting(session),
        provisional=not session.closed,
        quarter_start=session.portfolio.quarter_start,
        currency=session.portfolio.currency,
        partnership=past_partnership(session),
    )


def left_open(session: Session) -> tuple[tuple[ActionAgreed, ...], tuple[QuestionParked, ...]]:
    """Return the actions and the parked questions of the earlier session that no one called done or dropped."""
    past, said = session.past, session.leftovers
    if past is None:
        return (), ()
    actions = tuple(each for number, each in enumerate(past.actions, 1) if said.get(f"action {number}", "open") == "open")
    return actions, tuple(each for number, each in enumerate(past.parked, 1) if said.get(f"parked {number}", "open") == "open")


def held_on(session: Session) -> str:
    """Return the ISO date on which a session was held: as its portfolio says, else the day of its end, or of the latest event."""
    return session.portfolio.session_date or (session.closed_at or session.at)[:10]


def unchanged(session: Session) -> dict[str, int]:
    """Return for each card how many sessions in a row, up to this one, ended with it at the same rank and without a start (K-STALE)."""
    past, was = session.past, earlier_ids(session)
    before = {card: rank for rank, card in enumerate(past.order, 1)} if past else {}
    counted = {each.card: each.still for each in past.matched} if past else {}
    result = dict[str, int]()
    for rank, card in enumerate(session.order, 1):
        decision = session.decisions.get(card)
        if session.cards[card].state in _STARTED or (decision and decision.word in ("start", "continue")):
            result[card] = 0
        else:
            result[card] = 1 + (counted.get(card, 0) if before.get(was.get(card, "")) == rank else 0)
    return result


def reason_back(decision: Decision | None, quarter_start: str, card: Project, until: str) -> str:
    """Return why a card was stopped, or why it was put off if that time is over: a not now, a hold, or a later start. Empty for one that has begun.

    `quarter_start` is that of the quarter in which it was decided, `card` the card as it is now, and `until` the ISO date up to which a date has
    come; empty if no date is known.
    """
    if decision is None or decision.word not in ("not_now", "hold", "start_after", "stop") or card.state in _STARTED:
        return ""
    if decision.word == "stop":
        return f"it was stopped: {decision.why}" if decision.why else "it was stopped"
    day = day_named(decision, quarter_start)
    if day and until and day > until:
        return ""
    promised = f"promised for {iso_date(day)}" if day and decision.word == "start_after" else ""
    if promised:
        return f"{promised}. {decision.why}" if decision.why else promised
    said = decision.sentence if len(decision.sentence.split()) > len(decision.word.split("_")) else ""
    return decision.why or (f"it needed {decision.missing}" if decision.missing else "") or said or "it was put off"


def day_named(decision: Decision, quarter_start: str) -> str:
    """Return the ISO date on which a card was to start or to come back, if one was named."""
    if decision.word != "start_after":
        return decision.until
    monday = Portfolio(quarter_start=quarter_start).week_date(decision.week) if decision.week else None
    return monday.isoformat() if monday else ""


def _phases(session: Session) -> tuple[PastPhase, ...]:
    used = {phase: (use.planned, use.used) for phase, use in session.phase_use.items()}
    if session.timer.planned or session.timer.used_at(session.elapsed):
        used[session.phase] = (session.timer.planned, session.timer.used_at(session.elapsed))
    return tuple(PastPhase(phase=phase, planned=planned, used=seconds) for phase, (planned, seconds) in used.items() if planned or seconds)


def _adopting(session: Session) -> tuple[Delivered, ...]:
    """Return what was delivered, without what was done when the session began."""
    before = {each.card.id for each in session.past.delivered if is_done(each)} if session.past else set()
    return tuple(each for each in deliveries(session) if each.card.id not in before)
