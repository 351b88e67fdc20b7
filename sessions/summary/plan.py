"""What the plan adds to the page: when work is ready, which promises it no longer keeps, and when an undecided card could start."""

from __future__ import annotations

from sessions.sequencing.plan import Plan
from sessions.sequencing.reasons import deadline_note
from sessions.sequencing.weeks import on_short_start, short_end, short_start
from sessions.state.session import Session
from sessions.summary.facts import Decided, Outcome
from sessions.summary.markdown_escape import inline


def ready_by(session: Session, plan: Plan, each: Decided) -> str:
    """Return the day by which a card is in use, as it was promised; nothing if none was."""
    if each.decision.finish is not None:
        return short_end(session.portfolio, each.decision.finish)
    return "" if plan.empty or plan.workload.blocks_of(each.card.id) else "business side only"


def could_start(session: Session, plan: Plan, card: str) -> str:
    """Return when an undecided card could start; nothing if there is no plan, or no place in it."""
    start = None if plan.empty else plan.at(card).start
    return "" if start is None else f"could start {on_short_start(session.portfolio, start)}"


def no_longer_kept(session: Session, plan: Plan, result: Outcome) -> list[str]:
    """Name the cards that the plan as it is now starts later than was promised, or ends after their deadline."""
    if plan.empty:
        return []
    late = []
    for each in (*result.now, *result.waiting):
        start, promised = plan.at(each.card.id).start, each.decision.week
        if promised is not None and (start is None or start > promised) and each.decision.word != "continue":
            when = "finds no place" if start is None else f"starts {on_short_start(session.portfolio, start)}"
            late.append(f"By the plan as it is now, {inline(each.card.title)} {when}; {short_start(session.portfolio, promised)} was promised.")
        if missed := deadline_note(plan, each.card.id):
            late.append(f"{inline(each.card.title)}: {inline(missed)}.")
    return late
